"""What a city may change of each part of a statutory pack: words, and what makes it stricter or longer for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from saas.workflow.difference.words import UNITS
from saas.workflow.problem import Problem, error

Found = list[Problem]
Changed = Callable[[str, Mapping[str, Any], Mapping[str, Any], Found], dict[str, Any]]

GROWING = ("documents", "checks", "not_same_as", "from", "when")
_FREE = (
    "title", "public", "next", "confirm", "message", "primary", "quiet", "law", "queue", "phase", "comment", "propose",
)  # fmt: skip
WORDS = frozenset({"public", "next", "confirm", "primary", "quiet", "phase", "propose"})
"""Keys a city may also leave out: nothing of the law hangs on them."""
_OPEN = ("only", "file", "assign", "form", "sign")
"""Keys a city may set where the pack leaves them open."""
_CLOCK_FREE = ("title", "warn", "public", "law", "verified", "n", "extend")
_TITLES = {
    "to": "去向", "end": "是否办结", "handler": "由承办人办理", "outcome": "结果", "only": "只能由承办人办理",
    "file": "须上传的材料", "assign": "确定承办人的字段", "form": "表单", "flags": "标记", "sign": "会签",
    "cancel": "分支未完成也能离开", "comment": "须写理由", "by": "办理角色", "kind": "期限种类", "start": "起算的步骤",
    "stop": "停止计时的步骤", "pause": "中止计时的步骤", "resume": "恢复计时的步骤", "from": "起算日的字段",
    "until": "完成日的字段", "given": "适用的情形", "roll": "遇休息日顺延", "setting": "期限的参数", "unit": "计算单位",
    "hit": "命中规则", "inputs": "输入列", "values": "数值", "verbs": "内置操作", "initial": "起点", "final": "终点",
}  # fmt: skip
_SAFE_VERBS = frozenset({"pass_on", "delegate", "copy", "cosign", "link"})
"""Built-in verbs a city may have on where its pack says nothing: they move no case, change no limit, join no cases."""


def named(key: str) -> str:
    """A key in words."""
    return _TITLES.get(key, key)


def locked(place: str, words: str) -> Problem:
    """Something of the pack that would be lost or loosened."""
    return error("WF304", place, words)


def removed(place: str, title: object) -> Problem:
    """A part or a rule of the pack that is gone."""
    return locked(place, f"“{title}”是法定流程规定的，不能去掉，请恢复")


def unchangeable(place: str, key: str, old: object = None) -> Problem:
    """A value of the pack that may not be another."""
    was = f"“{old}”" if isinstance(old, str | int) and not isinstance(old, bool) else "原来的设置"
    return locked(f"{place}.{key}", f"法定流程规定的“{named(key)}”不能改，请改回{was}")


def same(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A part that stays as it is."""
    if any(old.get(key) != value for key, value in change.items()):
        found.append(locked(place, f"“{old.get('title', place)}”是法定流程规定的，不能改，请恢复原样"))
    return dict(old)


def step(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A way or a transition with the changes that cannot loosen it; lists of conditions only grow."""
    merged = dict(old)
    for key, value in change.items():
        if value is None and key in WORDS:
            merged.pop(key, None)
        elif value is None:
            found.append(removed(f"{place}.{key}", named(key)))
        elif key in GROWING:
            merged[key] = grown(old.get(key), value)
        elif value == old.get(key) or _may_become(place, key, old, value, found):
            merged[key] = value
    return merged


def _may_become(place: str, key: str, old: Mapping[str, Any], new: Any, found: Found) -> bool:  # noqa: ANN401  of any key
    """Whether a key of a step may have the new value; where not, that is found. Where to is judged on the graph."""
    special: Mapping[str, Callable[[str, Any, Any, Found], bool]] = {
        "by": _narrower,
        "sign": _signed,
        "verbs": _fewer_verbs,
    }
    if key in special and old.get(key):
        return special[key](place, old[key], new, found)
    allowed = key == "to" or (key in _FREE and not _is_required(key, old)) or (key in _OPEN and not old.get(key))
    if key == "verbs":
        return _fewer_verbs(place, sorted(_SAFE_VERBS), new, found)
    if not allowed and not (key == "cancel" and not new):
        found.append(unchangeable(place, key, old.get(key)))
    return allowed or key == "cancel"


def _is_required(key: str, old: Mapping[str, Any]) -> bool:
    return key == "comment" and old.get("comment") == "required"


def _narrower(place: str, old: Sequence[str], new: Sequence[str], found: Found) -> bool:
    extra = [role for role in new if role not in old]
    if extra or not new:
        words = f"请去掉“{'、'.join(extra)}”" if extra else "请至少保留一个"
        found.append(locked(f"{place}.by", f"只能从法定的办理角色“{'、'.join(old)}”中选择，{words}"))
    return not extra and bool(new)


def _signed(place: str, old: Mapping[str, Any], new: Mapping[str, Any], found: Found) -> bool:
    """As many must agree as before, or more: of `any` fewer may, of the others more must."""
    before, after = set(old.get("by", ())), set(new.get("by", ()))
    mode = old.get("mode", "all")
    enough = after <= before and after if mode == "any" else after >= before
    stays = mode == new.get("mode", "all") and new.get("ratio", 100) >= old.get("ratio", 100)
    if not (enough and stays):
        found.append(locked(f"{place}.sign", "法定的会签人和会签方式只能加严，请恢复后再增加"))
    return bool(enough and stays)


def _fewer_verbs(place: str, old: Sequence[str], new: Sequence[str], found: Found) -> bool:
    extra = sorted(set(new) - set(old))
    if extra:
        found.append(locked(f"{place}.verbs", f"法定流程没有开放“{'、'.join(extra)}”，请关闭"))
    return not extra


def verbs(place: str, old: Sequence[str] | None, new: Sequence[str], found: Found) -> None:
    """The verbs of a whole process: those of the pack, else those that move nothing."""
    _fewer_verbs(place, sorted(_SAFE_VERBS) if old is None else old, new, found)


def state(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A state; its regions go on being what they are, a city may add more of them."""
    rest = {key: value for key, value in change.items() if key != "regions"}
    merged = step(place, old, rest, found)
    if change.get("regions"):
        merged["regions"] = by_id(f"{place}.regions", old.get("regions", {}), change["regions"], region, found)
    return merged


def region(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A region: where it begins and ends stays, its steps as those of the process."""
    merged = dict(old)
    for key in ("initial", "final"):
        if key in change and change[key] != old[key]:
            found.append(unchangeable(place, key, old[key]))
    merged["title"] = change.get("title", old.get("title"))
    merged["states"] = by_id(f"{place}.states", old["states"], change.get("states", {}), step, found)
    changes = {part["id"]: part for part in change.get("transitions", ())}
    steps = {part["id"]: part for part in old["transitions"]}
    merged["transitions"] = list(by_id(f"{place}.transitions", steps, changes, _inner_step, found).values())
    return merged


def _inner_step(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A step of a region: nothing can be put in between."""
    if change.get("to", old["to"]) != old["to"]:
        found.append(unchangeable(place, "to", old["to"]))
    return step(place, old, change, found)


def by_id(place: str, old: Mapping[str, Any], changes: Mapping[str, Any], how: Changed, found: Found) -> dict[str, Any]:
    """Parts by id: those of the pack changed as `how` allows, and new ones."""
    parts = dict(old)
    for id_, change in changes.items():
        if change is None:
            found.append(removed(f"{place}.{id_}", (old.get(id_) or {}).get("title", id_)))
        elif id_ in old:
            parts[id_] = how(f"{place}.{id_}", old[id_], change, found)
        else:
            parts[id_] = change
    return parts


def grown(old: Any, new: Any) -> list[Any]:  # noqa: ANN401  a text or a list from a file
    """A list with what is new at its end."""
    before = old if isinstance(old, list) else [old] if old else []
    added = new if isinstance(new, list) else [new]
    return [*before, *(item for item in added if item not in before)]


def clock(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A clock with the changes allowed: words, warnings, and a limit that is not looser."""
    for key, value in change.items():
        found.extend(_clock_key(place, key, old, value, fixed=change.get("n") is not None))
    if old.get("public") and not change.get("public", True):
        found.append(locked(f"{place}.public", "这个期限法定要告诉当事人，请恢复公开"))
    if "n" in change and not _is_as_strict(str(old.get("kind")), old.get("n"), change["n"]):
        found.append(_looser(place, old, change["n"]))
    if not _extends_as_strictly(str(old.get("kind")), old.get("extend"), change.get("extend", old.get("extend"))):
        found.append(locked(f"{place}.extend", "延长的条件、次数和长度不能比法定的宽松，请改回法定的规定"))
    return {key: value for key, value in {**old, **change}.items() if value is not None}


def _clock_key(place: str, key: str, old: Mapping[str, Any], value: object, *, fixed: bool) -> Iterator[Problem]:
    """What is wrong with another value of a key; a limit that is now `fixed` needs no setting any more."""
    if key == "public" or value == old.get(key) or (key == "setting" and value is None and fixed):
        return
    if value is None:
        yield removed(f"{place}.{key}", named(key))
    elif key not in _CLOCK_FREE:
        yield _unit(place, old) if key == "unit" else unchangeable(place, key, old.get(key))


def _unit(place: str, old: Mapping[str, Any]) -> Problem:
    unit = UNITS.get(str(old.get("unit")), "")
    words = f"法定期限按“{unit}”计算，不能改；本市另有规定的，请另加一个期限，两个同时计算，以先到的为准"
    return locked(f"{place}.unit", words)


def _looser(place: str, old: Mapping[str, Any], n: object) -> Problem:
    limit = f"{old.get('n')}{UNITS.get(str(old.get('unit')), '')}"
    ways = {
        "duty": f"这是本单位的办理期限，法定{limit}，只能改短，不能改成{n}",
        "right": f"这是当事人的权利期限，法定{limit}，只能改长，不能改成{n}",
        "notice": f"这是法定的最低期限{limit}，只能改长，不能改成{n}",
    }
    return locked(f"{place}.n", ways.get(str(old.get("kind")), f"这个期限法定为{limit}，不能改成{n}"))


def _is_as_strict(kind: str, old: int | None, new: int | None) -> bool:
    """A duty may only get shorter, a right and a notice only longer; a fixed limit stays."""
    if old is None or new is None:
        return new is not None
    return {"duty": new <= old, "right": new >= old, "notice": new >= old}.get(kind, new == old)


def _extends_as_strictly(kind: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    if old == new:
        return True
    if not old or not new:
        return False
    if {**old, "max": 0, "times": 0, "law": ""} != {**new, "max": 0, "times": 0, "law": ""}:
        return False
    pairs = [(old["max"], new.get("max", 0)), (old.get("times", 1), new.get("times", 1))]
    return all(_is_as_strict(kind, before, after) for before, after in pairs)


def decision(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A table: its columns stay, and so does every row that cites an article; a city fills in the others."""
    merged = {**old, **change}
    for key in ("inputs", "hit"):
        if merged.get(key) != old.get(key):
            found.append(unchangeable(place, key, old.get(key)))
    before, after = old.get("rules", []), merged.get("rules", [])
    cited = [row for row in before if row.get("law")]
    for row in cited:
        if row not in after:
            number = before.index(row)
            found.append(removed(f"{place}.rows.{number}", f"第{number + 1}行（{row['law']}）"))
    in_order = [row for row in after if row in cited]
    if old.get("hit") == "first" and in_order == cited and cited and after[: len(cited)] != cited:
        found.append(locked(f"{place}.rows.0", "引用法条的各行要排在最前面，请把本市增加的行移到后面"))
    return merged


def param(place: str, old: Mapping[str, Any], change: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A dated number: one that cites an article stays, one that does not is the city's."""
    if old.get("law") and change.get("values", old.get("values")) != old.get("values"):
        found.append(unchangeable(place, "values"))
    if old.get("law") and "law" in change and not change["law"]:
        found.append(removed(f"{place}.law", "依据"))
    return {**old, **change}

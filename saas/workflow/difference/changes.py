"""Every difference of two bodies: what came, what went, what is otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from saas.workflow.difference import parts
from saas.workflow.difference.parts import Says
from saas.workflow.difference.words import Names, listed, names_of, shortened

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """One difference: `kind` is added, removed or changed; `sentence` says it in Chinese."""

    kind: str
    place: str
    sentence: str


@dataclass(frozen=True)
class _Sort:
    """A kind of part: its name, what may differ in it, where its title stands, and what is told of elsewhere."""

    word: str
    says: Mapping[str, Says]
    title: str = "title"
    inside: tuple[str, ...] = ()


_STATE = _Sort("环节", parts.STATE, inside=("regions",))
_STEP = _Sort("步骤", parts.STEP)
_REGION = _Sort("并行事项", parts.REGION, inside=("states", "transitions"))
_FORM = _Sort("表单", {"title": parts.TITLE, "intro": parts.plain("说明")}, inside=("pages",))
_FIELD = _Sort("字段", parts.FIELD, "label")
_MAPS: Mapping[str, _Sort] = {
    "clocks": _Sort("时限", parts.CLOCK),
    "decisions": _Sort("判断表", parts.DECISION),
    "params": _Sort("参数", parts.PARAM),
}
_LISTS: Mapping[str, tuple[str, _Sort]] = {
    "opens": ("id", _Sort("登记方式", parts.STEP)),
    "transitions": ("id", _STEP),
    "papers": ("code", _Sort("文书", parts.PAPER)),
    "figures": ("code", _Sort("统计指标", parts.FIGURE)),
    "scenarios": ("id", _Sort("场景", {"title": parts.TITLE})),
}
_WHOLE: Mapping[str, Says] = {
    "title": parts.TITLE,
    "law": parts.LAW,
    "initial": parts.replaced("从{}开始", "states", "没有开始的环节"),
    "number": parts.plain("编号规则"),
    "verbs": parts.verbs,
    "phases": parts.grown("阶段"),
}
_WORDS = {
    "states": ("title", "public", "next", "queue", "phase"),
    "transitions": ("title", "documents", "message", "confirm", "primary", "quiet", "law"),
    "opens": ("title", "documents", "message", "law"),
    "clocks": ("title", "warn", "law", "verified", "public"),
}
_WORDS_WHOLE = (
    "title",
    "law",
    "phases",
    "layout",
    "page",
    "figures",
    "scenarios",
    "papers",
    "roles",
    "version",
    "base",
)


def changes(old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str] | None = None) -> list[Change]:
    """The differences, in the order in which a definition is written.

    Args:
        old: The body before.
        new: The body after.
        names: Titles of forms, documents and rules by their ids, where the caller knows them.
    """
    known = names_of(old, new, names or {})
    found = [
        *_attributes("definition", "流程", old, new, _WHOLE, known),
        *_roles(old, new),
        *_states("states", old.get("states"), new.get("states"), known),
    ]
    for key, (id_, sort) in _LISTS.items():
        found += _some(key, sort, _by(old.get(key), id_), _by(new.get(key), id_), known)
    for key, sort in _MAPS.items():
        found += _some(key, sort, old.get(key) or {}, new.get(key) or {}, known)
    return [*found, *_invariants(old, new, known), *_forms(old, new, known), *_rest(old, new, known)]


def only_words(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether nothing differs but words, queues, messages, documents to come and the drawing."""
    return _bare(old) == _bare(new)


def marks(found: Sequence[Change]) -> dict[str, str]:
    """How the states and steps of a map are marked: by the strongest of what happened to each."""
    rank = {CHANGED: 0, REMOVED: 1, ADDED: 2}
    marked: dict[str, str] = {}
    for change in found:
        kind, _, rest = change.place.partition(".")
        part = rest.partition(".")[0]
        own = change.kind if rest == part else CHANGED
        if part and kind in {"states", "transitions"} and rank[own] >= rank[marked.get(part, CHANGED)]:
            marked[part] = own
    return marked


def _bare(body: Mapping[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in deepcopy(dict(body)).items() if key not in _WORDS_WHOLE}
    for key, words in _WORDS.items():
        some = bare.get(key) or {}
        for part in some.values() if isinstance(some, dict) else some:
            for word in words:
                part.pop(word, None)
    return bare


def _by(some: Any, id_: str) -> dict[str, Any]:  # noqa: ANN401 - a list of a body
    return {str(one.get(id_)): one for one in some or ()}


def _attributes(
    place: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any], says: Mapping[str, Says], names: Names
) -> Iterator[Change]:
    for key, say in says.items():
        if old.get(key) != new.get(key):
            for sentence in say(old.get(key), new.get(key), names):
                yield Change(CHANGED, place, f"{name}：{sentence}")


def _some(place: str, sort: _Sort, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Change]:
    """Parts by their ids: removed, added, otherwise."""
    for id_, part in old.items():
        if id_ not in new:
            yield Change(REMOVED, f"{place}.{id_}", f"去掉{sort.word}“{part.get(sort.title, id_)}”")
    for id_, part in new.items():
        name = f"{sort.word}“{part.get(sort.title, id_)}”"
        if id_ not in old:
            yield Change(ADDED, f"{place}.{id_}", _introduced(name, sort, part, names))
        elif part != old[id_]:
            said = f"{sort.word}“{old[id_].get(sort.title, id_)}”"
            yield from _attributes(f"{place}.{id_}", said, old[id_], part, sort.says, names)
            told = {*sort.says, *sort.inside}
            if any(part.get(key) != old[id_].get(key) for key in {*part, *old[id_]} - told):
                yield Change(CHANGED, f"{place}.{id_}", f"{said}：内容有调整")
    if [id_ for id_ in old if id_ in new] != [id_ for id_ in new if id_ in old]:
        yield Change(CHANGED, place, f"{sort.word}的次序有调整")


def _introduced(name: str, sort: _Sort, part: Mapping[str, Any], names: Names) -> str:
    """A new part with the few things people ask of it."""
    if sort is _STEP:
        path = f"从{listed(part.get('from'), names.states)}到{listed(part.get('to'), names.states)}"
        return f"增加{name}：{path}，由{listed(part.get('by'), names.roles)}办理"
    if sort is _STATE and part.get("queue"):
        return f"增加{name}：等待{listed(part['queue'], names.roles)}办理"
    return f"增加{name}"


def _roles(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = old.get("roles") or {}, new.get("roles") or {}
    for code, title in before.items():
        if code not in after:
            yield Change(REMOVED, f"roles.{code}", f"去掉角色“{title}”")
    for code, title in after.items():
        if code not in before:
            yield Change(ADDED, f"roles.{code}", f"增加角色“{title}”")
        elif title != before[code]:
            yield Change(CHANGED, f"roles.{code}", f"角色“{before[code]}”改称“{title}”")


def _states(place: str, old: Any, new: Any, names: Names) -> Iterator[Change]:  # noqa: ANN401 - mappings of a body
    before, after = old or {}, new or {}
    yield from _some(place, _STATE, before, after, names)
    for id_, state in after.items():
        if id_ not in before:
            continue
        inner = before[id_].get("regions") or {}, state.get("regions") or {}
        yield from _some(f"{place}.{id_}.regions", _REGION, *inner, names)
        for region in [one for one in inner[1] if one in inner[0]]:
            was, now = inner[0][region], inner[1][region]
            path = f"{place}.{id_}.regions.{region}"
            yield from _states(f"{path}.states", was.get("states"), now.get("states"), names)
            steps = _by(was.get("transitions"), "id"), _by(now.get("transitions"), "id")
            yield from _some(f"{path}.transitions", _STEP, *steps, names)


def _invariants(old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Change]:
    before, after = list(old.get("invariants") or ()), list(new.get("invariants") or ())
    for index, rule in enumerate(before):
        if rule not in after:
            yield Change(REMOVED, f"invariants.{index}", f"去掉不变规则：{_rule(rule, names)}")
    for index, rule in enumerate(after):
        if rule not in before:
            yield Change(ADDED, f"invariants.{index}", f"增加不变规则：{_rule(rule, names)}")


def _rule(rule: Mapping[str, Any], names: Names) -> str:
    known = {**names.states, **names.steps}
    if "never" in rule:
        to, by = listed(rule["never"]["to"], names.states), listed(rule["never"]["by"], names.roles)
        return f"不得由{by}办到{to}"
    if "separate" in rule:
        return f"{listed(rule['separate'], names.steps)}须由不同的人办理"
    passed = rule.get("must_pass_any", rule.get("must_pass"))
    return f"到{listed(rule.get('before'), known)}之前须经过{listed(passed, known)}"


def _forms(old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Change]:
    """The process's own forms field by field, then what it adds to those of its line of work."""
    before, after = _by(old.get("forms"), "key"), _by(new.get("forms"), "key")
    yield from _some("forms", _FORM, before, after, names)
    for key in [one for one in after if one in before]:
        title = after[key].get("title", key)
        fields = _fields(before[key]), _fields(after[key])
        yield from _inside(f"forms.{key}", f"表单“{title}”", *fields, names)
        if fields[0] == fields[1] and before[key].get("pages") != after[key].get("pages"):
            yield Change(CHANGED, f"forms.{key}", f"表单“{title}”：各页的安排有调整")
    added = old.get("extra_fields") or {}, new.get("extra_fields") or {}
    for key in dict.fromkeys([*added[0], *added[1]]):
        fields = _extra(added[0].get(key)), _extra(added[1].get(key))
        yield from _inside(f"forms.{key}", f"表单“{names.others.get(key, key)}”", *fields, names)


def _inside(place: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Change]:
    for change in _some(place, _FIELD, old, new, names):
        yield Change(change.kind, change.place, f"{name}：{change.sentence}")


def _fields(form: Mapping[str, Any]) -> dict[str, Any]:
    return {one["id"]: one for page in form.get("pages") or () for one in page.get("fields") or ()}


def _extra(some: Any) -> dict[str, Any]:  # noqa: ANN401 - a list of a body
    return {one["field"]["id"]: one["field"] for one in some or ()}


def _rest(old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Change]:
    page = old.get("page") or {}, new.get("page") or {}
    yield from _attributes("page", "办事指南", *page, parts.PAGE, names)
    before, after = old.get("fields") or {}, new.get("fields") or {}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            said = (
                f"条件可以用的数据“{name}”：{shortened(before.get(name, '无'))}改为{shortened(after.get(name, '无'))}"
            )
            yield Change(CHANGED, f"fields.{name}", said)
    for key, sentence in {"layout": "流程图的位置有调整", "base": "所依据的模板有调整"}.items():
        if (old.get(key) or {}) != (new.get(key) or {}):
            yield Change(CHANGED, key, sentence)

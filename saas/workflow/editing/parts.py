"""The parts of a body that can be edited, where they stand, and what they are called."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]


class EditError(ValueError):
    """An edit that cannot be made; `fields` maps keys of the part to what is wrong, "" to what is wrong at large."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Refuse with all faults at once."""
        super().__init__("".join(fields.values()))
        self.fields = dict(fields)


@dataclass(frozen=True)
class Edit:
    """A body after an edit, what was done in a sentence, and the place to look at next."""

    body: Body
    what: str
    place: str


@dataclass(frozen=True)
class Kind:
    """One kind of part: its word, the beginning of new ids, whether the body keeps it by id, and what it must have."""

    word: str
    prefix: str
    by_id: bool
    required: Mapping[str, str]


NAME = "请填写名称。"
KINDS: Mapping[str, Kind] = {
    "states": Kind("环节", "s", by_id=True, required={"title": NAME}),
    "transitions": Kind(
        "办理事项",
        "t",
        by_id=False,
        required={"title": NAME, "from": "请选择从哪些环节出发。", "to": "请选择去向。", "by": "请选择由谁办理。"},
    ),
    "opens": Kind(
        "收件方式",
        "o",
        by_id=False,
        required={"title": NAME, "by": "请选择由谁提出。", "form": "请选择填写的表单。"},
    ),
    "clocks": Kind(
        "时限",
        "c",
        by_id=True,
        required={
            "title": NAME,
            "kind": "请选择时限的性质。",
            "unit": "请选择单位。",
            "start": "请选择从哪一步起算。",
        },
    ),
    "roles": Kind("办理角色", "r", by_id=True, required={"title": NAME}),
    "invariants": Kind("不可破坏的规则", "", by_id=False, required={}),
}
WORDS: Mapping[str, str] = {
    "title": "名称",
    "from": "出发环节",
    "to": "去向",
    "by": "办理人",
    "form": "表单",
    "documents": "文书",
    "when": "条件",
    "not_same_as": "须由另一人办理",
    "sign": "会签",
    "comment": "意见",
    "message": "消息",
    "only": "只由承办人办理",
    "confirm": "提交前的提醒",
    "primary": "主要事项",
    "law": "依据",
    "public": "公开用语",
    "next": "给当事人的下一步提示",
    "queue": "待办角色",
    "handler": "由承办人办理",
    "end": "办结",
    "phase": "阶段",
    "outcome": "结果",
    "verbs": "通用操作",
    "kind": "性质",
    "n": "时长",
    "unit": "单位",
    "start": "起算",
    "stop": "停止",
    "pause": "中止",
    "resume": "恢复",
    "extend": "延长",
    "warn": "提醒",
    "verified": "已核对",
    "source": "来源",
    "phases": "阶段",
    "initial": "开始环节",
    "must_pass": "必经",
    "before": "之前",
    "separate": "分开办理",
    "never": "不得",
    "why": "原因",
    "assign": "指定承办人",
    "roll": "顺延",
    "file": "须有的材料",
    "checks": "核对规则",
}
"""What the keys of parts are called in sentences; a key that is not here is called by itself."""


def split(place: str) -> tuple[str, str]:
    """The kind and the id of a place, `states.ID`; an EditError where it is none."""
    kind, _, id_ = place.partition(".")
    if kind not in KINDS or not id_:
        raise EditError({"": "要修改的内容不存在，请刷新页面后重试。"})
    return kind, id_


def find(body: Mapping[str, Any], place: str) -> dict[str, Any] | None:
    """The part that stands at a place, None where nothing does or it is no place; a role is `{"title": …}`."""
    kind, _, id_ = place.partition(".")
    if kind not in KINDS or not id_:
        return None
    if kind == "roles":
        title = body.get("roles", {}).get(id_)
        return None if title is None else {"title": title}
    if KINDS[kind].by_id:
        found: dict[str, Any] | None = body.get(kind, {}).get(id_)
        return found
    if kind == "invariants":
        return next((rule for number, rule in enumerate(body.get(kind, [])) if str(number) == id_), None)
    return next((part for part in body.get(kind, []) if part["id"] == id_), None)


def get(body: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The part that stands at a place; an EditError if nothing does."""
    found = find(body, place)
    if found is None:
        raise EditError({"": "要修改的内容已经不在了，请刷新页面后重试。"})
    return found


def title_of(body: Mapping[str, Any], place: str) -> str:
    """What a part is called in a sentence."""
    kind, _, id_ = place.partition(".")
    part = find(body, place)
    if part is None:
        return id_
    return str(part.get("title") or (f"第{int(id_) + 1}条" if kind == "invariants" else id_))


def places(body: Mapping[str, Any], kind: str) -> Iterator[str]:
    """The places of all parts of a kind."""
    if KINDS[kind].by_id:
        yield from (f"{kind}.{id_}" for id_ in body.get(kind, {}))
    elif kind == "invariants":
        yield from (f"{kind}.{number}" for number in range(len(body.get(kind, []))))
    else:
        yield from (f"{kind}.{part['id']}" for part in body.get(kind, []))


def fresh_id(body: Mapping[str, Any], kind: str) -> str:
    """An id nothing of the body has; drawn, so that it says nothing and is not met again in a later version."""
    taken = {place.partition(".")[2] for one in KINDS for place in places(body, one)}
    while (id_ := f"{KINDS[kind].prefix}_{secrets.token_hex(4)}") in taken:
        continue
    return id_


def as_list(value: object) -> list[Any]:
    """A text, a list or nothing as a list."""
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def source_list(step: Mapping[str, Any]) -> list[str]:
    """The states a step leaves."""
    return as_list(step.get("from"))

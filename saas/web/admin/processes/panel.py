"""The property form beside the list or the map: one part of the draft, or a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from saas.fields.views import FieldView
from saas.web.admin.processes import questions
from saas.web.admin.processes.desk import Desk, Options, named
from saas.web.admin.processes.questions import Question
from saas.web.admin.processes.reading import ROWS, TRUE, Sent
from saas.workflow import editing
from saas.workflow.conditions import TITLES
from saas.workflow.editing import Lock, conditions, parts

HEAD = "head"
LAWFUL = "法定内容，不能修改"
RELATIONS: Options = list(TITLES.items())
Errors = Mapping[str, str]


@dataclass(frozen=True)
class Panel:
    """The form as the template draws it; `hidden` goes along with what is typed, `more` is folded away."""

    title: str
    act: str
    hidden: Mapping[str, str]
    fields: Sequence[FieldView] = ()
    more: Sequence[FieldView] = ()
    rows: Sequence[Sequence[FieldView]] = ()
    locked_conditions: Sequence[str] = ()
    lock: str | None = None
    removable: bool = False
    links: Sequence[tuple[str, str]] = ()
    movable: bool = False
    place: str = ""


@dataclass(frozen=True)
class Asked:
    """What the address asks to be shown: a place, or a new part of a kind, with what is known of it."""

    at: str = ""
    new: str = ""
    known: Mapping[str, str] = field(default_factory=dict)


def panel(desk: Desk, view: str, asked: Asked, sent: Sent | None = None, errors: Errors | None = None) -> Panel | None:
    """The panel for what is asked; None where nothing is, or nothing is there.

    Args:
        desk: The draft.
        view: The endpoint of the view that links lead back to.
        asked: What the address names.
        sent: What was typed and refused, to be shown again.
        errors: By input what was wrong.
    """
    if asked.new == "insert":
        return _insert(desk, asked, sent, errors or {})
    if asked.new in parts.KINDS:
        return _new(desk, asked, sent, errors or {})
    if asked.at == HEAD:
        asking = [_view(desk, one, desk.body, None, sent, errors or {}) for one in questions.head(desk)]
        return Panel("流程的名称、阶段和通用操作", "head", {}, asking, place=HEAD)
    return _part(desk, view, asked.at, sent, errors or {})


def _part(desk: Desk, view: str, place: str, sent: Sent | None, errors: Errors) -> Panel | None:
    if place.partition(".")[0] not in parts.KINDS or (part := editing.find(desk.body, place)) is None:
        return None
    kind = place.partition(".")[0]
    lock = desk.lock(place)
    asking = [one for one in questions.of(desk, kind, lock) if one.key != "code"]
    return Panel(
        f"{parts.KINDS[kind].word}：{editing.title_of(desk.body, place)}",
        "change",
        {"at": place},
        [_view(desk, one, part, lock, sent, errors) for one in asking if not one.more],
        [_view(desk, one, part, lock, sent, errors) for one in asking if one.more],
        rows=condition_rows(desk, part, lock, sent, errors) if kind in CONDITIONAL and desk.may else (),
        locked_conditions=_locked_conditions(desk, part, lock) if kind in CONDITIONAL else (),
        lock=_told(lock) if lock else None,
        removable=lock is None,
        links=_links(desk, view, place),
        movable=kind == "states",
        place=place,
    )


CONDITIONAL = frozenset({"transitions", "opens"})


def _told(lock: Lock) -> str:
    return f"法定流程的一部分，依据：{lock.law}。" if lock.law else "法定流程的一部分。"


def _new(desk: Desk, asked: Asked, sent: Sent | None, errors: Errors) -> Panel:
    kind = asked.new
    given: dict[str, Any] = {}
    if (source := asked.known.get("from")) and kind == "transitions":
        given = {"from": [source]}
    asking = questions.of(desk, kind, None)
    fields = [_view(desk, one, given, None, sent, errors) for one in asking if not one.more]
    more = [_view(desk, one, given, None, sent, errors) for one in asking if one.more]
    hidden = {"part": kind, **{key: asked.known[key] for key in ("after", "x", "y") if asked.known.get(key)}}
    after = asked.known.get("after")
    tail = f"（接在“{desk.title('states', after)}”之后）" if after else ""
    rows = condition_rows(desk, {}, None, sent, errors) if kind in CONDITIONAL else ()
    return Panel(f"添加{parts.KINDS[kind].word}{tail}", "add", hidden, fields, more, rows=rows)


def _insert(desk: Desk, asked: Asked, sent: Sent | None, errors: Errors) -> Panel:
    about = [
        Question("title", "新环节的名称", required=True),
        Question("action", "在新环节办什么", hint="不填，就叫“完成”加环节的名称。"),
        Question("by", "由谁办理", "multichoice", desk.titles("roles"), required=True),
    ]
    step = editing.title_of(desk.body, asked.at) if asked.at.startswith("transitions.") else ""
    fields = [_view(desk, one, {}, None, sent, errors) for one in about]
    return Panel(f"在“{step}”之后插入环节", "insert", {"at": asked.at}, fields)


def _view(
    desk: Desk, one: Question, part: Mapping[str, Any], lock: Lock | None, sent: Sent | None, errors: Errors
) -> FieldView:
    key = one.key.partition(".")[0]
    lawful = lock is not None and not lock.allows(key)
    closed = lawful or not desk.may
    held = editing.kept(lock, key)
    value = questions.value_at(part, one.key)
    hint = one.hint
    if closed:
        hint = f"{LAWFUL}。" if lawful else None
    elif held and one.kind == "multichoice":
        hint = f"法定的“{named(one.options, held)}”不能去掉，可以再加。"
    return FieldView(
        one.name,
        one.name,
        one.label,
        "longtext" if one.kind == "lines" else one.kind,
        _shown(one, value, sent if not closed else None, () if closed else held),
        hint=hint,
        error=errors.get(one.name),
        required=one.required,
        options=_options(one, held, closed=closed),
        maxlength=one.longest if one.kind in {"text", "longtext"} else None,
        rows=4 if one.kind == "lines" else 2,
        readonly=closed,
    )


def _options(one: Question, held: Sequence[str], *, closed: bool) -> Sequence[tuple[str, str]]:
    return one.options if closed else [option for option in one.options if option[0] not in held]


def _shown(one: Question, value: Any, sent: Sent | None, held: Sequence[str]) -> str | list[str]:  # noqa: ANN401
    """What stands in the input: what was typed and refused, else what the part has."""
    if one.kind == "multichoice":
        return sent.getlist(one.name) if sent is not None else [x for x in parts.as_list(value) if x not in held]
    if sent is not None:
        return sent.get(one.name, "")
    if one.kind == "boolean":
        return TRUE if value else ""
    return "\n".join(value or ()) if one.kind == "lines" else "" if value is None else str(value)


def guards(part: Mapping[str, Any]) -> list[dict[str, str]]:
    """The conditions of a step; a bare expression is one without words of its own."""
    given = part.get("when", [])
    return [{"that": given, "refuse": ""}] if isinstance(given, str) else list(given)


def own_guards(part: Mapping[str, Any], lock: Lock | None) -> list[dict[str, str]]:
    """The conditions the city added."""
    locked = guards(lock.part) if lock else []
    return [one for one in guards(part) if one not in locked]


def special_guards(part: Mapping[str, Any], lock: Lock | None) -> list[dict[str, str]]:
    """The city's conditions that say more than a row can; they stay as they are."""
    return [one for one in own_guards(part, lock) if conditions.read(one["that"]) is None]


def _locked_conditions(desk: Desk, part: Mapping[str, Any], lock: Lock | None) -> list[str]:
    locked = [*(guards(lock.part) if lock else []), *special_guards(part, lock)] if desk.may else guards(part)
    names = {name: word for name, (_, word) in desk.variables(part.get("form")).items()}
    told = []
    for one in locked:
        row = conditions.read(one["that"])
        words = conditions.describe(row, names) if row and row.field in names else one["that"]
        told.append(words + (f"（{one['law']}）" if one.get("law") else ""))
    return told


def condition_rows(
    desk: Desk, part: Mapping[str, Any], lock: Lock | None, sent: Sent | None, errors: Errors
) -> list[list[FieldView]]:
    """The rows of conditions, the city's own first, then empty ones."""
    form = sent.get("form") if sent is not None else part.get("form")
    asked = [(name, word) for name, (_, word) in sorted(desk.variables(form).items())]
    found = [(conditions.read(one["that"]), one.get("refuse", "")) for one in own_guards(part, lock)]
    filled = [(row.field, row.relation, row.value, refuse) for row, refuse in found if row]
    shown = min(ROWS, len(filled) + 2)
    rows = [filled[number] if number < len(filled) else ("", "", "", "") for number in range(shown)]
    return [_row(number, row, asked, sent, errors) for number, row in enumerate(rows)] if asked else []


def _row(
    number: int, row: tuple[str, str, str, str], asked: Options, sent: Sent | None, errors: Errors
) -> list[FieldView]:
    names = [f"when-{number}-{part}" for part in ("field", "relation", "value", "refuse")]
    values = [sent.get(name, "") for name in names] if sent is not None else list(row)
    labels = (f"条件{number + 1}：字段", "关系", "值", "不符合时的提示")
    kinds: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
        *(("choice", asked), ("choice", RELATIONS), ("text", ()), ("text", ())),
    )
    return [
        FieldView(name, name, label, kind, value, error=errors.get(name), options=options, maxlength=100)
        for name, label, value, (kind, options) in zip(names, labels, values, kinds, strict=True)
    ]


def _links(desk: Desk, view: str, place: str) -> list[tuple[str, str]]:
    """Where to go on from a part: the steps from a state, a new one, a state put into a step."""
    kind, id_ = parts.split(place)
    if kind == "states":
        leaving = [one for one in desk.body.get("transitions", []) if id_ in parts.source_list(one)]
        new = {"new": "transitions", "from": id_}
        return [
            *((_arrow(desk, one), _to(desk, view, at=f"transitions.{one['id']}")) for one in leaving),
            *([("从这里添加办理事项", _to(desk, view, **new))] if desk.may else []),
            *([("在后面添加环节", _to(desk, view, new="states", after=id_))] if desk.may else []),
        ]
    if kind == "transitions" and desk.may:
        return [("在这一步之后插入环节", _to(desk, view, at=place, new="insert"))]
    return []


def _arrow(desk: Desk, step: Mapping[str, Any]) -> str:
    return f"{step['title']} → {desk.title('states', step['to'])}"


def _to(desk: Desk, view: str, **query: Any) -> str:  # noqa: ANN401  what an address may name
    return url_for(view, draft_id=desk.draft.id, **query)

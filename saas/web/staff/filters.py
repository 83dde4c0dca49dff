"""The filter of a list: from the address to a filter value, and to the fields that draw it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict

from saas.cases import access
from saas.cases.context import code_lists
from saas.cases.queries import Filter
from saas.domain import Domain, get_domain
from saas.fields.views import FieldView
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.workflow.process import Definition, State
from saas.workflow.queries import current_definitions

KIND = "kind"
MINE = (("", "全部"), ("mine", "我承办的"), ("queue", "待领取"))
DUE = (("", "全部"), ("overdue", "已超期"), ("today", "今日到期"))


def from_address() -> Filter:
    """The filter of the request's address; what makes no sense is left out."""
    return read(request.args)


def read(args: MultiDict[str, str]) -> Filter:
    """The filter of an address's query."""
    return Filter(
        text=args.get("q", "").strip()[:60],
        state=args.get("state", ""),
        kind=args.get("kind", ""),
        handler=_uuid(args.get("handler", "")),
        due=args.get("due", ""),
        mine=args.get("mine", ""),
        opened_from=_day(args.get("from", "")),
        opened_to=_day(args.get("to", "")),
    )


def args_of(query: str) -> MultiDict[str, str]:
    """An address's query as it was when the list was drawn."""
    return MultiDict(parse_qsl(query))


def of_query(query: str) -> Filter:
    """The filter of such a query."""
    return read(args_of(query))


def told(wanted: object) -> dict[str, str]:
    """A filter as plain values, for the record; what narrows nothing is left out."""
    return {name: str(value) for name, value in vars(wanted).items() if value}


def worded(fields: Sequence[FieldView]) -> str:
    """A filter as people read it, from the fields that draw it; empty where nothing is narrowed."""
    chosen = ((one.label, dict(one.options).get(str(one.value), one.value)) for one in fields if one.value)
    return "；".join(f"{label}：{value}" for label, value in chosen)


def applied(wanted: Filter) -> int:
    """How many things a list is narrowed by."""
    return sum(bool(value) for value in vars(wanted).values())


def own_definitions(actor: Actor, permission: str) -> list[Definition]:
    """The city's processes of those lines of work in which the reader may use the permission."""
    lines = {line.name for line in access.lines_of(actor, permission)}
    return [definition for definition in current_definitions() if definition.domain in lines]


def work_fields(wanted: Filter, definitions: list[Definition]) -> list[FieldView]:
    """The filter of the work list."""
    return [
        _text("q", "编号或当事人", wanted.text),
        _choice("state", "环节", wanted.state, state_options(definitions)),
        _choice("due", "时限", wanted.due, DUE),
        _choice("mine", "归属", wanted.mine, MINE),
    ]


def case_fields(wanted: Filter, definitions: list[Definition], handlers: list[User]) -> list[FieldView]:
    """The filter of the list of cases."""
    people = [("", "全部"), *((str(user.id), user.person.name) for user in handlers)]
    return [
        _text("q", "编号、当事人或案由", wanted.text),
        _choice("state", "环节", wanted.state, state_options(definitions)),
        _choice("kind", "类型", wanted.kind, kind_options(definitions)),
        _choice("handler", "承办人", wanted.handler, people),
        _date("from", "收件日期从", wanted.opened_from),
        _date("to", "收件日期到", wanted.opened_to),
    ]


def state_options(definitions: list[Definition]) -> list[tuple[str, str]]:
    """All states of the processes, each once with what each of them calls it, in the order of their phases."""
    titles: dict[str, dict[str, None]] = {}
    for state in (state for definition in definitions for state in in_order(definition)):
        titles.setdefault(state.id, {})[state.title] = None
    return [("", "全部"), *((state, "、".join(names)) for state, names in titles.items())]


def in_order(definition: Definition) -> list[State]:
    """The states as a case passes through them; what is stored keeps them in no order."""
    order = {title: position for position, title in enumerate(definition.phases)}

    def rank(state: State) -> tuple[bool, int, bool, str]:
        return state.id != definition.initial, order.get(state.phase or "", len(order)), state.end, state.title

    return sorted(definition.states.values(), key=rank)


def kind_options(definitions: list[Definition]) -> list[tuple[str, str]]:
    """The kinds of matters of the lines of these processes, as the city calls them."""
    titles: dict[str, dict[str, None]] = {}
    for line in dict.fromkeys(definition.domain for definition in definitions):
        lists = code_lists(line)
        for code, title in (entry for key in kind_lists(get_domain(line)) for entry in lists.get(key, ())):
            titles.setdefault(code, {})[title] = None
    return [("", "全部"), *((code, "、".join(names)) for code, names in titles.items())]


def kind_lists(line: Domain) -> list[str]:
    """The code lists from which a line's cases have their kind: those that its forms ask it from and keep it."""
    asked = (field for form in line.fields.values() for field in form.fields)
    kinds = (field for field in asked if (field.id, field.store) == (KIND, "case"))
    return list(dict.fromkeys(field.list for field in kinds if field.list))


def _text(name: str, label: str, value: str) -> FieldView:
    return FieldView(id=f"filter-{name}", name=name, label=label, kind="text", value=value, maxlength=60)


def _date(name: str, label: str, value: date | None) -> FieldView:
    return FieldView(id=f"filter-{name}", name=name, label=label, kind="date", value=str(value or ""))


def _choice(name: str, label: str, value: str, options: Sequence[tuple[str, str]]) -> FieldView:
    return FieldView(
        id=f"filter-{name}", name=name, label=label, kind="choice", value=value, options=options, required=True
    )


def _uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        return ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

"""Events of the record as lists draw them: the filter of the address, and rows with names instead of ids."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import g, request, url_for

from blueprints.auditor import codes, queries, words
from saas import clock
from saas.audit.models import AuditEvent
from saas.audit.queries import EventFilter
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission

COLUMNS = {
    "time": "记录时间",
    "who": "人员",
    "unit": "单位",
    "what": "操作",
    "case": "案件",
    "detail": "内容",
    "address": "来源地址",
}
NOWHERE = UUID(int=0)
LONGEST = 60  # characters of a search


def from_address() -> EventFilter:
    """The filter of the request's address within the reader's units; what makes no sense is left out."""
    number = _text("case")
    return EventFilter(
        scopes=g.actor.scopes(KernelPermission.AUDIT_READ),
        text=_text("q") or None,
        person=_text("person") or None,
        case_id=queries.find_case_id(number, g.actor) or NOWHERE if number else None,
        action=_text("action") or None,
        first_day=_day("from"),
        last_day=_day("to"),
    )


def asked() -> dict[str, str]:
    """What the address narrows the list by, for the record of the search."""
    given = {"text": "q", "person": "person", "case": "case", "action": "action", "first_day": "from", "last_day": "to"}
    return {label: _text(name) for label, name in given.items() if _text(name)}


def fields() -> list[FieldView]:
    """The filter as its form draws it."""
    options = [("", "全部"), *words.TITLES.items()]
    return [
        _field("q", "关键词", "text"),
        _field("person", "人员", "text"),
        _field("case", "案件编号", "text"),
        FieldView("filter-action", "action", "操作", "choice", _text("action"), options=options, required=True),
        _field("from", "日期从", "date"),
        _field("to", "日期到", "date"),
    ]


def rows(events: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Events as rows, in a fixed number of statements."""
    cases = {event.case_id for event in events if event.case_id}
    numbers, processes = queries.case_numbers(cases), queries.case_processes(cases)
    units = queries.unit_names({event.unit_path for event in events if event.unit_path})
    names, own = codes.names(events), codes.by_process()
    return [
        _row(event, numbers.get(event.case_id) if event.case_id else None, units.get(event.unit_path or "", "—"))
        | {
            "detail": words.detail(event.detail, {**names, **own.get(processes.get(event.case_id or NOWHERE, ""), {})})
            or "—"
        }
        for event in events
    ]


def _row(event: AuditEvent, number: str | None, unit: str) -> dict[str, Any]:
    return {
        "time": f"{clock.local(event.recorded_at):%Y-%m-%d %H:%M:%S}",
        "who": event.actor_name,
        "unit": unit,
        "what": words.title(event.action),
        "case": number or "—",
        "case_url": url_for("auditor.show_case", number=number) if number else None,
        "address": event.address or "—",
    }


def _field(name: str, label: str, kind: str) -> FieldView:
    return FieldView(f"filter-{name}", name, label, kind, _text(name), maxlength=LONGEST)


def _text(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(_text(name))
    except ValueError:
        return None

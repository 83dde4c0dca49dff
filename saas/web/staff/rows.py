"""Rows of lists and boxes of pages as plain values: what a template shows of a case."""

from typing import Any

from flask import url_for

from saas import clock, text
from saas.cases import timing
from saas.cases.clock_models import Clock
from saas.cases.context import code_titles
from saas.cases.models import Case, Task
from saas.cases.parties import SIDES
from saas.cases.queries import running_clocks
from saas.workflow.clocks import Reading
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

CASE_COLUMNS: dict[str, str] = {
    "number": "编号",
    "matter": "事项",
    "parties": "当事人",
    "area": "乡镇（街道）",
    "state": "环节",
    "left": "剩余时限",
    "source": "来源",
    "handler": "承办人",
    "unit": "承办机构",
    "opened": "收件日期",
}
WORK_COLUMNS = ("number", "matter", "parties", "area", "state", "left", "source")
LIST_COLUMNS = ("number", "matter", "parties", "state", "left", "handler", "unit", "opened")


def clock_value(row: Clock, case: Case) -> dict[str, Any]:
    """A clock as the remaining-time component draws it."""
    return _drawn(row, timing.reading_of(row, case))


def _drawn(row: Clock, reading: Reading) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "state": reading.state,
        "left_text": beside_tag(reading),
        "words": reading.left_text,
        "due_text": f"{'暂计' if reading.provisional else ''}{text.chinese_date(reading.due_on)}到期",
        "due_on": reading.due_on,
        "law": row.rule.get("law"),
        "verified": row.rule.get("verified", True),
        "provisional": reading.provisional,
        "trail": reading.trail,
        "kind": row.rule.get("kind"),
        "public": row.rule.get("public", False),
    }


def beside_tag(reading: Reading) -> str | None:
    """What stands beside the tag of a clock, without repeating it."""
    if reading.state in ("in_time", "due_today"):
        return None
    return reading.left_text.removeprefix("已") if reading.state == "overdue" else reading.left_text


def pressing_clock(case: Case) -> dict[str, Any] | None:
    """The running clock that presses most, computed from the case's steps."""
    row = _pressing(case)
    return clock_value(row, case) if row else None


def listed_clock(case: Case) -> dict[str, Any] | None:
    """The running clock that presses most, as lists show it: from what is stored of it."""
    row = _pressing(case)
    return _drawn(row, timing.listed_reading(row, case)) if row else None


def _pressing(case: Case) -> Clock | None:
    """The office's own duties before the rights of others."""
    rows = running_clocks(case)
    duties = [row for row in rows if row.rule.get("kind") in ("duty", "fixed")]
    return next(iter(duties or rows), None)


def masked_parties(case: Case) -> str:
    """The parties' names as lists show them: a person's given name hidden, an organisation's whole."""
    sides = [party for party in case.parties if party.side in SIDES]
    return "、".join(text.mask_name(party.name) if party.kind == "natural" else party.name for party in sides)


def case_row(case: Case, *, masked: bool = True) -> dict[str, Any]:
    """A case as a row of a list."""
    definition = get_definition(case.process_id)
    titles = code_titles(case.domain)
    return {
        "number": case.number,
        "url": url_for("staff.show_case", number=case.number),
        "matter": titles.get(case.kind or "", definition.title),
        "parties": masked_parties(case) if masked else case.party_text.replace(" ", "、"),
        "area": case.area_name,
        "state": state_title(definition, case.state),
        "left": listed_clock(case),
        "source": titles.get(case.source or "", "—"),
        "handler": case.handler.person.name if case.handler else "—",
        "unit": case.unit.name,
        "opened": str(clock.local(case.opened_at).date()),
        "flags": list(case.flags),
    }


def task_row(task: Task) -> dict[str, Any]:
    """A task as a row of the work list; an untaken one can be taken from there."""
    row = case_row(task.case)
    row["taken"] = task.assignee_id is not None
    row["take_url"] = url_for("staff.take_case", number=task.case.number, region=task.region)
    if task.region:
        row["state"] = task.title
    row["revision"] = task.case.revision
    return row


def state_title(definition: Definition, state: str) -> str:
    """The staff's word for a state."""
    found = definition.states.get(state)
    return found.title if found else state


def phases(case: Case, definition: Definition) -> list[dict[str, Any]]:
    """The progress strip: each phase with the day it was reached."""
    reached: dict[str, str] = {}
    for step in case.steps:
        phase = definition.states[step.to_state].phase if step.drawn and step.to_state in definition.states else None
        if phase:
            reached.setdefault(phase, f"{clock.local(step.happened_at):%m-%d}")
    if definition.phases:
        reached.setdefault(definition.phases[0], f"{clock.local(case.opened_at):%m-%d}")
    now = definition.states[case.state].phase if case.state in definition.states else None
    at = definition.phases.index(now) if now in definition.phases else len(definition.phases)
    return [
        {
            "title": title,
            "state": _phase_state(i, at, case.closed_at is not None),
            "date": reached.get(title) if i <= at else None,
        }
        for i, title in enumerate(definition.phases)
    ]


def _phase_state(position: int, at: int, closed: bool) -> str:  # noqa: FBT001 - a plain fact of the case
    if position < at or (closed and position == at):
        return "done"
    return "current" if position == at else "todo"

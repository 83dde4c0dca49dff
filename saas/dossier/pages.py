"""The pages behind the numbered ones: how the case went, what the audit noted, and the notes of who checks the file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from saas import clock
from saas.audit import actions as identity
from saas.audit.models import AuditEvent
from saas.cases.actions import CASE_TITLES, VOID_WORDS
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Step
from saas.documents import render
from saas.dossier import actions
from saas.dossier.assemble import Part
from saas.dossier.frame import printable
from saas.files.services import TITLES as FILE_TITLES
from saas.moving import actions as moving
from saas.workflow.process import Definition

LAYOUT = "dossier"
ROWS_A_BLOCK = 200  # a very long table costs more than several shorter ones
LONGEST_DETAIL = 200  # characters
READING = (".read", ".queried", ".downloaded", ".exported")
ACTION_TITLES: Mapping[str, str] = {
    **identity.TITLES,
    **actions.TITLES,
    **moving.TITLES,
    **FILE_TITLES,
    **CASE_TITLES,
    "document.issued": "制作文书",
    "document.rendered": "生成文书",
}
NAMES = {
    "number": "编号",
    "title": "环节",
    "name": "名称",
    "digest": "指纹",
    "old": "原值",
    "new": "新值",
    "form": "文书",
    "pages": "页数",
    "problem": "问题",
    "cause": "原因",
    "due": "到期日",
    "reason": "原因",
    "until": "到期",
    "username": "账号",
}
# Codes and keys that only the system reads; what they mean stands in the other columns and in the timeline.
CODES = frozenset(
    {*("action", "from", "to", "way", "task", "category", "form_code", "code"), *("clock", "level", "move", "verdict")}
)


def timeline(case: Case, definition: Definition) -> Part:
    """办理过程: every step taken and every limit that ran."""
    values = {
        "number": case.number,
        "matter": printable(case.title),
        "blocks": list(_blocks([_step_row(step, definition) for step in case.steps])),
        "clocks": [_clock_row(row) for row in case.clocks],
    }
    return _page("timeline", "办理过程", values)


def audit_extract(case: Case, events: Sequence[AuditEvent]) -> Part:
    """审计摘录: what was changed and by whom; reading and exporting change nothing and would differ every time."""
    changes = [event for event in events if is_change(event.action)]
    values = {
        "number": case.number,
        "total": len(changes),
        "blocks": list(_blocks([_event_row(event) for event in changes])),
    }
    return _page("audit", "审计摘录", values)


def review_sheet(case: Case, *, pieces: int, pages: int, lacking: Sequence[str], compiled: Mapping[str, Any]) -> Part:
    """卷内备考表: counts, what is missing, who compiled and checked; left open where nobody is known yet."""
    values = {
        "number": case.number,
        "pieces": pieces,
        "pages": pages,
        "lacking": list(lacking),
        "compiler": compiled.get("compiler", ""),
        "checker": compiled.get("checker", ""),
        "compiled_on": compiled.get("compiled_on", ""),
    }
    return _page("review_sheet", "卷内备考表", values)


def is_change(action: str) -> bool:
    """Whether an audited action changed the case, as opposed to showing or exporting it."""
    return not action.startswith("dossier.") and not action.endswith(READING)


def _page(name: str, title: str, values: Mapping[str, Any]) -> Part:
    markup = render.page(f"dossier/{name}.html", title, LAYOUT, values)
    return Part(title, render.pdf(markup, LAYOUT), kind=name, name=name)


def _blocks(rows: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    for start in range(0, len(rows), ROWS_A_BLOCK):
        yield rows[start : start + ROWS_A_BLOCK]


def _step_row(step: Step, definition: Definition) -> dict[str, str]:
    reached = definition.states.get(step.to_state)
    return {
        "seq": str(step.seq),
        "at": f"{clock.local(step.happened_at):%Y-%m-%d %H:%M}",
        "title": printable(f"{step.title}{VOID_WORDS.get(step.void or '', '')}"),
        "actor": printable(step.actor_name),
        "role": printable(step.actor_role),
        "state": printable(reached.title if reached else step.to_state),
    }


def _clock_row(row: Clock) -> dict[str, str]:
    return {
        "title": printable(row.title),
        "started_on": str(row.started_on),
        "due_on": str(row.due_on),
        "stopped_on": str(row.stopped_on or ""),
        "law": printable(str(row.rule.get("law") or "")),
    }


def _event_row(event: AuditEvent) -> dict[str, str]:
    return {
        "at": f"{clock.local(event.happened_at):%Y-%m-%d %H:%M:%S}",
        "recorded": f"{clock.local(event.recorded_at):%Y-%m-%d %H:%M:%S}",
        "action": printable(ACTION_TITLES.get(event.action, event.action)),
        "actor": printable(event.actor_name),
        "detail": printable(_detail(event.detail)),
    }


def _detail(detail: Mapping[str, Any]) -> str:
    shown = {key: value for key, value in sorted(detail.items()) if value and key not in CODES}
    told = "；".join(f"{NAMES.get(key, key)}：{_short(value)}" for key, value in shown.items())
    return told if len(told) <= LONGEST_DETAIL else f"{told[: LONGEST_DETAIL - 1]}…"


def _short(value: Any) -> str:  # noqa: ANN401 - any JSON value.
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)

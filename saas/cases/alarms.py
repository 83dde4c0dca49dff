"""Telling people of limits that run out: each level once, up the unit tree, and together where there are many."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from saas import clock
from saas.audit import services as audit
from saas.cases import clock_queries, queries, timing
from saas.cases.actions import CaseAudit
from saas.cases.clock_models import Clock, ClockAlarm
from saas.cases.models import Case
from saas.db.session import db
from saas.domain import get_domain
from saas.identity import queries as identity
from saas.identity.actor import SYSTEM
from saas.messages import services as messages
from saas.settings import services as settings
from saas.settings.remembering import remembered
from saas.workflow.alarms import DUE, Alarm, next_day

AT_ONCE = 200  # clocks looked at in one transaction
LISTED = 20  # cases named in a message that stands for many
HALF = 50
Told = dict[UUID, list[tuple[Case, str]]]


def ring(most: int = AT_ONCE) -> int:
    """Tell people of the limits whose day has come; how many were looked at.

    A level that was told before is not told again, whatever a restart left undone. A damaged case waits for
    tomorrow and keeps back nobody else's.
    """
    found = clock_queries.lock_due(clock.today(), most)
    told: Told = defaultdict(list)
    for row in found:
        _ring(row, told)
    for user_id, lines in told.items():
        _tell(user_id, lines)
    return len(found)


def _ring(row: Clock, told: Told) -> None:
    today = clock.today()
    reading = timing.try_reading(row)
    if reading is None:
        row.alarm_on = today + timedelta(days=1)
        return
    alarms = timing.alarms_of(row.rule, reading)
    row.alarm_on = next_day(alarms, today)
    fresh = [alarm for alarm in alarms if alarm.on <= today and _is_first(row, alarm)]
    if not fresh:
        return
    # What was missed while no worker ran is one message, of the latest level.
    last = fresh[-1]
    for user_id in _whom(row.case, last):
        told[user_id].append((row.case, f"“{row.title}”{_words(row, last)}"))
    detail = {"clock": row.code, "level": last.level, "due": str(row.due_on)}
    audit.record(CaseAudit.WARNED, row.case, by=SYSTEM, case=row.case, detail=detail)


def _is_first(row: Clock, alarm: Alarm) -> bool:
    """Note the level as told; False if it was."""
    note = insert(ClockAlarm).values(case_id=row.case_id, code=row.code, level=alarm.level, about=alarm.about)
    return db.session.execute(note.on_conflict_do_nothing().returning(ClockAlarm.code)).first() is not None


def hands_of(case: Case) -> list[UUID]:
    """Who has a case in hand: its handler and who took its task, else all in whose queue it waits."""
    task = queries.open_task(case)
    hands = [one for one in (case.handler_id, task.assignee_id if task else None) if one]
    return hands if hands or task is None else holders(task.roles, case.unit_path, case.label)


def _whom(case: Case, alarm: Alarm) -> list[UUID]:
    """Who is told: those who have the case in hand, and with every level one rank more above them."""
    return list(dict.fromkeys([*hands_of(case), *_above(case, _ranks(alarm))]))


def _above(case: Case, ranks: int) -> list[UUID]:
    """The holders of so many ranks above the case; one that nobody holds there is passed over."""
    found: list[UUID] = []
    for rank in get_domain(case.domain).escalation:
        if ranks == 0:
            break
        above = holders([rank], case.unit_path, case.label)
        found += above
        ranks -= bool(above)
    return found


def holders(roles: Collection[str], path: str, label: int = 0) -> list[UUID]:
    """Who holds one of the roles over a body and may see such a case; many limits of a round are of the same bodies."""
    return remembered(
        f"holders {','.join(sorted(roles))} {path} {label}",
        lambda: [user_id for user_id, _ in identity.holder_names(roles, path, clearance=label)],
    )


def _ranks(alarm: Alarm) -> int:
    if alarm.days_over:
        return 1 + timing.days_over().index(alarm.days_over)
    return 0 if alarm.level != DUE and int(alarm.level.rstrip("%")) <= HALF else 1


def _words(row: Clock, alarm: Alarm) -> str:
    day = f"{row.due_on.month}月{row.due_on.day}日"
    if alarm.days_over:
        return f"已于{day}到期，超期{(clock.today() - row.due_on).days}日，请尽快办理"
    if alarm.level == DUE:
        return f"{day}到期，请在当天办结"
    return f"已用去{alarm.level}，{day}到期"


def _tell(user_id: UUID, lines: Sequence[tuple[Case, str]]) -> None:
    if len(lines) <= settings.get("clocks.digest_above"):
        for case, words in lines:
            messages.tell_user(user_id, "办理期限提醒", f"{case.title}（{case.number}）{words}。", case=case)
        return
    named = "；".join(f"{case.title}（{case.number}）{words}" for case, words in lines[:LISTED])
    rest = f"；另有{len(lines) - LISTED}项，请在待办中查看" if len(lines) > LISTED else ""
    messages.tell_user(user_id, f"有{len(lines)}项办理期限需要注意", f"{named}{rest}。")

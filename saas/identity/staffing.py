"""What an administrator says of a person's work: leave, skills, areas, the most open cases."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from saas import clock
from saas.audit import services as audit
from saas.db.ids import new_id
from saas.db.session import db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity.actions import StaffAction
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.staff_models import StaffLeave, StaffSkill

MOST_CASES = 999


def add_leave(user: User, starts_on: date | None, ends_on: date | None, reason: str, *, by: Actor) -> StaffLeave:
    """Give a person no new cases from a day to another, both included.

    Raises:
        InvalidInputError: A day is missing, the last one is before the first or over, or nothing is said why.
    """
    wrong = _check_leave(starts_on, ends_on, reason)
    if wrong or starts_on is None or ends_on is None:
        raise InvalidInputError(wrong)
    assert by.id is not None, "a member of staff enters a leave"
    leave = StaffLeave(
        id=new_id(), user_id=user.id, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), by_id=by.id
    )
    db.session.add(leave)
    detail = {"from": str(starts_on), "to": str(ends_on), "reason": leave.reason}
    audit.record(StaffAction.LEAVE_ADDED, user, by=by, detail=detail)
    return leave


def end_leave(user: User, leave_id: UUID, *, by: Actor) -> None:
    """Take a leave back.

    Raises:
        NotFoundError: The person has none by that entry.
    """
    leave = db.session.scalar(select(StaffLeave).where(StaffLeave.id == leave_id, StaffLeave.user_id == user.id))
    if leave is None:
        raise NotFoundError
    detail = {"from": str(leave.starts_on), "to": str(leave.ends_on)}
    db.session.delete(leave)
    audit.record(StaffAction.LEAVE_ENDED, user, by=by, detail=detail)


def set_work(user: User, codes: Mapping[str, Collection[str]], cap: int | None, *, by: Actor) -> None:
    """Say what a person is good at and looks after, and how many open cases are the most.

    Args:
        user: The account, locked.
        codes: Entries by the key of their list; places under ``area``. What is not named any more is taken away.
        cap: The most open cases, None for as many as come.
        by: Who says it.

    Raises:
        InvalidInputError: The most is not a number of cases.
    """
    if cap is not None and not 1 <= cap <= MOST_CASES:
        raise InvalidInputError({"cap": f"请填写 1 到 {MOST_CASES} 之间的数，不限制的留空。"})
    db.session.execute(delete(StaffSkill).where(StaffSkill.user_id == user.id))
    pairs = sorted((key, code) for key, some in codes.items() for code in set(some))
    db.session.add_all(StaffSkill(user_id=user.id, list_key=key, code=code) for key, code in pairs)
    user.case_cap = cap
    audit.record(StaffAction.WORK_SET, user, by=by, detail={"codes": [":".join(one) for one in pairs], "cap": cap})


def _check_leave(starts_on: date | None, ends_on: date | None, reason: str) -> dict[str, str]:
    wrong = {} if reason.strip() else {"reason": "请填写事由，例如“年休假”。"}
    if starts_on is None:
        wrong["starts_on"] = "请填写开始日期。"
    if ends_on is None or ends_on < clock.today():
        wrong["ends_on"] = "请填写今天以后的日期。"
    elif starts_on is not None and ends_on < starts_on:
        wrong["ends_on"] = "结束日期不能早于开始日期。"
    return wrong

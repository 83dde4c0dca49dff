"""Letting somebody of another unit help with a case, and saying how closely a case is kept."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from saas import clock
from saas.audit import services as audit
from saas.cases.access import HIGHEST, LABELS, clearance_of
from saas.cases.actions import CaseAudit
from saas.cases.models import Case, Task
from saas.cases.people_models import Helper
from saas.db.session import db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity import queries as identity
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.identity.sessions import actor_of

LONGEST_DAYS = 366
TOO_LOW = "{}能看到的级别低于“{}”，请先换人或者调整角色。"


def add_helper(case: Case, username: str, last_day: date, reason: str, *, by: Actor) -> Helper:
    """Let a member of staff read and act in a case through the end of a day.

    Raises:
        InvalidInputError: Nobody of that name works on cases, he may not see one so closely kept, the day is
            over or far away, or nothing is said why.
    """
    user = identity.find_user(username.strip())
    wrong = _check_help(case, user, last_day, reason)
    if wrong or user is None:
        raise InvalidInputError(wrong)
    assert by.id is not None, "a member of staff asks for help"
    until = datetime.combine(last_day + timedelta(days=1), time.min, clock.ZONE)
    helper = Helper(case_id=case.id, user_id=user.id, until=until, reason=reason.strip(), by_id=by.id)
    _end_spent(case, user)
    db.session.add(helper)
    db.session.flush()
    detail = {"username": user.username, "until": str(last_day), "reason": helper.reason}
    audit.record(CaseAudit.HELPED, case, by=by, case=case, detail=detail)
    return helper


def end_help(case: Case, helper_id: UUID, *, by: Actor) -> None:
    """Take the help back at once.

    Raises:
        NotFoundError: Nobody helps with the case by that entry.
    """
    helper = db.session.scalar(
        select(Helper).where(Helper.id == helper_id, Helper.case_id == case.id).with_for_update()
    )
    if helper is None or helper.ended_at is not None:
        raise NotFoundError
    helper.ended_at = func.now()
    audit.record(CaseAudit.HELP_ENDED, case, by=by, case=case, detail={"username": helper.user.username})


def set_label(case: Case, label: int, reason: str, *, by: Actor) -> None:
    """Keep a case that was loaded for update more or less closely.

    Raises:
        InvalidInputError: There is no such label, nothing is said why, or who raises it or handles the case could
            no longer see it.
    """
    wrong = {} if reason.strip() else {"reason": "请填写理由，会记入操作日志。"}
    if not 0 <= label <= HIGHEST:
        wrong["label"] = "请选择级别。"
    elif label > clearance_of(by, KernelPermission.CASE_LABEL):
        wrong["label"] = TOO_LOW.format("您", LABELS[label])
    elif case.handler and label > clearance_of(actor_of(case.handler), KernelPermission.CASE_READ):
        wrong["label"] = TOO_LOW.format(f"承办人{case.handler.person.name}", LABELS[label])
    if wrong:
        raise InvalidInputError(wrong)
    old, case.label = case.label, label
    db.session.execute(update(Task).where(Task.case_id == case.id).values(label=label))
    detail = {"from": LABELS[old], "to": LABELS[label], "reason": reason.strip()}
    audit.record(CaseAudit.LABELLED, case, by=by, case=case, detail=detail)


def _check_help(case: Case, user: User | None, last_day: date, reason: str) -> dict[str, str]:
    wrong = {} if reason.strip() else {"reason": "请填写理由，会记入操作日志。"}
    if not clock.today() <= last_day <= clock.today() + timedelta(days=LONGEST_DAYS):
        wrong["until"] = "请填写今天以后、一年以内的日期。"
    if user is None or not user.active or not actor_of(user).may(KernelPermission.CASE_READ):
        wrong["username"] = "没有这个账号，或者这个账号不办理案件，请核对。"
    elif case.label > clearance_of(actor_of(user), KernelPermission.CASE_READ):
        wrong["username"] = TOO_LOW.format(user.person.name, LABELS[case.label])
    elif any(grant.role.duty for grant in user.grants):
        wrong["username"] = "担任系统、安全、审计管理的账号不能协办案件。"
    return wrong


def _end_spent(case: Case, user: User) -> None:
    """Close what ran out by itself, so that the same person can be asked again."""
    spent = update(Helper).where(
        Helper.case_id == case.id, Helper.user_id == user.id, Helper.ended_at.is_(None), Helper.until <= func.now()
    )
    db.session.execute(spent.values(ended_at=Helper.until))

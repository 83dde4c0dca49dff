"""Letting somebody of another unit help with a case, and saying how closely a case is kept."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from saas import clock
from saas.audit import services as audit
from saas.cases.access import HIGHEST, LABELS, clearance_of
from saas.cases.actions import CaseAudit
from saas.cases.models import Case, Task
from saas.cases.people_models import Helper
from saas.db.session import db
from saas.domain import Domain
from saas.errors import InvalidInputError, NotFoundError, RefusedError
from saas.identity import queries as identity
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.identity.sessions import actor_of
from saas.workflow.engine import Reason

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
    elif label > clearance_of(by, KernelPermission.CASE_LABEL, case.domain):
        wrong["label"] = TOO_LOW.format("您", LABELS[label])
    elif case.handler and label > clearance_of(actor_of(case.handler), KernelPermission.CASE_READ, case.domain):
        wrong["label"] = TOO_LOW.format(f"承办人{case.handler.person.name}", LABELS[label])
    if wrong:
        raise InvalidInputError(wrong)
    old, case.label = case.label, label
    db.session.execute(update(Task).where(Task.case_id == case.id).values(label=label))
    detail = {"from": LABELS[old], "to": LABELS[label], "reason": reason.strip()}
    audit.record(CaseAudit.LABELLED, case, by=by, case=case, detail=detail)


def first_label(domain: Domain, process: str, values: Mapping[str, Any], *, by: Actor) -> int:
    """How closely a case is kept from its opening on, as its line of work has it.

    Raises:
        RefusedError: Who opens it works here but may not see a case so closely kept.
    """
    label = domain.label_for(process, values) if domain.label_for else 0
    if by.id is not None and label > clearance_of(by, KernelPermission.CASE_OPEN, domain.name):
        sentence = f"{TOO_LOW.format('您', LABELS[label]).removesuffix('，请先换人或者调整角色。')}，不能登记这件案件。"
        raise RefusedError([Reason("label", sentence, help="请交给能看到这一级别的同事登记。")])
    return label


def reasons_against(case: Case, chosen: str | None, field: str | None) -> list[Reason]:
    """Why a case may not be given to a person: it is kept more closely than he may see."""
    if chosen is None or case.label == 0:
        return []
    actor = actor_of(identity.get_user(UUID(chosen)))
    if case.label <= clearance_of(actor, KernelPermission.CASE_READ, case.domain):
        return []
    return [Reason("label_handler", TOO_LOW.format(actor.name, LABELS[case.label]), field=field)]


def _check_help(case: Case, user: User | None, last_day: date, reason: str) -> dict[str, str]:
    wrong = {} if reason.strip() else {"reason": "请填写理由，会记入操作日志。"}
    if not clock.today() <= last_day <= clock.today() + timedelta(days=LONGEST_DAYS):
        wrong["until"] = "请填写今天以后、一年以内的日期。"
    if user is None or not user.active or not actor_of(user).may(KernelPermission.CASE_READ):
        wrong["username"] = "没有这个账号，或者这个账号不办理案件，请核对。"
    elif case.label > clearance_of(actor_of(user), KernelPermission.CASE_READ, case.domain):
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

"""The second person: submitting, sending back, publishing."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import InvalidInputError, PermissionDeniedError
from saas.identity.actor import Actor
from saas.workflow import definition, services
from saas.workflow.actions import ProcessAction
from saas.workflow.checks import Problem
from saas.workflow.drafts.faults import mark_of, problems_of, refuse_faults
from saas.workflow.drafts.keeping import IN_REVIEW, OPEN, is_second, lock, remember
from saas.workflow.models import Draft, DraftEdit, ProcessVersion
from saas.workflow.surroundings import around

SECOND = "流程须由另一人审核：建立、修改或者提交过这份草稿的人不能审核，请由另一名安全管理员办理。"


def submit(draft: Draft, *, by: Actor) -> None:
    """Hand a draft to a second person for review.

    Raises:
        RefusedError: It has faults; all are named with their places.
        ConflictError: It is not open.
    """
    lock(draft)
    refuse_faults(problems_of(draft))
    draft.state, draft.submitted_by, draft.submitted_at = IN_REVIEW, by.name, clock.now()
    remember(draft, by)
    audit.record(ProcessAction.SUBMITTED, draft, by=by, detail={"key": draft.key, "cursor": draft.cursor})


def recall(draft: Draft, *, by: Actor) -> None:
    """Take a draft back from review, to go on with it.

    Raises:
        ConflictError: It is not in review.
    """
    lock(draft, state=IN_REVIEW)
    draft.state = OPEN
    audit.record(ProcessAction.RECALLED, draft, by=by, detail={"key": draft.key})


def send_back(draft: Draft, reason: str, *, by: Actor) -> None:
    """Refuse to publish a draft, saying what is to be done.

    Raises:
        InvalidInputError: Nothing is said why.
        PermissionDeniedError: It is the person's own work.
        ConflictError: It is not in review.
    """
    lock(draft, state=IN_REVIEW)
    _check_second(draft, by)
    if not reason.strip():
        raise InvalidInputError({"reason": "请写明退回的理由，编辑的人据此修改。"})
    draft.state, draft.reason = OPEN, reason.strip()
    draft.decided_by, draft.decided_at = by.name, clock.now()
    audit.record(ProcessAction.SENT_BACK, draft, by=by, detail={"key": draft.key, "reason": draft.reason})


def publish(draft: Draft, *, valid_from: date, by: Actor, accepted: Mapping[str, str] | None = None) -> ProcessVersion:
    """Publish a reviewed draft as the next version of its process.

    Args:
        draft: In review.
        valid_from: The first day new cases run on it: today or later.
        by: The second person.
        accepted: Why each warning may stand, by its mark (see :func:`mark_of`).

    Raises:
        InvalidInputError: The day has passed, or a warning was not accepted with a reason.
        PermissionDeniedError: It is the person's own work.
        RefusedError: It has faults; all are named with their places.
        ConflictError: It is not in review.
    """
    lock(draft, state=IN_REVIEW)
    _check_second(draft, by)
    problems = problems_of(draft)
    refuse_faults(problems)
    reasons = {mark: reason.strip() for mark, reason in (accepted or {}).items() if reason.strip()}
    _check_answers(problems, reasons, valid_from)
    known = around(definition.parse(draft.body))
    version = services.publish(
        draft.body, fields=known.fields, form_codes=known.form_codes, rules=known.rules, by=by, valid_from=valid_from
    )
    draft.state, draft.version_id = "published", version.id
    draft.decided_by, draft.decided_at = by.name, clock.now()
    db.session.execute(delete(DraftEdit).where(DraftEdit.draft_id == draft.id))
    return version


def _check_second(draft: Draft, by: Actor) -> None:
    if not is_second(draft, by):
        raise PermissionDeniedError(SECOND)


def _check_answers(problems: Sequence[Problem], reasons: Mapping[str, str], valid_from: date) -> None:
    """Every warning needs a reason, and the past is over."""
    faults = {
        f"accepted-{mark}": f"请写明为什么可以这样：{problem.message}。"
        for problem in problems
        if problem.severity == "warning" and (mark := mark_of(problem)) not in reasons
    }
    if valid_from < clock.today():
        faults["valid_from"] = "生效日期不能早于今天。"
    if faults:
        raise InvalidInputError(faults)

"""Keeping somebody out of a case: who has an interest in it neither acts in it nor is given it."""

from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.cases import parts, queries
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.cases.people_models import Recusal
from saas.db.ids import new_id
from saas.db.session import db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity import queries as identity
from saas.identity.actor import Actor
from saas.workflow.engine import Reason


def recuse(case: Case, username: str, reason: str, *, by: Actor) -> Recusal:
    """Keep a member of staff out of a case that was loaded for update.

    Raises:
        InvalidInputError: There is no such account, he keeps out already, or nothing is said why.
    """
    user = identity.find_user(username.strip())
    wrong = {} if reason.strip() else {"reason": "请填写回避的理由，会记入操作日志。"}
    if user is None or not user.active:
        wrong["username"] = "没有这个账号，请核对。"
    elif str(user.id) in recused(case):
        wrong["username"] = f"{user.person.name}已经在本案回避。"
    if wrong or user is None:
        raise InvalidInputError(wrong)
    assert by.id is not None, "a member of staff decides"
    recusal = Recusal(
        id=new_id(), case_id=case.id, user_id=user.id, reason=reason.strip(), by_id=by.id, since=clock.now()
    )
    db.session.add(recusal)
    audit.record(
        CaseAudit.RECUSED, case, by=by, case=case, detail={"username": user.username, "reason": recusal.reason}
    )
    return recusal


def end_recusal(case: Case, recusal_id: UUID, *, by: Actor) -> None:
    """Let somebody into the case again.

    Raises:
        NotFoundError: Nobody keeps out of the case by that entry.
    """
    found = next((one for one in queries.list_recusals(case) if one.id == recusal_id), None)
    if found is None:
        raise NotFoundError
    found.ended_at = clock.now()
    audit.record(CaseAudit.RECUSAL_ENDED, case, by=by, case=case, detail={"username": found.user.username})


def recused(case: Case) -> list[str]:
    """The ids of the accounts that keep out of a case."""
    return parts.recall(case, Recusal, lambda: [str(one.user_id) for one in queries.list_recusals(case)])


def reasons_against(case: Case, chosen: str | None = None, field: str | None = None, *, by: Actor) -> list[Reason]:
    """Why nothing may be done: by somebody who keeps out of the case, or for giving it to such a person.

    Args:
        case: The case.
        chosen: The id of whom it is given to, if it is.
        field: Where that person was chosen.
        by: Who acts.
    """
    out = recused(case)
    reasons = []
    if by.id is not None and str(by.id) in out:
        reasons.append(Reason("recused", "您在本案回避，不能办理。请由其他人办理。"))
    if chosen is not None and chosen in out:
        reasons.append(Reason("recused_handler", "这个人在本案回避，请另选承办人。", field=field))
    return reasons

"""Changes of rights: proposed by the system administrator, decided by the security administrator."""

from dataclasses import dataclass

from sqlalchemy import select

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError
from saas.identity import duties, services
from saas.identity.actions import RightsAction
from saas.identity.actor import Actor
from saas.identity.models import Proposal, Role, User
from saas.organisation.models import Unit

OWN = "不能审批自己提出的、或者涉及自己权限的申请，请由另一名安全管理员审批。"
DECIDED = "这项申请已经处理过了。请刷新页面查看结果。"
TWICE = "同样的申请正在等待审批，不需要重复提出。"


@dataclass(frozen=True)
class RoleChange:
    """What a role is to be; ``allowed`` are the permissions it can have at all."""

    code: str
    title: str
    permissions: frozenset[str]
    clearance: int
    allowed: frozenset[str]


def propose_grant(user: User, role: Role, unit: Unit, reason: str, *, by: Actor) -> Proposal:
    """Ask for a role for a user at a unit.

    Raises:
        InvalidInputError: Nothing is said why, the user has the role there, or has another duty.
        PermissionDeniedError: It is for the proposer's own account.
    """
    _say_why(reason)
    if user.id == by.id:
        raise PermissionDeniedError("不能为自己申请角色，请由另一名系统管理员提出。")
    if any((grant.role_code, grant.unit_id) == (role.code, unit.id) for grant in user.grants):
        raise InvalidInputError({"role": "这个人在该单位已经有这个角色，不需要重复授予。"})
    duties.check_apart((grant.role.duty for grant in user.grants), role.duty)
    return _propose(Proposal(kind="grant", user_id=user.id, role_code=role.code, unit_id=unit.id), reason, by=by)


def propose_role(change: RoleChange, reason: str, *, by: Actor) -> Proposal:
    """Ask that a role be made or changed.

    Raises:
        InvalidInputError: Nothing is said why, or the permissions cannot stand together or in this role.
    """
    _say_why(reason)
    if not change.title.strip():
        raise InvalidInputError({"title": "请填写角色名称。"})
    duties.check_within(change.permissions, change.allowed)
    duties.duty_of(change.permissions)
    body = {
        "title": change.title.strip(),
        "permissions": sorted(change.permissions),
        "clearance": change.clearance,
    }
    return _propose(Proposal(kind="role", role_code=change.code, change=body), reason, by=by)


def approve(proposal: Proposal, *, by: Actor) -> None:
    """Let a proposal, loaded for update, take effect.

    Raises:
        ConflictError: It was decided already.
        PermissionDeniedError: The approver proposed it, or it is about his own rights.
        InvalidInputError: What it asks for is no longer possible.
    """
    _decide(proposal, "approved", by=by)
    audit.record(RightsAction.APPROVED, proposal, by=by, detail=describe(proposal))
    if proposal.kind == "role":
        change = proposal.change
        services.define_role(proposal.role_code, change["title"], change["permissions"], clearance=change["clearance"])
        audit.record(RightsAction.ROLE_CHANGED, ("role", proposal.role_code), by=by, detail=dict(change), high=True)
        return
    assert proposal.user is not None
    assert proposal.unit is not None
    services.grant_role(proposal.user, proposal.role_code, proposal.unit.code, by=by)


def refuse(proposal: Proposal, *, by: Actor) -> None:
    """Turn down a proposal that was loaded for update.

    Raises:
        ConflictError: It was decided already.
        PermissionDeniedError: As for approving.
    """
    _decide(proposal, "refused", by=by)
    audit.record(RightsAction.REFUSED, proposal, by=by, detail=describe(proposal))


def withdraw(proposal: Proposal, *, by: Actor) -> None:
    """Take back a proposal that was loaded for update.

    Raises:
        ConflictError: It was decided already.
    """
    _close(proposal, "withdrawn", by=by)
    audit.record(RightsAction.WITHDRAWN, proposal, by=by, detail=describe(proposal))


def describe(proposal: Proposal) -> dict[str, str]:
    """A proposal as the record keeps it."""
    known = {"role": proposal.role_code, "reason": proposal.reason}
    if proposal.user is not None and proposal.unit is not None:
        known |= {"username": proposal.user.username, "unit": proposal.unit.code}
    return known


def _propose(proposal: Proposal, reason: str, *, by: Actor) -> Proposal:
    same = select(Proposal.id).where(
        Proposal.state == "waiting",
        Proposal.kind == proposal.kind,
        Proposal.role_code == proposal.role_code,
        Proposal.user_id.is_not_distinct_from(proposal.user_id),
        Proposal.unit_id.is_not_distinct_from(proposal.unit_id),
    )
    if db.session.scalar(same):
        raise ConflictError(TWICE)
    assert by.id is not None, "people propose, the system grants"
    proposal.reason, proposal.proposed_by_id, proposal.proposed_at = reason.strip(), by.id, clock.now()
    db.session.add(proposal)
    db.session.flush()
    audit.record(RightsAction.PROPOSED, proposal, by=by, detail=describe(proposal))
    return proposal


def _decide(proposal: Proposal, state: str, *, by: Actor) -> None:
    own_role = proposal.kind == "role" and any(granted.role == proposal.role_code for granted in by.grants)
    if by.id in (proposal.proposed_by_id, proposal.user_id) or own_role:
        raise PermissionDeniedError(OWN)
    _close(proposal, state, by=by)


def _close(proposal: Proposal, state: str, *, by: Actor) -> None:
    if proposal.state != "waiting":
        raise ConflictError(DECIDED)
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, by.id, clock.now()


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise InvalidInputError({"reason": "请填写理由，审批人据此决定是否同意。"})

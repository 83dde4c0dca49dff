"""Guests: one operator asks, another approves, each city concerned gets a read-only account that ends by itself."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, func, select, update

from saas import clock
from saas.audit import services as audit
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity import queries, sessions
from saas.identity import services as identity
from saas.identity.actor import SYSTEM
from saas.identity.models import Grant, Role, User
from saas.identity.permissions import KernelPermission
from saas.messages import services as messages
from saas.organisation import queries as organisation
from tenants import registry
from tenants.context import transaction
from tenants.guests.actions import GuestAudit
from tenants.models import GuestGrant, PlatformEvent

LONGEST_DAYS = 92
MINUTES = 60
BREAK_GLASS_ROLE = ("break_glass", "应急查看（限时）", (KernelPermission.CASE_READ, KernelPermission.DOCUMENT_READ))
TOLD = {
    "auditor": (
        "上级审计人员可以查看本市数据",
        "{name}从现在起可以查看本市的案件和操作日志，到{until}为止。理由：{reason}。",
    ),
    "break_glass": (
        "运维人员应急查看本市数据",
        "{name}从现在起可以查看本市的案件，到{until}为止，不能办理。理由：{reason}。",
    ),
}
APART = "申请和批准必须由两名运维人员分别进行。"


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        kind: ``auditor`` or ``break_glass``.
        codes: The cities.
        name: Who it is for.
        reason: Why; the cities are told.
        last_day: The last day of an auditor's account; an emergency ends an hour after it was approved.
    """

    kind: str
    codes: Sequence[str]
    name: str
    reason: str
    last_day: date | None = None


@dataclass(frozen=True)
class Opened:
    """An account made in a city, with the password that is shown once."""

    code: str
    username: str
    password: str


def ask(asked: Asked, *, by: str) -> UUID:
    """Ask for guests' accounts; nothing is opened yet.

    Raises:
        NotFoundError: One of the cities is unknown.
        InvalidInputError: Nothing is said why or for whom, the day is over or far off, or nobody of this name is
            an operator.
    """
    registry.check_operator(by)
    _check(asked)
    cities = [registry.get_tenant(code) for code in dict.fromkeys(asked.codes)]
    with registry.platform_session() as session:
        grant = GuestGrant(
            id=new_id(),
            kind=asked.kind,
            cities=[str(city.id) for city in cities],
            name=asked.name.strip(),
            username=f"guest-{secrets.token_hex(4)}",
            reason=asked.reason.strip(),
            last_day=asked.last_day,
            asked_by=by,
        )
        session.add(grant)
        for city in cities:
            session.add(_event(GuestAudit.ASKED, city, grant, by))
        return grant.id


def approve(grant_id: UUID, *, by: str) -> list[Opened]:
    """Open the accounts that another operator asked for, and tell every administrator of the cities.

    Raises:
        NotFoundError: Nothing of this id was asked for.
        ConflictError: The same operator asked, or it was approved or ended before.
    """
    registry.check_operator(by)
    with registry.platform_session() as session:
        grant = session.scalar(select(GuestGrant).where(GuestGrant.id == grant_id).with_for_update())
        if grant is None:
            raise NotFoundError("没有这个编号的申请。")
        if grant.asked_by == by:
            raise ConflictError(APART)
        if grant.approved_by is not None or grant.ended_at is not None:
            raise ConflictError("这项申请已经批准或者结束过了。")
        grant.approved_by, grant.approved_at = by, func.now()
        session.flush()
        cities = _cities(grant)
        opened = [_open(city, grant) for city in cities]
        for city in cities:
            session.add(_event(GuestAudit.OPENED, city, grant, by))
    return opened


def end(grant_id: UUID, *, by: str) -> int:
    """End the accounts of a grant at once; how many cities that were.

    Raises:
        NotFoundError: Nothing of this id was asked for.
    """
    registry.check_operator(by)
    with registry.platform_session() as session:
        grant = session.scalar(select(GuestGrant).where(GuestGrant.id == grant_id).with_for_update())
        if grant is None:
            raise NotFoundError("没有这个编号的申请。")
        grant.ended_at = grant.ended_at or func.now()
        session.flush()
        cities = _cities(grant)
        for city in cities:
            _close(city, grant, by)
            session.add(_event(GuestAudit.ENDED, city, grant, by))
    return len(cities)


def list_grants() -> Sequence[GuestGrant]:
    """What was asked for, newest first."""
    with registry.platform_session() as session:
        found = session.scalars(select(GuestGrant).order_by(GuestGrant.asked_at.desc(), GuestGrant.id)).all()
        session.expunge_all()
    return found


def _open(city: TenantRef, grant: GuestGrant) -> Opened:
    password = secrets.token_urlsafe(18)
    with transaction(current_app._get_current_object(), city):  # type: ignore[attr-defined]  # noqa: SLF001 - a context is pushed.
        top = organisation.find_by_code(city.division)
        assert top is not None, "a city has the area it begins with"
        user = _account(grant, password, top.code)
        user.guest, user.expires_at = grant.kind, _until(grant)
        db.session.flush()
        db.session.refresh(user, ["expires_at"])
        assert user.expires_at is not None
        detail = {
            "name": grant.name,
            "username": user.username,
            "reason": grant.reason,
            "until": f"{clock.local(user.expires_at):%Y-%m-%d %H:%M}",
            "operators": [grant.asked_by, grant.approved_by],
        }
        audit.record(GuestAudit.OPENED, user, by=SYSTEM, detail=detail)
        title, body = TOLD[grant.kind]
        messages.tell_users(_administrators(), title, body.format_map(detail))
    return Opened(city.code, grant.username, password)


def _account(grant: GuestGrant, password: str, unit: str) -> User:
    """The guest's account; one that is there already is of an approval that broke off in a later city."""
    known = queries.find_user(grant.username)
    if known is None:
        new = identity.NewUser(grant.username, grant.name, password, [(_role(grant), unit)])
        return identity.create_user(new, by=SYSTEM)
    identity.set_password(known, password, by=SYSTEM)
    return known


def _close(city: TenantRef, grant: GuestGrant, by: str) -> None:
    with transaction(current_app._get_current_object(), city):  # type: ignore[attr-defined]  # noqa: SLF001 - a context is pushed.
        user = db.session.scalar(select(User).where(User.username == grant.username, User.guest.is_not(None)))
        if user is None:
            return
        db.session.execute(update(User).where(User.id == user.id).values(active=False))
        sessions.end_all(user)
        audit.record(GuestAudit.ENDED, user, by=SYSTEM, detail={"username": user.username, "operators": [by]})


def _role(grant: GuestGrant) -> str:
    if grant.kind == "auditor":
        return "auditor"
    code, title, permissions = BREAK_GLASS_ROLE
    if db.session.get(Role, code) is None:
        identity.define_role(code, title, permissions)
        db.session.flush()
    return code


def _until(grant: GuestGrant) -> datetime | ColumnElement[datetime]:
    if grant.last_day is None:
        return func.now() + timedelta(minutes=MINUTES)
    return datetime.combine(grant.last_day + timedelta(days=1), time.min, clock.ZONE)


def _administrators() -> list[UUID]:
    holders = select(Grant.user_id).join(Role, Grant.role_code == Role.code).join(User, Grant.user_id == User.id)
    query = holders.where(Role.duty.is_not(None), User.active, User.guest.is_(None)).distinct()
    return list(db.session.scalars(query.order_by(Grant.user_id)))


def _cities(grant: GuestGrant) -> list[TenantRef]:
    """The cities of a grant that there still are."""
    known = {str(city.id): city for city in registry.list_tenants()}
    return [known[city] for city in grant.cities if city in known]


def _event(action: GuestAudit, city: TenantRef, grant: GuestGrant, by: str) -> PlatformEvent:
    detail = {"grant": str(grant.id), "kind": grant.kind, "name": grant.name, "reason": grant.reason, "code": city.code}
    return PlatformEvent(action=action, tenant_id=city.id, actor_name=by, detail=detail)


def _check(asked: Asked) -> None:
    wrong = {}
    if not asked.reason.strip():
        wrong["reason"] = "请写明理由，城市的管理员会看到。"
    if not asked.name.strip():
        wrong["name"] = "请写明给谁使用。"
    today = clock.today()
    if asked.kind == "auditor" and not (
        asked.last_day and today <= asked.last_day <= today + timedelta(days=LONGEST_DAYS)
    ):
        wrong["until"] = f"请写明到哪一天为止，最长 {LONGEST_DAYS} 天。"
    if wrong:
        raise InvalidInputError(wrong)

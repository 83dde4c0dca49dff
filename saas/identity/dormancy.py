"""Accounts that nobody came in with for too long: switched off by the daily sweep, and at the door."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.identity import services
from saas.identity.actor import Actor
from saas.identity.models import User, WebSession
from saas.settings import services as settings

WHY = {"reason": "dormant"}


def overdue() -> ColumnElement[bool]:
    """Whether nobody came in with an account for the city's number of days, by the database's clock."""
    days = func.make_interval(0, 0, 0, settings.expression("identity.dormant_days"))
    return func.coalesce(User.signed_in_at, User.created_at) < func.now() - days


def falls_asleep(user: User, *, by: Actor) -> bool:
    """Whether somebody at the door stayed away too long; such an account is switched off."""
    is_overdue = bool(db.session.scalar(select(overdue()).where(User.id == user.id)))
    if is_overdue:
        put_to_sleep(user.id, by=by)
    return is_overdue


def put_to_sleep(user_id: UUID, *, by: Actor) -> None:
    """Switch off a dormant account whose owner is at the door, apart from a request that will be refused."""
    with Session(db.session.get_bind().engine) as own, own.begin():
        own.execute(update(User).where(User.id == user_id).values(active=False))
        own.execute(delete(WebSession).where(WebSession.user_id == user_id))
        own.add(audit.build(IdentityAction.USER_DISABLED, ("app_user", user_id), by=by, detail=WHY))


def disable_dormant(*, by: Actor) -> int:
    """Switch off every account nobody came in with for the city's number of days: how many there were."""
    sleeping = select(User).where(User.active, overdue()).order_by(User.username).with_for_update()
    found = db.session.scalars(sleeping).all()
    for user in found:
        services.disable(user, by=by, **WHY)
    return len(found)

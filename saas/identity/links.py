"""One-time links: a token outside, its digest in a row, good once and until an hour."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, update

from saas import clock
from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.errors import NotFoundError
from saas.identity import queries, sessions
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.proof_models import AccountLink

FIRST_HOURS = 72
RESET_HOURS = 0.25
SPENT = "这个链接已经用过，或者已经过期。请向给您链接的人再要一个新的。"


class Purpose(StrEnum):
    """What a link lets its holder do."""

    FIRST_PASSWORD = "first_password"  # noqa: S105 - the name of a purpose
    RESET = "reset"


def issue(user: User, purpose: Purpose, hours: float, *, by: Actor) -> str:
    """Make a link for a user; the token, which is kept nowhere. Earlier links for the same end with it."""
    open_ = (AccountLink.user_id == user.id, AccountLink.purpose == purpose, AccountLink.used_at.is_(None))
    db.session.execute(update(AccountLink).where(*open_).values(expires_at=func.now()))
    token = sessions.new_token()
    lasting = timedelta(hours=hours)
    db.session.add(
        AccountLink(
            token_hash=sessions.digest(token),
            user_id=user.id,
            purpose=purpose,
            created_at=clock.now(),
            expires_at=func.now() + lasting,
        )
    )
    audit.record(IdentityAction.LINK_ISSUED, user, by=by, detail={"purpose": purpose, "hours": hours})
    db.session.flush()
    return token


def find(token: str, purpose: Purpose) -> User | None:
    """Whose living link the token is; looking does not use it up."""
    link = db.session.scalar(select(AccountLink).where(*_living(token, purpose)))
    return queries.get_user(link.user_id) if link else None


def redeem(token: str, purpose: Purpose) -> User:
    """Use a link up: whose it is. Of two at the same moment one is refused.

    Raises:
        NotFoundError: It is none, was used, or its time is over.
    """
    used = update(AccountLink).where(*_living(token, purpose)).values(used_at=func.now())
    user_id = db.session.scalar(used.returning(AccountLink.user_id))
    if user_id is None:
        raise NotFoundError(SPENT)
    return queries.get_user(user_id)


def find_awaited(purpose: Purpose) -> User | None:
    """The account that was given links for this and has used none: the oldest one."""
    used = select(AccountLink.user_id).where(AccountLink.purpose == purpose, AccountLink.used_at.is_not(None))
    given = select(AccountLink.user_id).where(AccountLink.purpose == purpose, AccountLink.user_id.not_in(used))
    found = db.session.scalar(given.order_by(AccountLink.created_at, AccountLink.id).limit(1))
    return queries.get_user(found) if found else None


def _living(token: str, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    return (
        AccountLink.token_hash == sessions.digest(token),
        AccountLink.purpose == purpose,
        AccountLink.used_at.is_(None),
        AccountLink.expires_at > func.now(),
        AccountLink.user_id.in_(select(User.id).where(User.active)),
    )

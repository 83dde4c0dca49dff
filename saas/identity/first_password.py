"""Passwords by link, for a new account or a forgotten password: only the owner ever knows it."""

from collections.abc import Sequence

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.errors import NotFoundError
from saas.identity import links, services, sessions
from saas.identity.actor import Actor
from saas.identity.links import FIRST_HOURS, RESET_HOURS, SPENT, Purpose
from saas.identity.models import User
from saas.identity.services import NewUser
from saas.messages import services as messages
from saas.organisation.models import Unit


def invite(
    username: str,
    name: str,
    grants: Sequence[tuple[str, str]] = (),
    *,
    by: Actor,
    phone: str | None = None,
    unit: Unit | None = None,
) -> str:
    """Make an account that nobody can sign in to yet; the token of the link for its owner, good for 72 hours.

    ``unit`` is where the person belongs; without one, where the first role is held.

    Raises:
        InvalidInputError: As for every account.
    """
    # A random password nobody sees, so that signing in takes as long as at any account.
    user = services.create_user(NewUser(username, name, sessions.new_token(), grants, phone), by=by)
    user.unit = unit or user.unit
    return links.issue(user, Purpose.FIRST_PASSWORD, FIRST_HOURS, by=by)


def choose(token: str, password: str, *, by: Actor) -> User:
    """Let the holder of a link set the account's password, once.

    Raises:
        NotFoundError: The link is none, was used, or its time is over.
        InvalidInputError: The password is too weak; the link stays good.
    """
    found, purpose = find(token)
    if found is None:
        raise NotFoundError(SPENT)
    actor = sessions.actor_of(found, by=by)
    services.set_password(found, password, by=actor)
    links.redeem(token, purpose)
    audit.record(IdentityAction.LINK_USED, found, by=actor, detail={"purpose": purpose})
    return found


def find(token: str) -> tuple[User | None, Purpose]:
    """Whose living link the token is, and what for; looking does not use it up."""
    first = links.find(token, Purpose.FIRST_PASSWORD)
    return (first, Purpose.FIRST_PASSWORD) if first else (links.find(token, Purpose.RESET), Purpose.RESET)


def start_reset(user: User, *, by: Actor) -> str:
    """Let somebody who forgot the password choose another one: the token of the link, good for 15 minutes.

    Sessions end at once, the second factor stays, and the user is told. The old password stays good until the
    link is used, so that a reset nobody asked for locks nobody out.
    """
    sessions.end_all(user)
    body = f"{by.name}为您发起了密码重置，各处登录已经退出。不是您要求的，请联系本单位的系统管理员。"
    messages.tell_user(user.id, "您的密码正在重置", body)
    return links.issue(user, Purpose.RESET, RESET_HOURS, by=by)

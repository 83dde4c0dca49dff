"""Accounts that begin with a link instead of a password: only their owner ever knows the password."""

from collections.abc import Sequence
from dataclasses import replace

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.errors import NotFoundError
from saas.identity import links, services, sessions
from saas.identity.actor import Actor
from saas.identity.links import FIRST_HOURS, SPENT, Purpose
from saas.identity.models import User
from saas.identity.services import NewUser


def invite(username: str, name: str, grants: Sequence[tuple[str, str]], *, by: Actor) -> str:
    """Make an account that nobody can sign in to yet; the token of the link for its owner, good for 72 hours.

    Raises:
        InvalidInputError: As for every account.
    """
    # A random password nobody sees, so that signing in takes as long as at any account.
    user = services.create_user(NewUser(username, name, sessions.new_token(), grants), by=by)
    return links.issue(user, Purpose.FIRST_PASSWORD, FIRST_HOURS, by=by)


def choose(token: str, password: str, *, by: Actor) -> User:
    """Let the holder of a link set the account's password, once.

    Raises:
        NotFoundError: The link is none, was used, or its time is over.
        InvalidInputError: The password is too weak; the link stays good.
    """
    found = links.find(token, Purpose.FIRST_PASSWORD)
    if found is None:
        raise NotFoundError(SPENT)
    actor = replace(sessions.actor_of(found), address=by.address, request_id=by.request_id)
    services.set_password(found, password, by=actor)
    links.redeem(token, Purpose.FIRST_PASSWORD)
    audit.record(IdentityAction.LINK_USED, found, by=actor, detail={"purpose": Purpose.FIRST_PASSWORD})
    return found

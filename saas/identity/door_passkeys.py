"""The door's steps that are taken with a passkey: alone, as the second factor, and where a role demands one."""

from typing import Any

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.errors import InvalidInputError
from saas.identity import door, dormancy, factors, passkeys, queries, sessions
from saas.identity.actor import Actor
from saas.identity.devices import as_detail
from saas.identity.keychecks import PasskeyRefusedError, Place
from saas.identity.models import WebSession


def sign_in(answer: str, place: Place, *, by: Actor, data: dict[str, Any] | None = None) -> tuple[str, WebSession]:
    """Begin a session of who holds a passkey and proved to it who they are: two factors in one.

    Raises:
        InvalidInputError: It proves nothing.
    """
    try:
        user_id = passkeys.prove(answer, place, user=None).user_id
    except PasskeyRefusedError as error:
        raise _refused(IdentityAction.SIGN_IN_FAILED, "-", error, by) from error
    user = queries.get_user(user_id)
    if dormancy.falls_asleep(user, by=by):
        raise InvalidInputError({"answer": passkeys.WRONG}, passkeys.WRONG)
    return door.begin(user, factors.PASSKEY, by=by, data=data, and_also=(factors.VERIFIED,))


def prove_second(session: WebSession, answer: str, place: Place, *, by: Actor) -> str:
    """Check the passkey of somebody at the second step: the session's new token.

    Raises:
        InvalidInputError: It proves nothing.
    """
    user = door.owner_of(session)
    try:
        passkeys.prove(answer, place, user=user)
    except PasskeyRefusedError as error:
        who = sessions.actor_of(user, by=by)
        raise _refused(IdentityAction.SECOND_FACTOR_FAILED, user.id, error, who) from error
    return door.go_on(session, factors.PASSKEY, by=by)


def enrol(session: WebSession, answer: str, title: str, place: Place, *, by: Actor) -> str:
    """Take the passkey that somebody's role demands: the session's new token.

    Raises:
        InvalidInputError: The device's answer is not one to our question.
    """
    user = door.owner_of(session)
    passkeys.register(user, answer, title, place, by=sessions.actor_of(user, by=by))
    return door.go_on(session, factors.PASSKEY, by=by)


def _refused(action: IdentityAction, user_id: object, error: Exception, by: Actor) -> InvalidInputError:
    detail = {"reason": str(error), "factor": factors.PASSKEY, **as_detail(by.agent)}
    audit.record_apart(action, ("app_user", user_id), by=by, detail=detail)
    return InvalidInputError({"answer": passkeys.WRONG}, passkeys.WRONG)

"""The operators' passkeys: registered by who is signed in, proved as the second step."""

import hashlib
import secrets
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import delete, func, select, update

from saas.errors import InvalidInputError, NotFoundError
from saas.identity import ceremonies, factors, keychecks, passkeys
from saas.identity.keychecks import Holder, Key, PasskeyRefusedError, Place
from tenants.models import OperatorChallenge, OperatorPasskey, PlatformEvent
from tenants.registry import platform_session
from tenants.web import operators
from tenants.web.operators import SignedIn

KEEPER = "枫桥平台运维"
ADDED, REMOVED, REFUSED = (f"operator.passkey_{done}" for done in ("added", "removed", "refused"))


def list_of(operator_id: UUID) -> Sequence[OperatorPasskey]:
    """An operator's passkeys, oldest first."""
    mine = select(OperatorPasskey).where(OperatorPasskey.operator_id == operator_id)
    with platform_session() as session:
        rows = session.scalars(mine.order_by(OperatorPasskey.created_at, OperatorPasskey.id)).all()
        session.expunge_all()
        return rows


def ask_to_register(operator: SignedIn, place: Place) -> str:
    """What the browser asks a device for to make a new passkey, as JSON."""
    holder = Holder(operator.id, operator.username, operator.name, KEEPER)
    return keychecks.to_register(holder, place, _challenge(operator, place), _keys(operator))


def register(operator: SignedIn, answer: str, title: str, place: Place) -> None:
    """Keep the public half of a new passkey.

    Raises:
        InvalidInputError: There are too many, or the device's answer is not one to our question.
    """
    if len(list_of(operator.id)) >= passkeys.MOST:
        raise InvalidInputError({"answer": passkeys.TOO_MANY})
    try:
        key = keychecks.check_new(answer, place, partial(_take, operator, place))
    except PasskeyRefusedError as error:
        raise InvalidInputError({"answer": passkeys.NOT_TAKEN}, passkeys.NOT_TAKEN) from error
    row = OperatorPasskey(
        operator_id=operator.id,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        title=passkeys.titled(title),
    )
    with platform_session() as session:
        session.add(row)
        session.add(PlatformEvent(action=ADDED, actor_name=operator.name))


def ask_to_prove(operator: SignedIn, place: Place) -> str:
    """What the browser asks a device to sign, as JSON."""
    return keychecks.to_prove(place, _challenge(operator, place), _keys(operator))


def prove(token: str, operator: SignedIn, answer: str, place: Place) -> str:
    """Check the passkey as the second step: the session's new token.

    Raises:
        InvalidInputError: It proves nothing.
    """
    try:
        row = _owned(operator, keychecks.read(answer))
        _go_on(row, keychecks.check_proof(answer, place, _key(row), partial(_take, operator, place)))
    except PasskeyRefusedError as error:
        with platform_session() as session:
            session.add(PlatformEvent(action=REFUSED, actor_name=operator.name, detail={"reason": str(error)}))
        raise InvalidInputError({"answer": passkeys.WRONG}, passkeys.WRONG) from error
    return operators.finish(token, {"factor": factors.PASSKEY})


def remove(operator: SignedIn, passkey_id: UUID) -> None:
    """Take one of an operator's own passkeys away.

    Raises:
        NotFoundError: The operator has no such passkey.
    """
    own = (OperatorPasskey.id == passkey_id, OperatorPasskey.operator_id == operator.id)
    with platform_session() as session:
        if session.scalar(delete(OperatorPasskey).where(*own).returning(OperatorPasskey.id)) is None:
            raise NotFoundError
        session.add(PlatformEvent(action=REMOVED, actor_name=operator.name))


def _owned(operator: SignedIn, said: keychecks.Said) -> OperatorPasskey:
    for row in list_of(operator.id):
        if row.credential_id == said.credential_id:
            return row
    raise PasskeyRefusedError("unknown")


def _challenge(operator: SignedIn, place: Place) -> bytes:
    challenge = secrets.token_bytes(passkeys.CHALLENGE)
    old = delete(OperatorChallenge).where(OperatorChallenge.created_at < func.now() - ceremonies.GOOD_FOR)
    row = OperatorChallenge(digest=_digest(challenge), operator_id=operator.id, browser_hash=place.browser)
    with platform_session() as session:
        session.execute(old)
        session.add(row)
    return challenge


def _take(operator: SignedIn, place: Place, challenge: bytes) -> bool:
    """Take a challenge away, whatever becomes of the answer: it does not come twice."""
    mine = delete(OperatorChallenge).where(
        OperatorChallenge.digest == _digest(challenge),
        OperatorChallenge.operator_id == operator.id,
        OperatorChallenge.browser_hash == place.browser,
        OperatorChallenge.created_at > func.now() - ceremonies.GOOD_FOR,
    )
    with platform_session() as session:
        return session.scalar(mine.returning(OperatorChallenge.digest)) is not None


def _go_on(row: OperatorPasskey, count: int) -> None:
    same = (OperatorPasskey.id == row.id, OperatorPasskey.sign_count == row.sign_count)
    noted = update(OperatorPasskey).where(*same).values(sign_count=count, used_at=func.now())
    with platform_session() as session:
        if session.scalar(noted.returning(OperatorPasskey.id)) is None:
            raise PasskeyRefusedError("count")


def _keys(operator: SignedIn) -> list[Key]:
    return [_key(row) for row in list_of(operator.id)]


def _key(row: OperatorPasskey) -> Key:
    return Key(row.credential_id, row.public_key, row.sign_count)


def _digest(challenge: bytes) -> bytes:
    return hashlib.sha256(challenge).digest()

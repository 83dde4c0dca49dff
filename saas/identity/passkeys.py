"""Passkeys of a city's people: keys of devices that sign a challenge for this host, after asking who holds them."""

import secrets
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import func, select, update

from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity import ceremonies, keychecks, services, sessions
from saas.identity.actor import Actor
from saas.identity.ceremonies import Purpose
from saas.identity.keychecks import Holder, Key, PasskeyRefusedError, Place
from saas.identity.models import User
from saas.identity.proof_models import Passkey
from saas.settings import services as settings

CHALLENGE = 32  # bytes
LONGEST_TITLE = 40
MOST = 10
WRONG = "通行密钥没有通过。请确认用的是登记过的设备，再试一次；不行的，请换一种方式登录。"
NOT_TAKEN = "这个设备没有登记成功，请再试一次。已经登记过的设备不需要再登记。"
LAST = "您的角色须用通行密钥登录，不能删除最后一个。请先添加新的，再删除旧的。"
TOO_MANY = f"最多登记 {MOST} 个通行密钥，请先删除不用的。"


def list_of(user_id: UUID) -> Sequence[Passkey]:
    """A user's passkeys, oldest first."""
    mine = select(Passkey).where(Passkey.user_id == user_id)
    return db.session.scalars(mine.order_by(Passkey.created_at, Passkey.id)).all()


def has_any(user_id: UUID) -> bool:
    """Whether a user has a passkey."""
    return db.session.scalar(select(Passkey.id).where(Passkey.user_id == user_id).limit(1)) is not None


def is_demanded(user: User) -> bool:
    """Whether one of the user's roles must sign in with a passkey."""
    named = {code.strip() for code in str(settings.get("identity.passkey_roles")).replace("，", ",").split(",")}
    return named != {""} and any(grant.role_code in named for grant in user.grants)


def ask_to_register(user: User, place: Place, *, bureau: str) -> str:
    """What the browser asks a device for to make a new passkey, as JSON."""
    holder = Holder(user.id, user.username, user.person.name, bureau)
    return keychecks.to_register(holder, place, _challenge(Purpose.REGISTER, str(user.id), place), _keys(user))


def register(user: User, answer: str, title: str, place: Place, *, by: Actor) -> Passkey:
    """Keep the public half of a new passkey; the user is told.

    Raises:
        InvalidInputError: There are too many, or the device's answer is not one to our question.
    """
    if len(list_of(user.id)) >= MOST:
        raise InvalidInputError({"answer": TOO_MANY})
    try:
        key = keychecks.check_new(answer, place, partial(_take, Purpose.REGISTER, str(user.id), place))
    except PasskeyRefusedError as error:
        raise InvalidInputError({"answer": NOT_TAKEN}, NOT_TAKEN) from error
    passkey = Passkey(
        user_id=user.id,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        transports=list(key.transports),
        title=titled(title),
    )
    db.session.add(passkey)
    services.tell_of_factors(user, IdentityAction.PASSKEY_ADDED, "已添加通行密钥", by=by)
    return passkey


def titled(title: str) -> str:
    """What a passkey is called: as its holder says, or just that."""
    return title.strip()[:LONGEST_TITLE] or "通行密钥"


def ask_to_prove(user: User | None, place: Place) -> str:
    """What the browser asks a device to sign, as JSON; without a user, the device says who it is for."""
    challenge = _challenge(Purpose.SIGN_IN, str(user.id) if user else "", place)
    return keychecks.to_prove(place, challenge, _keys(user) if user else ())


def prove(answer: str, place: Place, *, user: User | None) -> Passkey:
    """The passkey that signed our challenge, of this user, or of whomever it belongs to; its count goes on.

    Raises:
        PasskeyRefusedError: It is not registered or another's, or its answer does not hold.
    """
    passkey = _owned(keychecks.read(answer), user)
    take = partial(_take, Purpose.SIGN_IN, str(user.id) if user else "", place)
    count = keychecks.check_proof(answer, place, _key(passkey), take)
    _go_on(passkey, count)
    return passkey


def remove(user: User, passkey_id: UUID, *, by: Actor) -> None:
    """Take a passkey away; the user is told.

    Raises:
        NotFoundError: The user has no such passkey.
        InvalidInputError: It is the last one of somebody who must have one.
    """
    # Locked, so that of two who take away different ones the second sees what is left.
    own = db.session.scalars(select(Passkey).where(Passkey.user_id == user.id).with_for_update()).all()
    passkey = next((one for one in own if one.id == passkey_id), None)
    if passkey is None:
        raise NotFoundError
    if is_demanded(user) and len(own) == 1:
        raise InvalidInputError({"answer": LAST}, LAST)
    db.session.delete(passkey)
    services.tell_of_factors(user, IdentityAction.PASSKEY_REMOVED, "已删除通行密钥", by=by)


def _challenge(purpose: Purpose, subject: str, place: Place) -> bytes:
    challenge = secrets.token_bytes(CHALLENGE)
    ceremonies.begin(purpose, challenge, browser=place.browser, subject=subject)
    return challenge


def _take(purpose: Purpose, subject: str, place: Place, challenge: bytes) -> bool:
    return ceremonies.take(purpose, challenge, browser=place.browser) == subject


def _owned(said: keychecks.Said, user: User | None) -> Passkey:
    query = select(Passkey).join(User, Passkey.user_id == User.id).where(sessions.usable())
    passkey = db.session.scalar(query.where(Passkey.credential_id == said.credential_id))
    if passkey is None:
        raise PasskeyRefusedError("unknown")
    is_named = said.holder == passkey.user_id.bytes or (said.holder is None and user is not None)
    if not is_named or (user is not None and passkey.user_id != user.id):
        raise PasskeyRefusedError("another's")
    return passkey


def _go_on(passkey: Passkey, count: int) -> None:
    """Note the use; of two answers made from one count the database lets one do so."""
    same = (Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
    noted = update(Passkey).where(*same).values(sign_count=count, used_at=func.now()).returning(Passkey.id)
    if db.session.scalar(noted) is None:
        raise PasskeyRefusedError("count")


def _keys(user: User) -> list[Key]:
    return [_key(passkey) for passkey in list_of(user.id)]


def _key(passkey: Passkey) -> Key:
    return Key(passkey.credential_id, passkey.public_key, passkey.sign_count, tuple(passkey.transports))

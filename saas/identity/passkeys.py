"""Passkeys (WebAuthn Level 3): keys of devices that sign a challenge for this host, after asking who holds them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.errors import InvalidInputError
from saas.identity import ceremonies, services
from saas.identity.actor import Actor
from saas.identity.ceremonies import Purpose
from saas.identity.models import Passkey, User
from saas.settings import services as settings

CHALLENGE = 32  # bytes
LONGEST_TITLE = 40
MOST = 10
VERIFY = UserVerificationRequirement.REQUIRED
WRONG = "通行密钥没有通过。请确认用的是登记过的设备，再试一次；不行的，请换一种方式登录。"
NOT_TAKEN = "这个设备没有登记成功，请再试一次。已经登记过的设备不需要再登记。"
LAST = "您的角色须用通行密钥登录，不能删除最后一个。请先添加新的，再删除旧的。"
TOO_MANY = f"最多登记 {MOST} 个通行密钥，请先删除不用的。"


class PasskeyRefusedError(Exception):
    """An answer that proves nothing; the text is for the record, not for people."""


@dataclass(frozen=True)
class Place:
    """Where a browser is: keys belong to the host, and a challenge to the browser it was given to.

    Attributes:
        host: Without a port.
        origin: Scheme, host and port, as the browser says it.
        browser: The digest of its cookie.
    """

    host: str
    origin: str
    browser: bytes


def list_of(user_id: UUID) -> Sequence[Passkey]:
    """A user's passkeys, oldest first."""
    return db.session.scalars(
        select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.created_at, Passkey.id)
    ).all()


def has_any(user_id: UUID) -> bool:
    """Whether a user has a passkey."""
    return db.session.scalar(select(Passkey.id).where(Passkey.user_id == user_id).limit(1)) is not None


def is_demanded(user: User) -> bool:
    """Whether one of the user's roles must sign in with a passkey."""
    named = {code.strip() for code in str(settings.get("identity.passkey_roles")).replace("，", ",").split(",")}
    return named != {""} and any(grant.role_code in named for grant in user.grants)


def ask_to_register(user: User, place: Place, *, bureau: str) -> str:
    """What the browser asks a device for to make a new passkey, as JSON."""
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=bureau,
        user_id=user.id.bytes,
        user_name=user.username,
        user_display_name=user.person.name,
        challenge=_challenge(Purpose.REGISTER, str(user.id), place),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFY
        ),
        exclude_credentials=_known(user),
    )
    return options_to_json(options)


def register(user: User, answer: str, title: str, place: Place, *, by: Actor) -> Passkey:
    """Keep the public half of a new passkey; the user is told.

    Raises:
        InvalidInputError: There are too many, or the device's answer is not one to our question.
    """
    if len(list_of(user.id)) >= MOST:
        raise InvalidInputError({"answer": TOO_MANY})
    try:
        credential = parse_registration_credential_json(answer)
        checked = verify_registration_response(
            credential=credential,
            expected_challenge=_taken(Purpose.REGISTER, str(user.id), credential.response.client_data_json, place),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, PasskeyRefusedError, ValueError, KeyError, TypeError) as error:
        raise InvalidInputError({"answer": NOT_TAKEN}, NOT_TAKEN) from error
    passkey = Passkey(
        user_id=user.id,
        credential_id=checked.credential_id,
        public_key=checked.credential_public_key,
        sign_count=checked.sign_count,
        transports=[transport.value for transport in credential.response.transports or ()],
        title=title.strip()[:LONGEST_TITLE] or "通行密钥",
    )
    db.session.add(passkey)
    services.tell_of_factors(user, IdentityAction.PASSKEY_ADDED, "已添加通行密钥", by=by)
    return passkey


def ask_to_prove(user: User | None, place: Place) -> str:
    """What the browser asks a device to sign, as JSON; without a user, the device says who it is for."""
    options = generate_authentication_options(
        rp_id=place.host,
        challenge=_challenge(Purpose.SIGN_IN, str(user.id) if user else "", place),
        allow_credentials=_known(user) if user else None,
        user_verification=VERIFY,
    )
    return options_to_json(options)


def prove(answer: str, place: Place, *, user: User | None) -> Passkey:
    """The passkey that signed our challenge, of this user, or of whomever it belongs to; its count goes on.

    Raises:
        PasskeyRefusedError: It is not registered or another's, the challenge is old or was used, the signature is
            wrong, nobody proved to the device who they are, or its count went back as that of a copy does.
    """
    try:
        credential = parse_authentication_credential_json(answer)
        challenge = _taken(Purpose.SIGN_IN, str(user.id) if user else "", credential.response.client_data_json, place)
        passkey = _owned(credential.raw_id, credential.response.user_handle, user)
        checked = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    _go_on(passkey, checked.new_sign_count)
    return passkey


def remove(user: User, passkey_id: UUID, *, by: Actor) -> None:
    """Take a passkey away; the user is told. One that is not the user's is left alone.

    Raises:
        InvalidInputError: It is the last one of somebody who must have one.
    """
    if is_demanded(user) and len(list_of(user.id)) == 1:
        raise InvalidInputError({"answer": LAST}, LAST)
    mine = delete(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user.id).returning(Passkey.id)
    if db.session.scalar(mine) is not None:
        services.tell_of_factors(user, IdentityAction.PASSKEY_REMOVED, "已删除通行密钥", by=by)


def _challenge(purpose: Purpose, subject: str, place: Place) -> bytes:
    challenge = secrets.token_bytes(CHALLENGE)
    ceremonies.begin(purpose, challenge, browser=place.browser, subject=subject)
    return challenge


def _taken(purpose: Purpose, subject: str, client_data: bytes, place: Place) -> bytes:
    """The challenge that was signed, taken away; the device's word for it is checked against what we gave out."""
    challenge = parse_client_data_json(client_data).challenge
    if ceremonies.take(purpose, challenge, browser=place.browser) != subject:
        raise PasskeyRefusedError("challenge")
    return challenge


def _owned(credential_id: bytes, handle: bytes | None, user: User | None) -> Passkey:
    query = select(Passkey).join(User, Passkey.user_id == User.id).where(User.active)
    passkey = db.session.scalar(query.where(Passkey.credential_id == credential_id))
    if passkey is None:
        raise PasskeyRefusedError("unknown")
    if passkey.user_id != (user.id if user else UUID(bytes=handle or b"")) or handle not in {
        None, passkey.user_id.bytes
    }:  # fmt: skip
        raise PasskeyRefusedError("another's")
    return passkey


def _go_on(passkey: Passkey, count: int) -> None:
    """Note the use; of two answers made from one count the database lets one do so."""
    same = (Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
    noted = update(Passkey).where(*same).values(sign_count=count, used_at=func.now()).returning(Passkey.id)
    if db.session.scalar(noted) is None:
        raise PasskeyRefusedError("count")


def _known(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=key.credential_id, transports=[AuthenticatorTransport(way) for way in key.transports]
        )
        for key in list_of(user.id)
    ]

"""The pure half of passkeys (WebAuthn Level 3): what a device is asked for, and whether its answer holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

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

VERIFY = UserVerificationRequirement.REQUIRED

Take = Callable[[bytes], bool]
"""Takes a challenge away; whether it was given out for this, here, and not used."""


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


@dataclass(frozen=True)
class Holder:
    """Whose passkey is made: an account's id, its name, the person's name, and who keeps the account."""

    id: UUID
    username: str
    name: str
    keeper: str


@dataclass(frozen=True)
class Key:
    """The public half of a passkey as it is kept."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """Which passkey an answer is of, and whom the device takes its holder for."""

    credential_id: bytes
    holder: bytes | None


def to_register(holder: Holder, place: Place, challenge: bytes, known: Sequence[Key]) -> str:
    """What the browser asks a device for to make a new passkey, as JSON."""
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=holder.keeper,
        user_id=holder.id.bytes,
        user_name=holder.username,
        user_display_name=holder.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFY
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json(options)


def to_prove(place: Place, challenge: bytes, known: Sequence[Key]) -> str:
    """What the browser asks a device to sign, as JSON; without known keys the device says who it is for."""
    options = generate_authentication_options(
        rp_id=place.host, challenge=challenge, allow_credentials=_described(known), user_verification=VERIFY
    )
    return options_to_json(options)


def check_new(answer: str, place: Place, take: Take) -> Key:
    """The key that a device made.

    Raises:
        PasskeyRefusedError: The answer is not one to a question of ours.
    """
    try:
        credential = parse_registration_credential_json(answer)
        checked = verify_registration_response(
            credential=credential,
            expected_challenge=_taken(credential.response.client_data_json, take),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    ways = tuple(transport.value for transport in credential.response.transports or ())
    return Key(checked.credential_id, checked.credential_public_key, checked.sign_count, ways)


def read(answer: str) -> Said:
    """What an answer says before it is checked.

    Raises:
        PasskeyRefusedError: It is none.
    """
    try:
        credential = parse_authentication_credential_json(answer)
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    return Said(credential.raw_id, credential.response.user_handle)


def check_proof(answer: str, place: Place, key: Key, take: Take) -> int:
    """How often the key has signed by now, after it signed our challenge.

    Raises:
        PasskeyRefusedError: The challenge is old or was used, the signature is wrong, nobody proved to the device
            who they are, or its count went back as that of a copy does.
    """
    try:
        credential = parse_authentication_credential_json(answer)
        checked = verify_authentication_response(
            credential=credential,
            expected_challenge=_taken(credential.response.client_data_json, take),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    return checked.new_sign_count


def _taken(client_data: bytes, take: Take) -> bytes:
    """The challenge that was signed; the device's word for it is held against what we gave out."""
    challenge = parse_client_data_json(client_data).challenge
    if not take(challenge):
        raise PasskeyRefusedError("challenge")
    return challenge


def _described(known: Sequence[Key]) -> list[PublicKeyCredentialDescriptor] | None:
    return [
        PublicKeyCredentialDescriptor(
            id=key.credential_id, transports=[AuthenticatorTransport(way) for way in key.transports]
        )
        for key in known
    ] or None

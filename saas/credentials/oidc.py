"""Signing in at a provider of identity: authorisation code with PKCE, state and nonce (OpenID Connect Core 3.1)."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from saas import clock, outbound, text
from saas.audit import services as audit
from saas.config import current_config
from saas.credentials import providers, tokens
from saas.credentials.actions import CredentialAudit
from saas.credentials.providers import Trusted
from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError, NotFoundError, UnavailableError
from saas.identity import ceremonies
from saas.identity.actor import Actor
from saas.identity.ceremonies import Purpose

METADATA_KEPT = 600.0  # seconds
SCOPE = "openid profile phone"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
WEB = ("https://", "http://")
AWAY = "统一身份认证暂时连不上，请过一会儿再试，或者换一种方式登录。"
REFUSED = "没有通过统一身份认证。请重新登录；多次不成功的，请换一种方式登录。"

_metadata: dict[str, tuple[float, dict[str, Any]]] = {}


@dataclass(frozen=True)
class Identity:
    """Whom a provider means: its own name for the person is nothing without its issuer.

    ``number`` is that of the identity card where the provider tells it and it can be one; ``phone`` where the
    provider says that it was proved.
    """

    audience: str
    issuer: str
    subject: str
    name: str
    number: str
    phone: str


def begin(audience: str, *, browser: bytes, redirect_uri: str) -> str:
    """The address at the provider where the browser goes on.

    Args:
        audience: citizen or staff.
        browser: The digest of the browser's cookie; only this browser can finish.
        redirect_uri: Where the provider sends it back to.

    Raises:
        NotFoundError: The city trusts no provider for them.
        UnavailableError: The provider cannot be reached.
    """
    row = providers.find_provider(audience)
    if row is None:
        raise NotFoundError
    trusted = providers.get_trusted(row.id)
    _let_go()
    endpoint = _described(trusted.issuer)["authorization_endpoint"]
    state = secrets.token_urlsafe(32)
    ceremonies.begin(Purpose.PROVIDER, state.encode(), browser=browser, subject=str(trusted.id))
    asked = {
        "response_type": "code",
        "scope": SCOPE,
        "client_id": trusted.client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "nonce": _derived("nonce", state),
        "code_challenge": _challenge(_derived("verifier", state)),
        "code_challenge_method": "S256",
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def finish(answer: Mapping[str, str], *, audience: str, browser: bytes, redirect_uri: str, by: Actor) -> Identity:
    """Whom the provider means, once its answer is proved.

    Raises:
        InvalidInputError: The answer is not one to this browser's question, or its token is not to be believed.
        UnavailableError: The provider cannot be reached.
    """
    state = answer.get("state", "")
    provider_id = ceremonies.take(Purpose.PROVIDER, state.encode(), browser=browser)
    if provider_id is None:
        raise _refused("state", by)
    trusted = providers.get_trusted(UUID(provider_id))
    if trusted.audience != audience or answer.get("iss", trusted.issuer) != trusted.issuer or "code" not in answer:
        raise _refused("answer", by)
    _let_go()
    expected = tokens.Expected(trusted.issuer, trusted.client_id, _derived("nonce", state))
    try:
        given, keys = _exchange(trusted, answer["code"], _derived("verifier", state), redirect_uri)
        claims = tokens.verify(given, keys, expected, now=time.time())
    except tokens.TokenRefusedError as error:
        raise _refused(str(error), by) from error
    return _identity(trusted, claims)


def _identity(trusted: Trusted, claims: Mapping[str, Any]) -> Identity:
    phone = claims.get("phone_number") if claims.get("phone_number_verified") is True else None
    return Identity(
        audience=trusted.audience,
        issuer=trusted.issuer,
        subject=str(claims["sub"]),
        name=str(claims.get("name", "")),
        number=_card_number(claims.get(trusted.number_claim) if trusted.number_claim else None),
        phone=_phone(phone),
    )


def _card_number(value: object) -> str:
    try:
        return text.parse_id_number(str(value), today=clock.today(), demo=current_tenant().demo).number
    except ValueError:
        return ""


def _phone(value: object) -> str:
    try:
        return text.normalise_phone(str(value)) if value else ""
    except ValueError:
        return ""


def _exchange(trusted: Trusted, code: str, verifier: str, redirect_uri: str) -> tuple[str, dict[str, Any]]:
    """The token that the code stands for, and the keys to judge it by."""
    described = _described(trusted.issuer)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier
    }  # fmt: skip
    pair = f"{quote(trusted.client_id, safe='')}:{quote(trusted.client_secret, safe='')}"
    headers = {
        "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answered = _ask(described["token_endpoint"], method="POST", body=urlencode(form).encode(), headers=headers)
    return str(answered.get("id_token", "")), _ask(described["jwks_uri"])


def _described(issuer: str) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 4.3), remembered for ten minutes."""
    until, known = _metadata.get(issuer, (0.0, {}))
    if until > time.monotonic():
        return known
    found = _ask(f"{issuer}/.well-known/openid-configuration")
    if found.get("issuer") != issuer or not all(str(found.get(name)).startswith(WEB) for name in NEEDED):
        raise UnavailableError(AWAY)
    _metadata[issuer] = (time.monotonic() + METADATA_KEPT, found)
    return found


def _ask(url: str, **how: Any) -> dict[str, Any]:  # noqa: ANN401 - the keywords of outbound.fetch
    try:
        found = json.loads(outbound.fetch(url, **how).body)
    except (outbound.OutboundError, ValueError, RecursionError) as error:
        raise UnavailableError(AWAY) from error
    if not isinstance(found, dict):
        raise UnavailableError(AWAY)
    return found


def _refused(reason: str, by: Actor) -> InvalidInputError:
    audit.record_apart(CredentialAudit.PROVIDER_REFUSED, ("provider", "-"), by=by, detail={"reason": reason})
    return InvalidInputError({}, REFUSED)


def _let_go() -> None:
    """Give the connection back before another server is waited for; nothing has been written yet."""
    db.session.rollback()


def _derived(what: str, state: str) -> str:
    """The nonce or the verifier of a sign-in: made from its state, so that no table holds them."""
    key = current_config().secret_key.encode()
    return _base64(hmac.digest(key, f"oidc {what}|{state}".encode(), hashlib.sha256))


def _challenge(verifier: str) -> str:
    """What the provider is told of the verifier (RFC 7636)."""
    return _base64(hashlib.sha256(verifier.encode()).digest())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

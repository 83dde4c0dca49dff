"""Whether an identity token says what it has to say, by whom, to whom and now (OpenID Connect Core 3.1.3.7); pure."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures by a key that only the provider has; neither "none" nor one made with our own secret."""

LEEWAY = 60  # seconds two clocks may differ
OLDEST = 600  # seconds since the token was made
LONGEST_SUBJECT = 255


class TokenRefusedError(Exception):
    """The token is not to be believed; the text names the claim, for the log."""


@dataclass(frozen=True)
class Expected:
    """What the token has to say: who made it, for whom, and the nonce of this one sign-in."""

    issuer: str
    client_id: str
    nonce: str


def verify(token: str, keys: Mapping[str, Any], expected: Expected, *, now: float) -> dict[str, Any]:
    """The claims of a token that is to be believed.

    Args:
        token: As the provider gave it.
        keys: The provider's public keys, a JWK set.
        expected: What it has to say.
        now: Seconds since 1970.

    Raises:
        TokenRefusedError: It is not.
    """
    try:
        claims = jwt.decode(token, KeySet.import_key_set(_signing(keys)), algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise TokenRefusedError(f"signature ({type(error).__name__})") from error
    for name, holds in _rules(claims, expected, now).items():
        if not holds:
            raise TokenRefusedError(name)
    return claims


def _signing(keys: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the library's own type of dictionaries
    """The keys for signatures; a shared secret has no place in a public list."""
    listed = [key for key in keys["keys"] if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
    return {"keys": listed}


def _rules(claims: Mapping[str, Any], expected: Expected, now: float) -> dict[str, bool]:
    subject, nonce = claims.get("sub"), claims.get("nonce")
    return {
        "iss": claims.get("iss") == expected.issuer,
        "aud": _is_for(claims, expected.client_id),
        "exp": _number(claims, "exp", -1) > now - LEEWAY,
        "iat": now - OLDEST < _number(claims, "iat", -1) < now + LEEWAY,
        "nbf": _number(claims, "nbf", 0) < now + LEEWAY,
        "nonce": isinstance(nonce, str) and hmac.compare_digest(nonce.encode(), expected.nonce.encode()),
        "sub": isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT,
    }


def _is_for(claims: Mapping[str, Any], client_id: str) -> bool:
    """For us: alone, or among others and then given to us."""
    audience, party = claims.get("aud"), claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    named = audience == client_id or (isinstance(audience, list) and client_id in audience)
    return named and (party == client_id or (party is None and not several))


def _number(claims: Mapping[str, Any], name: str, default: float) -> float:
    value = claims.get(name, default)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else -1.0

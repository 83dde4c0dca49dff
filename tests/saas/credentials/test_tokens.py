"""Identity tokens: one true set of claims is believed, every forged one is refused by the claim at fault."""

import base64
import hmac
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from saas.credentials.tokens import Expected, TokenRefusedError, verify

ISSUER, CLIENT, NONCE = "https://id.example.cn", "fengqiao", "n" * 43
NOW = time.time()
OURS = RSAKey.generate_key(2048, parameters={"kid": "one"}, private=True)
THEIRS = RSAKey.generate_key(2048, parameters={"kid": "one"}, private=True)
KEYS = dict(KeySet([OURS]).as_dict(private=False))
EXPECTED = Expected(ISSUER, CLIENT, NONCE)
TRUE: dict[str, Any] = {
    "iss": ISSUER, "aud": CLIENT, "sub": "u-1", "nonce": NONCE, "iat": int(NOW), "exp": int(NOW) + 300, "name": "张三",
}  # fmt: skip


def signed(claims: dict[str, Any], key: Any = OURS, alg: str = "RS256", **head: object) -> str:  # noqa: ANN401 - any kind of key
    return jwt.encode({"alg": alg, "kid": "one", **head}, claims, key, algorithms=[alg])


def unsigned(claims: dict[str, Any], alg: str = "none") -> str:
    parts = ({"alg": alg, "kid": "one"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def judge(token: str, keys: dict[str, Any] | None = None) -> dict[str, Any]:
    return verify(token, keys or KEYS, EXPECTED, now=NOW)


@pytest.mark.parametrize("audience", [CLIENT, [CLIENT]])
def test_a_true_token_is_believed(audience: object) -> None:
    assert judge(signed(TRUE | {"aud": audience}))["sub"] == "u-1"


def test_a_token_for_several_is_believed_if_it_was_given_to_us() -> None:
    assert judge(signed(TRUE | {"aud": [CLIENT, "other"], "azp": CLIENT}))["sub"] == "u-1"


def test_other_kinds_of_keys_serve_too() -> None:
    key = ECKey.generate_key("P-256", parameters={"kid": "one"}, private=True)

    assert judge(signed(TRUE, key, "ES256"), dict(KeySet([key]).as_dict(private=False)))["sub"] == "u-1"


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "another issuer with the same subject": ("iss", {"iss": "https://evil.example.cn"}),
    "the issuer with a slash": ("iss", {"iss": f"{ISSUER}/"}),
    "no issuer": ("iss", {"iss": None}),
    "another audience": ("aud", {"aud": "other"}),
    "several audiences and no party": ("aud", {"aud": [CLIENT, "other"]}),
    "another party": ("aud", {"azp": "other"}),
    "no audience": ("aud", {"aud": []}),
    "expired": ("exp", {"exp": int(NOW) - 61}),
    "no end": ("exp", {"exp": None}),
    "an end that is no number": ("exp", {"exp": "never"}),
    "an end that is a truth": ("exp", {"exp": True}),
    "made long ago": ("iat", {"iat": int(NOW) - 601}),
    "made tomorrow": ("iat", {"iat": int(NOW) + 86_400}),
    "not good yet": ("nbf", {"nbf": int(NOW) + 600}),
    "the nonce of another sign-in": ("nonce", {"nonce": "m" * 43}),
    "no nonce": ("nonce", {"nonce": None}),
    "nobody": ("sub", {"sub": ""}),
    "a subject that is no text": ("sub", {"sub": 1}),
    "an endless subject": ("sub", {"sub": "x" * 256}),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_wrong_claim_is_refused(what: str) -> None:
    claim, changed = WRONG[what]

    with pytest.raises(TokenRefusedError, match=rf"^{claim}$"):
        judge(signed(TRUE | changed))


def test_a_token_nobody_signed_is_refused() -> None:
    for alg in ("none", "None", "RS256"):
        with pytest.raises(TokenRefusedError, match="signature"):
            judge(unsigned(TRUE, alg))


def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(TokenRefusedError, match="signature"):
        judge(signed(TRUE, THEIRS))


def test_the_public_key_is_no_shared_secret() -> None:
    text = unsigned(TRUE, "HS256").rstrip(".")
    for secret in (OURS.as_pem(private=False), json.dumps(OURS.as_dict(private=False)).encode()):
        mac = base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), "sha256")).rstrip(b"=").decode()
        with pytest.raises(TokenRefusedError, match="signature"):
            judge(f"{text}.{mac}")


def test_a_shared_secret_among_the_public_keys_is_none() -> None:
    secret = OctKey.import_key("s" * 64, parameters={"kid": "one"})

    with pytest.raises(TokenRefusedError, match="signature"):
        judge(signed(TRUE, secret, "HS256"), {"keys": [secret.as_dict(private=True)]})


def test_a_key_inside_the_token_is_not_taken() -> None:
    with pytest.raises(TokenRefusedError, match="signature"):
        judge(signed(TRUE, THEIRS, jwk=THEIRS.as_dict(private=False)))


def test_changed_claims_are_noticed() -> None:
    head, _claims, signature = signed(TRUE).split(".")
    changed = unsigned(TRUE | {"sub": "u-2"}).split(".")[1]

    with pytest.raises(TokenRefusedError, match="signature"):
        judge(f"{head}.{changed}.{signature}")


@pytest.mark.parametrize("token", ["", "a.b.c", "a.b", "{}", "." * 10])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(TokenRefusedError):
        judge(token)


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": [{"kty": "no"}]}])
def test_without_a_key_nothing_is_believed(keys: dict[str, Any]) -> None:
    with pytest.raises(TokenRefusedError):
        verify(signed(TRUE), keys, EXPECTED, now=NOW)

"""One-time codes of an authenticator app by RFC 6238: six digits that change every thirty seconds."""

import base64
import hmac
import secrets
from datetime import datetime

import pyotp

SECRET_BYTES = 20  # what RFC 4226 recommends for HMAC-SHA-1, the only digest every app knows
STEP_SECONDS = 30
WINDOW = 1


def new_secret() -> str:
    """160 random bits in the letters that apps take."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(moment: datetime) -> int:
    """The number of the step that holds at a moment."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of a step."""
    return pyotp.TOTP(secret).generate_otp(step)


def find_step(secret: str, code: str, moment: datetime) -> int | None:
    """The step a code belongs to, of the present one and its two neighbours; None when of none."""
    now = step_at(moment)
    found = None
    for step in range(now - WINDOW, now + WINDOW + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            found = step
    return found


def address_of(secret: str, account: str, issuer: str) -> str:
    """What the two-dimensional code holds: the address by which apps take up a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def in_groups(secret: str) -> str:
    """A secret as people type it: in groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))

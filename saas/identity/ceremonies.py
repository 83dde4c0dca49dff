"""What was given to a browser and has to come back from the same one, once, within minutes."""

import hashlib
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, func

from saas.db.session import db
from saas.identity.proof_models import Ceremony

GOOD_FOR = timedelta(minutes=5)


class Purpose(StrEnum):
    """What a ceremony is for; what was begun for one is nothing to another."""

    PROVIDER = "provider"
    REGISTER = "passkey.register"
    SIGN_IN = "passkey.sign_in"


def begin(purpose: Purpose, token: bytes, *, browser: bytes, subject: str) -> None:
    """Expect a token back; those that never came go."""
    db.session.execute(delete(Ceremony).where(Ceremony.created_at < func.now() - GOOD_FOR))
    digest = hashlib.sha256(token).digest()
    row = Ceremony(
        digest=digest, purpose=purpose, browser_hash=browser, subject=subject, created_at=func.clock_timestamp()
    )
    db.session.add(row)


def take(purpose: Purpose, token: bytes, *, browser: bytes) -> str | None:
    """What the token was given for; None when it is strange, old, another browser's, or came before.

    It is taken away in a transaction of its own: whatever becomes of the request, it does not come twice.
    """
    mine = delete(Ceremony).where(
        Ceremony.digest == hashlib.sha256(token).digest(),
        Ceremony.purpose == purpose,
        Ceremony.browser_hash == browser,
        Ceremony.created_at > func.now() - GOOD_FOR,
    )
    with db.session.get_bind().engine.begin() as connection:
        return connection.execute(mine.returning(Ceremony.subject)).scalar_one_or_none()

"""Second factors: an authenticator app whose secret is sealed, and codes on paper for the day it is lost."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update

from saas.crypto import sealing
from saas.db.ids import new_id
from saas.db.session import db
from saas.identity import totp
from saas.identity.models import User
from saas.identity.proof_models import Passkey, RecoveryCode, TotpFactor

PASSWORD, TOTP, RECOVERY = "password", "totp", "recovery"
PASSKEY, VERIFIED, PROVIDER = "passkey", "user_verified", "provider"
SECRET = "totp_factor.secret"  # noqa: S105 - the name of a column
CODES = 10
# Letters that cannot be taken for one another; 24 of them are 120 bits, so a fast digest keeps them.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 24
_TOTP_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True)
class Offered:
    """An authenticator app that is being set up: its secret, in the open for as long as the page is shown."""

    id: UUID
    secret: str


def offer(user: User) -> None:
    """Make a new secret to be set up; the app that is in use stays so until the new one is confirmed."""
    db.session.execute(delete(TotpFactor).where(TotpFactor.user_id == user.id, TotpFactor.confirmed_at.is_(None)))
    key = new_id()
    sealed = sealing.seal(SECRET, key, totp.new_secret())
    db.session.add(TotpFactor(id=key, user_id=user.id, secret=sealed, last_step=0))
    db.session.flush()


def find_offered(user: User) -> Offered | None:
    """The app that is being set up, if one is."""
    row = db.session.scalar(select(TotpFactor).where(TotpFactor.user_id == user.id, TotpFactor.confirmed_at.is_(None)))
    return Offered(row.id, _open(row)) if row else None


def confirm(user: User, code: str) -> bool:
    """Put the offered app in the place of the one before, if the code is its own."""
    row, moment = _row_and_moment(user, confirmed=False)
    step = totp.find_step(_open(row), code, moment) if row is not None else None
    if row is None or step is None:
        return False
    db.session.execute(delete(TotpFactor).where(TotpFactor.user_id == user.id, TotpFactor.confirmed_at.is_not(None)))
    row.confirmed_at, row.last_step = func.now(), step
    db.session.flush()
    return True


def remove(user: User) -> None:
    """Take a user's app and codes away."""
    for table in (TotpFactor, RecoveryCode):
        db.session.execute(delete(table).where(table.user_id == user.id))


def renew_codes(user: User) -> list[str]:
    """Ten new codes in the place of those before; they are told once and kept as digests."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = new_codes()
    db.session.add_all(RecoveryCode(user_id=user.id, digest=digest_of(user.id, code)) for code in codes)
    db.session.flush()
    return codes


def new_codes() -> list[str]:
    """Ten random codes as they are printed: in groups of four."""
    codes = ("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES))
    return [totp.in_groups(code).replace(" ", "-") for code in codes]


def typed(code: str) -> str:
    """A code without what people put between its parts."""
    return "".join(code.split()).replace("-", "").upper()


def is_of_app(code: str) -> bool:
    """Whether a typed code looks like an app's, and not like one on paper."""
    return _TOTP_CODE.fullmatch(code) is not None


def digest_of(owner: UUID, code: str) -> bytes:
    """What the database keeps of a code on paper: a digest that is of no use for another owner."""
    return hashlib.sha256(owner.bytes + typed(code).encode()).digest()


def count_codes(user: User) -> int:
    """How many codes are left."""
    left = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def has_second(user_id: UUID) -> bool:
    """Whether a second factor of any kind is in use."""
    return has_app(user_id) or db.session.scalar(select(Passkey.id).filter_by(user_id=user_id).limit(1)) is not None


def has_app(user_id: UUID) -> bool:
    """Whether an authenticator app is in use."""
    used = select(TotpFactor.id).where(TotpFactor.user_id == user_id, TotpFactor.confirmed_at.is_not(None))
    return db.session.scalar(used) is not None


def prove(user: User, code: str) -> str | None:
    """The factor a code proves, used up by it; None when it proves nothing or was used before."""
    given = typed(code)
    if is_of_app(given):
        return TOTP if _use_step(user, given) else None
    return RECOVERY if _use_code(user, given) else None


def _use_step(user: User, code: str) -> bool:
    """Go on to the step of a code; of two at the same moment the database lets one do so."""
    row, moment = _row_and_moment(user, confirmed=True)
    step = totp.find_step(_open(row), code, moment) if row is not None else None
    if row is None or step is None:
        return False
    onward = update(TotpFactor).where(TotpFactor.id == row.id, TotpFactor.last_step < step).values(last_step=step)
    return db.session.scalar(onward.returning(TotpFactor.id)) is not None


def _use_code(user: User, code: str) -> bool:
    mine = (RecoveryCode.user_id == user.id, RecoveryCode.digest == digest_of(user.id, code))
    used = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None)).values(used_at=func.now())
    return db.session.scalar(used.returning(RecoveryCode.id)) is not None


def _row_and_moment(user: User, *, confirmed: bool) -> tuple[TotpFactor | None, datetime]:
    """A user's app and the database's time, in one statement."""
    is_confirmed = TotpFactor.confirmed_at.is_not(None)
    mine = select(TotpFactor, func.clock_timestamp()).where(TotpFactor.user_id == user.id)
    found = db.session.execute(mine.where(is_confirmed if confirmed else ~is_confirmed)).one_or_none()
    return (found[0], found[1]) if found else (None, datetime.min)  # noqa: DTZ901 - no app, no time needed


def _open(row: TotpFactor) -> str:
    return sealing.unseal(SECRET, row.id, row.secret).decode()

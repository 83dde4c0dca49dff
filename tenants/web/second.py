"""The operators' second factor: an authenticator app, its secret sealed, and codes on paper."""

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from saas.config import current_config
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import factors, limits, sessions, totp
from saas.identity.door import WRONG_CODE
from tenants.models import Operator, OperatorCode, OperatorSession, PlatformEvent
from tenants.registry import platform_session
from tenants.web import operators
from tenants.web.operators import SignedIn

NONCE = 12
TRIED, PROVED, ENROLLED = (f"operator.factor_{done}" for done in ("tried", "proved", "enrolled"))
PASSKEY_FIRST = "您已经登记通行密钥，请用通行密钥验证；设备丢失的，可以输入一个恢复码。"


def offered_secret(operator_id: UUID) -> str:
    """The secret that is being set up; made when there is none."""
    with platform_session() as session:
        operator = session.scalars(select(Operator).where(Operator.id == operator_id).with_for_update()).one()
        if operator.totp_secret is None:
            operator.totp_secret = _seal(operator.id, totp.new_secret())
        return _open(operator)


def enrol(token: str, operator: SignedIn, code: str) -> tuple[str, list[str]]:
    """Take the first code of the app: the session's new token, and the codes for paper.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code is not the app's.
    """
    _count(operator)
    with platform_session() as session:
        if not _use_step(session, operator.id, factors.typed(code), is_first=True):
            raise InvalidInputError({"code": WRONG_CODE})
        codes = _renew_codes(session, operator.id)
        # Other sessions were begun with the password alone.
        mine = OperatorSession.token_hash != sessions.digest(token)
        session.execute(delete(OperatorSession).where(OperatorSession.operator_id == operator.id, mine))
        session.add(PlatformEvent(action=ENROLLED, actor_name=operator.name, detail={"key": _key(operator)}))
    return operators.finish(token, {"factor": factors.TOTP}), codes


def prove(token: str, operator: SignedIn, code: str) -> str:
    """Check the second factor: the session's new token.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code proves nothing, or was used before.
    """
    _count(operator)
    typed = factors.typed(code)
    is_step = factors.is_of_app(typed)
    if is_step and operators.has_passkey(operator.id):
        raise InvalidInputError({"code": PASSKEY_FIRST})
    with platform_session() as session:
        used = _use_step(session, operator.id, typed) if is_step else _use_code(session, operator.id, typed)
        if not used:
            raise InvalidInputError({"code": WRONG_CODE})
        session.add(PlatformEvent(action=PROVED, actor_name=operator.name, detail={"key": _key(operator)}))
    return operators.finish(token, {"factor": factors.TOTP if is_step else factors.RECOVERY})


def _count(operator: SignedIn) -> None:
    if not operators.count_try(TRIED, _key(operator), operators.TRIES, operators.TRIES_PER, until=PROVED):
        raise TooManyTriesError(operators.TOO_MANY)


def _key(operator: SignedIn) -> str:
    return limits.key_of("operator's factor", str(operator.id))


def _use_step(session: Session, operator_id: UUID, code: str, *, is_first: bool = False) -> bool:
    """Go on to the step of a code; of two at the same moment the database lets one do so."""
    found = session.execute(
        select(Operator, func.clock_timestamp()).where(
            Operator.id == operator_id,
            Operator.totp_secret.is_not(None),
            Operator.totp_confirmed_at.is_(None) if is_first else Operator.totp_confirmed_at.is_not(None),
        )
    ).one_or_none()
    step = totp.find_step(_open(found[0]), code, found[1]) if found else None
    if step is None:
        return False
    onward = update(Operator).where(Operator.id == operator_id, Operator.totp_last_step < step)
    changed = {"totp_last_step": step} | ({"totp_confirmed_at": func.now()} if is_first else {})
    return session.scalar(onward.values(changed).returning(Operator.id)) is not None


def _renew_codes(session: Session, operator_id: UUID) -> list[str]:
    session.execute(delete(OperatorCode).where(OperatorCode.operator_id == operator_id))
    codes = factors.new_codes()
    kept = (factors.digest_of(operator_id, code) for code in codes)
    session.add_all(OperatorCode(operator_id=operator_id, digest=digest) for digest in kept)
    return codes


def _use_code(session: Session, operator_id: UUID, code: str) -> bool:
    mine = (OperatorCode.operator_id == operator_id, OperatorCode.digest == factors.digest_of(operator_id, code))
    used = update(OperatorCode).where(*mine, OperatorCode.used_at.is_(None)).values(used_at=func.now())
    return session.scalar(used.returning(OperatorCode.id)) is not None


def _cipher() -> AESGCM:
    secret = current_config().database_secret.encode()
    return AESGCM(hmac.new(secret, b"second factors of operators", hashlib.sha256).digest())


def _seal(operator_id: UUID, secret: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, secret.encode(), operator_id.bytes)


def _open(operator: Operator) -> str:
    assert operator.totp_secret is not None, "no app was offered"
    nonce, sealed = operator.totp_secret[:NONCE], operator.totp_secret[NONCE:]
    return _cipher().decrypt(nonce, sealed, operator.id.bytes).decode()

"""Signing in with a phone: six digits sent to it, for five minutes, for the browser that asked, for five tries."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert

from saas.audit import services as audit
from saas.config import current_config
from saas.credentials.actions import CredentialAudit
from saas.credentials.models import PhoneCode
from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError, TooManyTriesError, UnavailableError
from saas.identity import limits
from saas.identity.actor import Actor
from saas.jobs import short_messages
from saas.settings import services as settings

DIGITS = 6
GOOD_FOR = timedelta(minutes=5)
MOST_TRIES = 5
PAUSE = timedelta(seconds=60)
DAY = timedelta(days=1)
PER_DAY = 5
HOUR = timedelta(hours=1)
PER_NETWORK = 60  # codes an hour; whole offices and villages share an address

NOT_OFFERED = "本市还没有开通手机验证码登录。查进度可以用受理编号和查询码，也可以拨打 12348 询问。"
TOO_SOON = "刚刚已经发过验证码，请等 60 秒再试。没有收到的，请检查手机号码和信号。"
TOO_MANY_TODAY = "这个号码今天的验证码已经用完，请明天再试，或者用受理编号和查询码查进度。"
CITY_FULL = "今天发送验证码的人太多，请明天再试，或者用受理编号和查询码查进度，也可以拨打 12348 询问。"
WRONG = "验证码不正确或者已经过期。请核对短信里的六位数字；连续输错五次的，需要重新获取。"


def is_offered() -> bool:
    """Whether this city can send codes."""
    return short_messages.carrier() is not None


def send_code(number: str, *, browser: bytes, bureau: str, by: Actor) -> None:
    """Send a code to a phone, for one browser; what it waited for before counts no more.

    The answer is the same whether or not anything here belongs to the number.

    Args:
        number: The phone's, eleven digits.
        browser: The digest of the browser's cookie.
        bureau: Who sends it, as the message says.
        by: Who asks.

    Raises:
        UnavailableError: The city has no way to send messages.
        TooManyTriesError: This number, this network or this city has had enough.
    """
    if not is_offered():
        raise UnavailableError(NOT_OFFERED)
    _count(number, by)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    _expect(number, code, browser)
    minutes = int(GOOD_FOR.total_seconds()) // 60
    message = short_messages.send(number, "phone_code", good_for=GOOD_FOR, bureau=bureau, code=code, minutes=minutes)
    audit.record(CredentialAudit.CODE_SENT, ("outbound_message", message.id), by=by)


def redeem(number: str, code: str, *, browser: bytes, by: Actor) -> None:
    """Take the right code, once.

    Raises:
        InvalidInputError: It is wrong, too old, used, for another number or browser, or tried too often; which of
            these, nobody learns.
    """
    # Counted apart and before the look, so that five tries are five however they arrive and whatever they answer.
    with db.session.get_bind().engine.begin() as connection:
        counted = (
            update(PhoneCode)
            .where(PhoneCode.browser_hash == browser, PhoneCode.tries < MOST_TRIES, PhoneCode.expires_at > func.now())
            .values(tries=PhoneCode.tries + 1)
            .returning(PhoneCode.number_hash, PhoneCode.code_hash)
        )
        row = connection.execute(counted).one_or_none()
    number_hash, code_hash = (row.number_hash, row.code_hash) if row else (b"", b"")
    right = hmac.compare_digest(number_hash, _digest("number", number))
    right &= hmac.compare_digest(code_hash, _digest("code", code, browser.hex()))
    if not right or not _used_up(browser, code_hash):
        audit.record_apart(CredentialAudit.CODE_REFUSED, ("phone_code", "-"), by=by)
        raise InvalidInputError({"code": WRONG}, WRONG)


def _count(number: str, by: Actor) -> None:
    """Count a code against the number, the network and the city; a refused one costs those below nothing."""
    whose = _digest("limit", number).hex()
    bounds = (
        (limits.key_of("phone-code", "pause", whose), 1, PAUSE, TOO_SOON),
        (limits.key_of("phone-code", "day", whose), PER_DAY, DAY, TOO_MANY_TODAY),
        (limits.key_of("phone-code", limits.network(by.address)), PER_NETWORK, HOUR, CITY_FULL),
        (limits.key_of("phone-code", "city"), settings.get("identity.sms_budget"), DAY, CITY_FULL),
    )
    for key, limit, per, sentence in bounds:
        if not limits.hit(key, limit, per):
            raise TooManyTriesError(sentence)


def _expect(number: str, code: str, browser: bytes) -> None:
    db.session.execute(delete(PhoneCode).where(PhoneCode.expires_at < func.now()))
    values = {
        "number_hash": _digest("number", number),
        "code_hash": _digest("code", code, browser.hex()),
        "tries": 0,
        "expires_at": func.now() + GOOD_FOR,
    }
    row = insert(PhoneCode).values(browser_hash=browser, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=[PhoneCode.browser_hash], set_=values))


def _used_up(browser: bytes, code_hash: bytes) -> bool:
    """Take the code away; False for who comes second with the same one."""
    mine = delete(PhoneCode).where(PhoneCode.browser_hash == browser, PhoneCode.code_hash == code_hash)
    with db.session.get_bind().engine.begin() as connection:
        return connection.execute(mine.returning(PhoneCode.browser_hash)).one_or_none() is not None


def _digest(what: str, *parts: str) -> bytes:
    """A keyed digest: numbers and codes are so few that a plain one could be guessed."""
    text = "\x1f".join((what, str(current_tenant().id), *parts))
    return hmac.digest(current_config().secret_key.encode(), text.encode(), hashlib.sha256)

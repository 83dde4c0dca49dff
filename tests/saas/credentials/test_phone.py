"""Codes for phones: right once, in one browser, for five minutes and five tries, and never too many of them."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from saas.credentials import phone
from saas.credentials.models import PhoneCode
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity.actor import SYSTEM, citizen
from saas.identity.models import RateCount
from saas.messages.models import OutboundMessage
from saas.settings import services as settings
from tenants import context
from tests.conftest import InTenant
from tests.saas.credentials.conftest import ReadCode

WHO = citizen(address="203.0.113.9")


@pytest.fixture
def browser() -> bytes:
    """The digest of a browser's cookie."""
    return os.urandom(32)


def send(number: str, browser: bytes) -> None:
    phone.send_code(number, browser=browser, bureau="北京市司法局", by=WHO)


def may_send_again() -> None:
    """Let a minute pass for the counts of pauses."""
    db.session.execute(update(RateCount).values(window_start=RateCount.window_start - phone.PAUSE))


def test_the_right_code_opens_once(
    in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        send(number, browser)
    code = read_code(number)
    assert code is not None

    with in_tenant(beijing):
        phone.redeem(number, code, browser=browser, by=WHO)
        with pytest.raises(InvalidInputError):
            phone.redeem(number, code, browser=browser, by=WHO)


def test_a_code_is_nothing_in_another_browser_or_for_another_number(
    in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        send(number, browser)
    code = read_code(number) or ""

    with in_tenant(beijing):
        for other_number, other_browser in ((number, os.urandom(32)), ("13912345678", browser)):
            with pytest.raises(InvalidInputError):
                phone.redeem(other_number, code, browser=other_browser, by=WHO)


def test_a_newer_code_takes_the_place_of_the_older(
    in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    codes = []
    for _ in range(2):
        with in_tenant(beijing):
            may_send_again()
        with in_tenant(beijing):
            send(number, browser)
        codes.append(read_code(number) or "")

    with in_tenant(beijing):
        if codes[0] != codes[1]:
            with pytest.raises(InvalidInputError):
                phone.redeem(number, codes[0], browser=browser, by=WHO)
        phone.redeem(number, codes[1], browser=browser, by=WHO)


def test_a_code_ends_after_five_minutes(
    in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        send(number, browser)
        left = select(PhoneCode.expires_at - func.now()).where(PhoneCode.browser_hash == browser)
        assert db.session.scalar(left) == phone.GOOD_FOR
    code = read_code(number) or ""

    with in_tenant(beijing):
        db.session.execute(update(PhoneCode).values(expires_at=func.now()))
    with in_tenant(beijing), pytest.raises(InvalidInputError):
        phone.redeem(number, code, browser=browser, by=WHO)


def test_five_tries_are_five_from_eight_threads(
    app: Flask, in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        send(number, browser)
    code = read_code(number) or ""
    wrong = [f"{(int(code) + step) % 10**6:06}" for step in range(1, 25)]

    def attempt(guess: str) -> None:
        with context.transaction(app, beijing), pytest.raises(InvalidInputError):
            phone.redeem(number, guess, browser=browser, by=WHO)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(attempt, wrong))

    with in_tenant(beijing):
        tries = select(PhoneCode.tries).where(PhoneCode.browser_hash == browser)
        assert db.session.scalar(tries) == phone.MOST_TRIES
        with pytest.raises(InvalidInputError):
            phone.redeem(number, code, browser=browser, by=WHO)


def test_of_eight_that_bring_the_right_code_one_comes_in(
    app: Flask, in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        send(number, browser)
    code = read_code(number) or ""

    def attempt(_turn: int) -> bool:
        try:
            with context.transaction(app, beijing):
                phone.redeem(number, code, browser=browser, by=WHO)
        except InvalidInputError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(8))) == 1


def test_eight_threads_get_one_code_a_minute(app: Flask, in_tenant: InTenant, beijing: TenantRef, number: str) -> None:
    def attempt(_turn: int) -> bool:
        try:
            with context.transaction(app, beijing):
                send(number, os.urandom(32))
        except TooManyTriesError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(16))) == 1


def test_a_number_gets_five_codes_a_day(in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes) -> None:
    for _ in range(phone.PER_DAY):
        with in_tenant(beijing):
            may_send_again()
        with in_tenant(beijing):
            send(number, browser)

    with in_tenant(beijing):
        may_send_again()
    with pytest.raises(TooManyTriesError, match="明天"), in_tenant(beijing):
        send(number, browser)


def test_a_city_sends_as_many_codes_a_day_as_it_has_settled(
    in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes
) -> None:
    with in_tenant(beijing):
        settings.set_value("identity.sms_budget", 10, by=SYSTEM)
    for step in range(10):
        with in_tenant(beijing):
            send(str(int(number) + 1000 + step), browser)

    with pytest.raises(TooManyTriesError, match="12348"), in_tenant(beijing):
        send(number, browser)
    with in_tenant(beijing):
        settings.set_value("identity.sms_budget", 2000, by=SYSTEM)


def test_nothing_that_is_kept_can_be_read(
    in_tenant: InTenant, beijing: TenantRef, number: str, browser: bytes, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        send(number, browser)
        kept = db.session.scalars(select(OutboundMessage).order_by(OutboundMessage.created_at.desc())).first()
        assert kept is not None
        assert kept.recipient is not None
        assert number.encode() not in kept.recipient
        id_ = kept.id
    code = read_code(number) or ""

    with in_tenant(beijing):
        row = db.session.get_one(PhoneCode, browser)
        assert code.encode() not in row.code_hash + row.number_hash
        sent = db.session.get_one(OutboundMessage, id_)
        assert (sent.state, sent.recipient, sent.body) == ("sent", None, None)

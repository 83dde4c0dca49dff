"""R10, R12, R13, R54: codes for phones, real-name citizens, the second factor of staff, calls to other servers."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from saas import outbound
from saas.config import Config
from saas.config_parts import OutboundHost
from saas.credentials import phone, tokens
from saas.credentials.tokens import TokenRefusedError
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import door, factors, passkeys, queries
from saas.identity.actor import SYSTEM, citizen
from saas.identity.permissions import PUBLIC, permission_of
from saas.identity.proof_models import Passkey
from saas.settings import services as settings
from tenants import context
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.contracts.test_every_route import address_of, rules
from tests.saas.credentials.conftest import ReadCode, number, read_code
from tests.saas.credentials.test_tokens import EXPECTED, KEYS, NOW, THEIRS, TRUE, signed, unsigned
from tests.saas.identity.factories import PASSWORD, make_user

__all__ = ["number", "read_code"]

WHO = citizen(address="203.0.113.7")


def test_r10_a_code_has_six_digits_and_five_minutes_and_belongs_to_one_request(
    in_tenant: InTenant, beijing: TenantRef, number: str, read_code: ReadCode
) -> None:
    one, another = os.urandom(32), os.urandom(32)
    with in_tenant(beijing):
        phone.send_code(number, browser=one, bureau="北京市司法局", by=WHO)
    code = read_code(number) or ""

    assert len(code) == phone.DIGITS == 6
    assert timedelta(minutes=5) == phone.GOOD_FOR
    with in_tenant(beijing):
        with pytest.raises(InvalidInputError):
            phone.redeem(number, code, browser=another, by=WHO)
        phone.redeem(number, code, browser=one, by=WHO)


def test_r10_a_number_gets_one_code_a_minute_and_five_a_day_however_many_ask_at_once(
    app: Flask, beijing: TenantRef, number: str
) -> None:
    assert (timedelta(seconds=60), 5, 5) == (phone.PAUSE, phone.PER_DAY, phone.MOST_TRIES)

    def attempt(_turn: int) -> bool:
        try:
            with context.transaction(app, beijing):
                phone.send_code(number, browser=os.urandom(32), bureau="北京市司法局", by=WHO)
        except TooManyTriesError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(24))) == 1


def test_r10_a_city_has_a_budget_of_codes(in_tenant: InTenant, beijing: TenantRef, number: str) -> None:
    with in_tenant(beijing):
        usual = settings.get("identity.sms_budget")
        settings.set_value("identity.sms_budget", 10, by=SYSTEM)

    def attempt(step: int) -> bool:
        try:
            with in_tenant(beijing):
                other = str(int(number) + 2000 + step)
                phone.send_code(other, browser=os.urandom(32), bureau="北京市司法局", by=WHO)
        except TooManyTriesError:
            return False
        return True

    assert [attempt(step) for step in range(12)] == [True] * 10 + [False] * 2
    with in_tenant(beijing):
        settings.set_value("identity.sms_budget", usual, by=SYSTEM)


FORGED = {
    "nobody signed it": lambda: unsigned(TRUE),
    "somebody else signed it": lambda: signed(TRUE, THEIRS),
    "it is for another": lambda: signed(TRUE | {"aud": "other"}),
    "another issuer means the same subject": lambda: signed(TRUE | {"iss": "https://evil.example.cn"}),
    "it has ended": lambda: signed(TRUE | {"exp": int(NOW) - 3600}),
    "its nonce is that of another sign-in": lambda: signed(TRUE | {"nonce": "x" * 43}),
}


@pytest.mark.parametrize("what", sorted(FORGED))
def test_r12_a_forged_identity_token_is_refused(what: str) -> None:
    assert tokens.verify(signed(TRUE), KEYS, EXPECTED, now=NOW)["sub"] == TRUE["sub"]

    with pytest.raises(TokenRefusedError):
        tokens.verify(FORGED[what](), KEYS, EXPECTED, now=NOW)


@pytest.fixture
def demanding(in_tenant: InTenant, beijing: TenantRef) -> Iterator[str]:
    """An account in a city that asks everybody for a second factor, with a role that needs a passkey."""
    with in_tenant(beijing):
        usual = settings.get("identity.second_factor")
        settings.set_value("identity.second_factor", "required", by=SYSTEM)
        settings.set_value("identity.passkey_roles", "r13_auditor", by=SYSTEM)
        username = make_user(["case.read", "audit.read"], role="r13_auditor").username
    yield username
    with in_tenant(beijing):
        settings.set_value("identity.second_factor", usual, by=SYSTEM)
        settings.set_value("identity.passkey_roles", "", by=SYSTEM)


def test_r13_with_the_password_alone_no_page_of_staff_opens(app: Flask, beijing: TenantRef, demanding: str) -> None:
    browser = Browser(app, beijing)
    answer = browser.submit("/sign-in", {"username": demanding, "password": PASSWORD})
    assert answer.location == "/sign-in/enrol"

    opened = {
        rule.rule: answer.status_code
        for rule in rules(app)
        if permission_of(app, rule.endpoint) != PUBLIC and "GET" in (rule.methods or ())
        if (answer := browser.get(address_of(app, rule))).status_code not in {303, 403, 404}
    }

    assert opened == {}


def test_r13_who_needs_a_passkey_is_not_let_in_by_an_app(
    in_tenant: InTenant, beijing: TenantRef, demanding: str
) -> None:
    with in_tenant(beijing):
        user = queries.find_user(demanding)
        assert user is not None
        assert passkeys.is_demanded(user)
        assert door.stage_of(user, [factors.PASSWORD, factors.TOTP]) == door.ENROL
        db.session.add(
            Passkey(user_id=user.id, credential_id=b"c", public_key=b"k", sign_count=0, transports=[], title="密钥")
        )
        db.session.flush()
        assert door.stage_of(user, [factors.PASSWORD, factors.TOTP]) == door.SECOND
        assert door.stage_of(user, [factors.PASSWORD, factors.RECOVERY]) == door.SECOND
        assert door.stage_of(user, [factors.PASSWORD, factors.PASSKEY]) == door.FULL
        assert door.stage_of(user, [factors.VERIFIED, factors.PASSKEY]) == door.FULL
        db.session.delete(db.session.scalars(select(Passkey).where(Passkey.user_id == user.id)).one())


@pytest.fixture
def calling(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let two servers be called, one of them inside our network; names lead to the address that is given."""
    hosts = (OutboundHost("sms.example.cn"), OutboundHost("sso.intra", ipaddress.ip_network("10.8.0.0/16")))
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, outbound_hosts=hosts))

    def lead_to(address: str) -> None:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: found)

    with app.app_context():
        yield lead_to


@pytest.mark.parametrize("address", ["169.254.169.254", "127.0.0.1", "10.1.2.3", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("url", ["https://sms.example.cn/send", "https://sso.intra/token"])
def test_r54_a_name_that_leads_where_it_may_not_is_not_called(
    calling: Callable[[str], None], url: str, address: str
) -> None:
    calling(address)

    with pytest.raises(outbound.OutboundRefusedError):
        outbound.fetch(url)


def test_r54_only_a_listed_host_is_called_and_at_the_address_that_was_judged(calling: Callable[[str], None]) -> None:
    calling("10.8.0.5")
    assert outbound.locate("https://sso.intra/token").address == "10.8.0.5"

    calling("93.184.216.34")
    assert outbound.locate("https://sms.example.cn/send").address == "93.184.216.34"
    with pytest.raises(outbound.OutboundRefusedError):
        outbound.fetch("https://elsewhere.example.cn/")

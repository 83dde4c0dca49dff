"""Staff who come from a provider of identity: only as the account an administrator linked, and still by two steps."""

import ipaddress
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete

from saas.config import Config
from saas.config_parts import OutboundHost
from saas.credentials import providers
from saas.credentials.models import ExternalIdentity, IdentityProvider
from saas.credentials.providers import Trusted
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError
from saas.identity import queries
from saas.identity.actor import SYSTEM
from saas.settings import services as settings
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.credentials.provider import agree, came_back, running
from tests.saas.identity.factories import make_user

LOOPBACK = OutboundHost("127.0.0.1", ipaddress.ip_network("127.0.0.0/8"))


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running({"s-1": {"name": "钱自强"}}) as address:
        yield address


@pytest.fixture(autouse=True)
def _trusted(
    app: Flask, config: Config, issuer: str, in_tenant: InTenant, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """北京市 trusts the provider for its staff, and may call it; nobody is linked yet."""
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, outbound_hosts=(LOOPBACK,)))
    with in_tenant(beijing):
        providers.set_provider(Trusted("staff", "统一身份认证", issuer, "fengqiao", "secret"), by=SYSTEM)
    yield
    with in_tenant(beijing):
        db.session.execute(delete(ExternalIdentity))
        db.session.execute(delete(IdentityProvider))


@pytest.fixture
def visitor(app: Flask, beijing: TenantRef) -> Browser:
    """A browser in which nobody has signed in."""
    return Browser(app, beijing)


@pytest.fixture
def username(in_tenant: InTenant, beijing: TenantRef) -> str:
    with in_tenant(beijing):
        return make_user(["work.read"], name="钱自强").username


def linked(username: str, issuer: str, subject: str = "s-1") -> None:
    user = queries.find_user(username)
    assert user is not None
    providers.link(user, issuer, subject, by=SYSTEM)


def come(browser: Browser) -> str:
    """Come in by way of the provider: where one is led then."""
    answer = agree(browser.get("/sign-in/provider").location, "s-1")
    return browser.get(came_back("/sign-in/answer", answer)).location


def test_the_door_offers_the_provider(visitor: Browser) -> None:
    assert "用统一身份认证登录" in visitor.get("/sign-in").text


def test_who_is_linked_comes_in(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef, username: str, issuer: str
) -> None:
    with in_tenant(beijing):
        linked(username, issuer)

    assert come(visitor) == "/staff"
    assert "钱自强" in visitor.get("/staff").text


def test_who_is_not_linked_is_told_whom_to_ask(visitor: Browser, username: str) -> None:
    assert come(visitor) == "/sign-in"
    assert "还没有关联" in visitor.get("/sign-in").text


def test_the_same_subject_of_another_issuer_is_nobody(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef, username: str
) -> None:
    with in_tenant(beijing):
        linked(username, "https://other.example.cn")

    assert come(visitor) == "/sign-in"


def test_a_subject_belongs_to_one_account(in_tenant: InTenant, beijing: TenantRef, username: str, issuer: str) -> None:
    with in_tenant(beijing):
        linked(username, issuer)
        other = make_user(["work.read"])
        with pytest.raises(InvalidInputError):
            providers.link(other, issuer, "s-1", by=SYSTEM)


def test_an_account_that_is_closed_stays_closed(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef, username: str, issuer: str
) -> None:
    with in_tenant(beijing):
        linked(username, issuer)
        user = queries.find_user(username)
        assert user is not None
        user.active = False

    assert come(visitor) == "/sign-in"


def test_the_provider_is_one_step_of_two(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef, username: str, issuer: str
) -> None:
    with in_tenant(beijing):
        linked(username, issuer)
        before = settings.get("identity.second_factor")
        settings.set_value("identity.second_factor", "required", by=SYSTEM)
    try:
        assert come(visitor) == "/sign-in/enrol"
        assert visitor.get("/staff").status_code == 303
    finally:
        with in_tenant(beijing):
            settings.set_value("identity.second_factor", before, by=SYSTEM)

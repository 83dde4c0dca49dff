"""Citizens who come from a provider of identity: only its own answer to this browser's own question lets them in."""

import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.config import Config
from saas.config_parts import OutboundHost
from saas.credentials import providers
from saas.credentials.actions import CredentialAudit
from saas.credentials.models import IdentityProvider
from saas.credentials.providers import Trusted
from saas.db.session import TenantRef, db
from saas.identity.actor import SYSTEM
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.portal.applying import apply, id_number
from tests.saas.credentials.provider import agree, asked, came_back, running

PEOPLE: dict[str, dict[str, Any]] = {
    "zhang": {"name": "张小满", "id_card": id_number()},
    "wang": {
        "name": "王小暑",
        "id_card": "not a number",
        "phone_number": "13900009876",
        "phone_number_verified": False,
    },
}
LOOPBACK = OutboundHost("127.0.0.1", ipaddress.ip_network("127.0.0.0/8"))


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running(PEOPLE) as address:
        yield address


@pytest.fixture(autouse=True)
def _trusted(
    app: Flask, config: Config, issuer: str, in_tenant: InTenant, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """北京市 trusts the provider for citizens, and may call it."""
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, outbound_hosts=(LOOPBACK,)))
    with in_tenant(beijing):
        given = Trusted("citizen", "统一身份认证", issuer, "fengqiao", "a secret of ours", "id_card")
        providers.set_provider(given, by=SYSTEM)
    yield
    with in_tenant(beijing):
        db.session.delete(db.session.scalars(select(IdentityProvider)).one())


def refusal(in_tenant: InTenant, tenant: TenantRef) -> object:
    """Why the last answer was refused, as the audit says."""
    with in_tenant(tenant):
        query = select(AuditEvent.detail).where(AuditEvent.action == CredentialAudit.PROVIDER_REFUSED)
        detail = db.session.scalars(query.order_by(AuditEvent.recorded_at.desc())).first()
        return detail["reason"] if detail else None


def test_the_browser_is_sent_on_with_a_challenge_a_state_and_a_nonce(visitor: Browser, issuer: str) -> None:
    address = visitor.get("/my/provider").location

    given = asked(address)
    assert address.startswith(f"{issuer}/oauth2/authorize?")
    assert (given["response_type"], given["code_challenge_method"]) == ("code", "S256")
    assert len(given["state"]) == len(given["nonce"]) == len(given["code_challenge"]) == 43


def test_a_citizen_of_that_number_sees_the_case_and_its_papers(
    visitor: Browser, client: Callable[[TenantRef], Browser], beijing: TenantRef, area: str
) -> None:
    case = apply(client(beijing), area)

    answer = agree(visitor.get("/my/provider").location, "zhang")
    assert visitor.get(came_back("/my/answer", answer)).location == "/my"

    page = visitor.get("/my").text
    assert case in page
    assert "张**" in page
    assert "用查询码重新查询" not in visitor.get(f"/progress/{case}").text


def test_what_was_not_proved_opens_nothing(visitor: Browser) -> None:
    answer = agree(visitor.get("/my/provider").location, "wang")
    visitor.get(came_back("/my/answer", answer))

    assert "没有找到您的办件" in visitor.get("/my").text


def test_an_answer_serves_once(visitor: Browser, in_tenant: InTenant, beijing: TenantRef) -> None:
    answer = agree(visitor.get("/my/provider").location, "zhang")
    visitor.get(came_back("/my/answer", answer))

    again = visitor.get(came_back("/my/answer", answer))

    assert again.status_code == 422
    assert refusal(in_tenant, beijing) == "state"


def test_an_answer_to_another_browser_is_refused(
    visitor: Browser, client: Callable[[TenantRef], Browser], beijing: TenantRef, in_tenant: InTenant
) -> None:
    answer = agree(visitor.get("/my/provider").location, "zhang")
    other = client(beijing)
    other.get("/my/sign-in")

    assert other.get(came_back("/my/answer", answer)).status_code == 422
    assert other.get("/my").location == "/my/sign-in"
    assert refusal(in_tenant, beijing) == "state"


def test_the_token_of_an_earlier_sign_in_does_not_serve_a_later_one(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef, issuer: str
) -> None:
    first = visitor.get("/my/provider").location
    second = asked(visitor.get("/my/provider").location)["state"]
    code = agree(first, "zhang")["code"]

    answer = visitor.get(came_back("/my/answer", {"code": code, "state": second}))

    assert answer.status_code == 422
    assert refusal(in_tenant, beijing) == "nonce"


@pytest.mark.parametrize("extra", [{"iss": "https://evil.example.cn"}, {"error": "access_denied"}])
def test_an_answer_of_another_provider_or_without_a_code_is_refused(
    visitor: Browser, in_tenant: InTenant, beijing: TenantRef, extra: dict[str, str]
) -> None:
    answer = agree(visitor.get("/my/provider").location, "zhang")
    if "error" in extra:
        del answer["code"]

    assert visitor.get(came_back("/my/answer", answer | extra)).status_code == 422
    assert refusal(in_tenant, beijing) == "answer"


def test_a_provider_that_is_not_listed_is_not_called(
    app: Flask, config: Config, visitor: Browser, monkeypatch: pytest.MonkeyPatch, in_tenant: InTenant,
    beijing: TenantRef,
) -> None:  # fmt: skip
    monkeypatch.setitem(app.extensions, "fengqiao.config", config)
    with in_tenant(beijing):
        given = Trusted("citizen", "统一身份认证", "https://10.0.0.1", "fengqiao", "x")
        providers.set_provider(given, by=SYSTEM)

    answer = visitor.get("/my/provider")

    assert answer.status_code == 503
    assert "换一种方式登录" in answer.text


def test_the_secret_lies_sealed(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        row = db.session.scalars(select(IdentityProvider)).one()
        assert b"a secret of ours" not in row.client_secret
        assert providers.get_trusted(row.id).client_secret == "a secret of ours"

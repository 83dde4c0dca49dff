"""Providers are set up and linked by command; the secret is never an argument."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete

from saas.credentials import providers
from saas.credentials.models import ExternalIdentity, IdentityProvider
from saas.db.session import TenantRef, db
from tests.conftest import InTenant
from tests.saas.identity.factories import make_user

ISSUER = "https://id.example.cn"
TRUST = ["trust", "--tenant", "beijing", "--for", "staff", "--title", "统一身份认证", "--client-id", "fengqiao"]
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """``flask provider``."""

    def command(*arguments: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(app.cli.commands["provider"], arguments, input=typed)

    return command


@pytest.fixture(autouse=True)
def _forget(in_tenant: InTenant, beijing: TenantRef) -> Iterator[None]:
    yield
    with in_tenant(beijing):
        db.session.execute(delete(ExternalIdentity))
        db.session.execute(delete(IdentityProvider))


def test_a_provider_is_trusted_and_a_person_linked(run: Run, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        username = make_user().username

    trusted = run(*TRUST, "--issuer", ISSUER, typed="the secret\n")
    linked = run("link", username, "--tenant", "beijing", "--issuer", ISSUER, "--subject", "s-1")

    assert (trusted.exit_code, linked.exit_code) == (0, 0), trusted.output + linked.output
    assert "the secret" not in trusted.output
    with in_tenant(beijing):
        found = providers.find_linked(ISSUER, "s-1")
        assert found is not None
        assert found.username == username


@pytest.mark.parametrize("issuer", ["id.example.cn", "https://id.example.cn/", "ftp://id.example.cn"])
def test_an_issuer_that_is_no_address_is_refused_in_words(run: Run, issuer: str) -> None:
    result = run(*TRUST, "--issuer", issuer, typed="x\n")

    assert result.exit_code == 1
    assert "请填写完整的网址" in result.output


def test_nobody_unknown_is_linked(run: Run) -> None:
    result = run("link", "nobody-here", "--tenant", "beijing", "--issuer", ISSUER, "--subject", "s-1")

    assert result.exit_code == 1
    assert "nobody-here" in result.output

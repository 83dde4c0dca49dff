from collections.abc import Callable
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask

from saas.db.session import TenantRef
from saas.identity import passwords, queries
from tests.conftest import InTenant
from tests.saas.identity.factories import PASSWORD, make_user

Invite = Callable[..., Result]


@pytest.fixture
def invite(app: Flask) -> Invite:
    """``flask user invite``."""

    def run(arguments: list[str], typed: str) -> Result:
        return app.test_cli_runner().invoke(app.cli.commands["user"], ["invite", *arguments], input=typed)

    return run


@pytest.fixture
def place(in_tenant: InTenant, beijing: TenantRef) -> list[str]:
    """The options that name a role and a unit that exist."""
    with in_tenant(beijing):
        known = make_user().grants[0]
        return ["--role", known.role_code, "--unit", known.unit.code]


def test_an_invited_person_can_sign_in(
    invite: Invite, place: list[str], in_tenant: InTenant, beijing: TenantRef
) -> None:
    username = f"u{uuid4().hex[:8]}"

    result = invite([username, "--tenant", "beijing", "--name", "李四", *place], f"{PASSWORD}\n")

    assert result.exit_code == 0, result.output
    with in_tenant(beijing):
        user = queries.find_user(username)
        assert user is not None
        assert passwords.is_right(user.password_hash, PASSWORD)


@pytest.mark.parametrize(("password", "sentence"), [("", "密码至少12位"), ("password1234", "太容易被猜到")])
def test_a_weak_password_makes_no_account(invite: Invite, place: list[str], password: str, sentence: str) -> None:
    result = invite(["newcomer", "--tenant", "beijing", "--name", "李四", *place], f"{password}\n")

    assert result.exit_code != 0
    assert sentence in result.output

from collections.abc import Callable
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from saas.db.session import TenantRef, db
from saas.identity import passwords, queries, sessions
from saas.identity.models import User
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


def test_rights_are_sealed_anew_after_the_secret_was_changed(app: Flask, in_tenant: InTenant, zunyi: TenantRef) -> None:
    with in_tenant(zunyi):
        db.session.execute(text("UPDATE role_grant SET seal = 'old'"))
        user = queries.find_user("tanghua")
        assert user is not None
        assert sessions.actor_of(user).grants == ()

    result = app.test_cli_runner().invoke(app.cli.commands["user"], ["seal", "--tenant", "zunyi"])

    assert int(result.output) > 10
    with in_tenant(zunyi):
        user = queries.find_user("tanghua")
        assert user is not None
        assert len(sessions.actor_of(user).grants) == 1


def test_an_account_is_tied_to_a_register_and_renewed(app: Flask, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        username = make_user().username
    entry = ["--tenant", "beijing", "--kind", "lawyer", "--licence", uuid4().hex, "--body", "某所"]
    runner = app.test_cli_runner()

    for until in ("2020-01-01", "2099-12-31"):
        result = runner.invoke(app.cli.commands["user"], ["register", username, *entry, "--until", until])
        assert result.exit_code == 0, result.output
        with in_tenant(beijing):
            usable = db.session.scalar(select(User.id).where(User.username == username, sessions.usable()))
            assert (usable is not None) == (until > "2026")

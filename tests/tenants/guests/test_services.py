from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from saas import clock
from saas.db.session import TenantRef
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from tenants import registry
from tenants.guests import services
from tenants.guests.commands import auditor
from tenants.guests.services import Asked
from tenants.lifecycle import services as life
from tenants.models import PlatformEvent
from tenants.web import operators
from tests.browsers import Browser

PASSWORD = "brook willow lantern"


@pytest.fixture
def two(app: Flask) -> tuple[str, str]:
    """Two operators."""
    names = f"a{uuid4().hex[:8]}", f"b{uuid4().hex[:8]}"
    with app.app_context():
        for name in names:
            operators.create(name, "运维人员", PASSWORD)
    return names


def test_an_auditor_reads_several_cities_until_it_is_ended(
    app: Flask, beijing: TenantRef, zunyi: TenantRef, two: tuple[str, str]
) -> None:
    runner, tomorrow = app.test_cli_runner(), f"{clock.today() + timedelta(days=1)}"
    asked = ["grant", "beijing", "zunyi", "--name", "省厅审计组", "--until", tomorrow, "--reason", "年度审计"]
    grant = runner.invoke(auditor, [*asked, "--by", two[0]]).output.split("\n")[0]
    lines = runner.invoke(auditor, ["approve", grant, "--by", two[1]]).output.splitlines()
    opened = {code: (username, password) for code, username, password in (line.split() for line in lines)}
    browsers = [Browser(app, city) for city in (beijing, zunyi)]
    for browser, code in zip(browsers, ("beijing", "zunyi"), strict=True):
        browser.sign_in(*opened[code])

    reading = [browser.get("/audit").status_code for browser in browsers]
    writing = [browser.get("/staff/open").status_code for browser in browsers]
    listed = runner.invoke(auditor, ["list"]).output
    ended = runner.invoke(auditor, ["end", grant, "--by", two[0]]).output

    assert (reading, writing, ended) == ([200, 200], [403, 403], "2 cities\n")
    assert f"{grant}  auditor  approved  省厅审计组" in listed
    assert [browser.get("/audit").status_code for browser in browsers] == [303, 303]
    with app.app_context(), registry.platform_session() as session:
        told = select(PlatformEvent.action).where(PlatformEvent.detail["grant"].astext == grant)
        actions = sorted(session.scalars(told))
    assert actions == [*["guest.asked"] * 2, *["guest.ended"] * 2, *["guest.opened"] * 2]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"reason": " "}, "reason"), ({"name": ""}, "name"), ({"last_day": None}, "until")],
    ids=["why", "for whom", "until when"],
)
def test_what_is_asked_for_says_for_whom_why_and_until_when(
    app: Flask, beijing: TenantRef, two: tuple[str, str], changed: dict[str, Any], field: str
) -> None:
    right = Asked("auditor", ("beijing",), "审计组", "审计", clock.today())
    with app.app_context(), pytest.raises(InvalidInputError) as refused:
        services.ask(replace(right, **changed), by=two[0])

    assert list(refused.value.fields) == [field]


def test_only_operators_ask_for_cities_that_there_are(app: Flask, two: tuple[str, str]) -> None:
    with app.app_context():
        with pytest.raises(InvalidInputError):
            services.ask(Asked("break_glass", ("beijing",), "某人", "排查"), by="nobody")
        with pytest.raises(NotFoundError):
            services.ask(Asked("break_glass", ("atlantis",), "某人", "排查"), by=two[0])
        with pytest.raises(NotFoundError):
            services.approve(uuid4(), by=two[0])


def test_what_was_approved_is_not_approved_again(app: Flask, beijing: TenantRef, two: tuple[str, str]) -> None:
    with app.app_context():
        grant = services.ask(Asked("break_glass", ("beijing",), "某人", "排查"), by=two[0])
        services.approve(grant, by=two[1])
        with pytest.raises(ConflictError):
            services.approve(grant, by=two[1])


def test_an_approval_that_broke_off_in_a_later_city_can_be_given_again(
    app: Flask, beijing: TenantRef, zunyi: TenantRef, two: tuple[str, str]
) -> None:
    day = clock.today() + timedelta(days=1)
    with app.app_context():
        grant = services.ask(Asked("auditor", ["beijing", "zunyi"], "省厅审计组", "年度审计", day), by=two[0])
        life.suspend("zunyi", by=two[0])
        try:
            # A city that is held takes no account.
            with pytest.raises(DBAPIError):
                services.approve(grant, by=two[1])
        finally:
            life.resume("zunyi", by=two[0])
        opened = services.approve(grant, by=two[1])

    for city, account in zip((beijing, zunyi), opened, strict=True):
        Browser(app, city).sign_in(account.username, account.password)

"""The start says what the administrator's address lacks; serving needs nothing of the administrator."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.config import Config
from saas.db.logins import login_url, platform_login
from saas.db.session import TenantRef, db
from tenants import connections, rights
from tests.browsers import Browser


@pytest.mark.parametrize("part", ["SUPERUSER"])
def test_what_is_missing_is_named(config: Config, app: Flask, part: str) -> None:
    engine = create_engine(login_url(config, platform_login(config)))
    with engine.connect() as connection:
        sentences = rights.missing(connection)
    engine.dispose()

    assert len(sentences) == 1
    assert part in sentences[0]


def test_migrating_without_the_rights_is_refused_with_a_sentence(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "missing", lambda _connection: ["DATABASE_URL lacks SUPERUSER."])
    done = app.test_cli_runner().invoke(args=["platform", "migrate"])

    assert (done.exit_code, done.stderr) == (1, "Error: DATABASE_URL lacks SUPERUSER.\n")


def test_the_check_says_that_all_is_well(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["platform", "check", "--json"])

    assert json.loads(done.stdout) == {"ok": True, "missing": []}


def test_an_address_without_the_administrators_name_and_password_serves(config: Config, beijing: TenantRef) -> None:
    bare = make_url(config.database_url).set(username=None, password=None).render_as_string()
    app = create_app(
        replace(config, database_url=bare),
        blueprints.discover(),
        (tenants.init_app, web.init_app, blueprints.init_app),
    )
    browser = Browser(app, beijing)
    browser.sign_in("sunli", config.demo_password)

    assert browser.get("/staff/work").status_code == 200
    with app.app_context():
        connections.dispose()
        db.engine.dispose()

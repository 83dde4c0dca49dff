"""Every cell of the matrix that administrators read: each role asks for each address and is answered as it says."""

from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.config import Config
from saas.db.session import TenantRef
from saas.domain import role_declarations
from saas.identity import queries
from saas.identity.permissions import PROOF_HEADER
from saas.web.admin.matrix import DENIED, HIDDEN, LET_IN, UNSAFE, Line, lines, status
from tenants import starter
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant

PEOPLE = {one["role"]: one["username"] for one in reversed(starter.load("beijing").people)}
"""Somebody of 北京市 for each role."""
LEAVES = "web.sign_out"
REFUSALS = {401, DENIED, HIDDEN, 405, 429, 500, 503}


@cache
def unstarted() -> Flask:
    """The application as it is put together, with no database behind it: its addresses and its roles."""
    config = Config("postgresql+psycopg://nobody@127.0.0.1:1/none", "k" * 32, "d" * 32, Path("/nowhere"), testing=True)
    return create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))


def cells() -> list[tuple[str, Line, int]]:
    """Every role with every address and the answer it has to get."""
    app = unstarted()
    with app.app_context():
        roles = role_declarations()
    return [(role.code, line, status(line, role.permissions)) for role in roles for line in lines(app)]


CELLS = cells()


@pytest.fixture(scope="module")
def browsers(app: Flask, beijing: TenantRef, config: Config) -> dict[str, Browser]:
    """A signed-in browser for each role."""
    made = {role: Browser(app, beijing) for role in PEOPLE}
    for role, browser in made.items():
        browser.sign_in(PEOPLE[role], config.demo_password)
    return made


def address_of(line: Line, app: Flask) -> str:
    """The line's address with something in its holes that is nobody's."""
    rule = next(one for one in app.url_map.iter_rules() if (one.rule, one.endpoint) == (line.address, line.endpoint))
    kinds = {name: type(rule._converters[name]).__name__ for name in rule.arguments}
    built = rule.build({name: UUID(int=7) if kind == "UUIDConverter" else "none" for name, kind in kinds.items()})
    assert built is not None
    return built[1]


def ask(browser: Browser, line: Line, address: str) -> TestResponse:
    """Open the line's address, or send it an empty form."""
    if line.method != UNSAFE:
        return browser.get(address)
    form = {"_csrf": hidden_fields(browser.get("/progress").text)["_csrf"], "_key": str(uuid4())}
    return browser.post(address, data=form)


def wants_proof(answer: TestResponse) -> bool:
    """Whether the proof of the sign-in has grown old since the first cell."""
    return PROOF_HEADER in answer.headers or (answer.location or "").startswith("/reauthenticate?")


def test_every_declared_role_has_somebody_to_ask_with() -> None:
    assert {role for role, _, _ in CELLS} == set(PEOPLE)


def test_the_matrix_holds_every_guarded_address(app: Flask) -> None:
    assert lines(app) == lines(unstarted())
    assert len(lines(app)) >= 40


@pytest.mark.parametrize(
    ("role", "line", "expected"), CELLS, ids=[f"{role} {line.method} {line.address}" for role, line, _ in CELLS]
)
def test_a_role_is_answered_as_the_matrix_says(
    app: Flask, browsers: dict[str, Browser], config: Config, role: str, line: Line, expected: int
) -> None:
    browser, address = browsers[role], address_of(line, app)
    answer = ask(browser, line, address)
    if wants_proof(answer):
        browser.submit("/reauthenticate", {"current": config.demo_password})
        answer = ask(browser, line, address)
    if line.endpoint == LEAVES:
        browser.sign_in(PEOPLE[role], config.demo_password)

    if expected == LET_IN and line.method == UNSAFE:
        assert answer.status_code not in REFUSALS
    else:
        assert answer.status_code == expected


def test_the_matrix_on_the_page_is_the_one_that_is_tested(
    app: Flask, browsers: dict[str, Browser], beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        roles = [set(role.permissions) for role in queries.list_roles()]
    page = browsers["admin"].get("/admin/rights").text

    denied = sum(status(line, held) == DENIED for line in lines(app) for held in roles)
    assert page.count(f"不可以 {DENIED}</td>") == denied > 100


def test_the_roles_of_a_city_are_the_declared_ones(app: Flask, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        known = {role.code: (set(role.permissions), role.clearance) for role in queries.list_roles()}
        for role in role_declarations():
            assert known[role.code] == (set(role.permissions), role.clearance)

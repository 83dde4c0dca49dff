"""Requirements on those who run the deployment: what they may do, and what they never see."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from saas import clock
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError
from saas.files.models import File
from saas.identity import door, links, passwords, services, sessions
from saas.identity.actor import SYSTEM, citizen
from saas.identity.links import Purpose
from saas.identity.models import User
from saas.identity.proof_models import AccountLink
from tenants import people, provisioning, registry, starter
from tenants.data import deletion
from tenants.models import Tenant
from tenants.provisioning import FirstAdmin, NewCity
from tenants.web import operators
from tenants.web.acts import ACTS
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation.factory import mediating

PASSWORD = "Brook-willow-lantern-7"
MARK = "楼上漏水"


@pytest.fixture
def pair(app: Flask) -> tuple[str, str]:
    """The accounts of two operators."""
    names = f"op{uuid4().hex[:8]}", f"op{uuid4().hex[:8]}"
    with app.app_context():
        for name in names:
            operators.create(name, "运维", PASSWORD)
    return names


@pytest.fixture
def fresh(app: Flask) -> Iterator[tuple[TenantRef, str]]:
    """A city just opened, with the token of its first administrator."""
    code = f"fresh{uuid4().hex[:6]}"
    with app.app_context():
        new = NewCity(code, "三沙市", starter.plain("三沙市", "4603"), admin=FirstAdmin("xukt", "许开通"))
        made = provisioning.open_city(new)
        tenant, token = registry.get_tenant(code), made.token
    assert token is not None
    yield tenant, token
    with app.app_context():
        if tenant.code in {known.code for known in registry.list_tenants()}:
            deletion.erase(tenant)


def test_r01_nobody_can_sign_in_to_a_fresh_city_before_the_one_time_link_was_used(
    fresh: tuple[TenantRef, str], in_tenant: InTenant
) -> None:
    tenant, token = fresh
    with in_tenant(tenant):
        (user,) = db.session.scalars(select(User)).all()
        guesses = ("", "admin", "xukt", token, "fengqiao-demo")
        assert [guess for guess in guesses if passwords.is_right(user.password_hash, guess)] == []
        assert db.session.scalar(select(AccountLink.token_hash)) == sessions.digest(token)
        with pytest.raises(InvalidInputError):
            door.sign_in("xukt", token, by=citizen())


def test_r01_an_account_name_belongs_to_one_person(beijing: TenantRef, in_tenant: InTenant) -> None:
    new = services.NewUser("wanghy", "另一个人", PASSWORD)

    with in_tenant(beijing), pytest.raises(InvalidInputError) as refused:
        services.create_user(new, by=SYSTEM)
    assert "已经有人使用" in refused.value.fields["username"]


def test_r08_a_one_time_link_works_once(app: Flask, fresh: tuple[TenantRef, str], in_tenant: InTenant) -> None:
    tenant, token = fresh
    browser, page = Browser(app, tenant), people.FIRST_PAGE.format(token=token)
    given = {"password": PASSWORD, "again": PASSWORD}

    answers = [browser.submit(page, given, action="/first-sign-in").status_code for _ in range(2)]

    assert answers == [303, 404]
    with in_tenant(tenant):
        assert links.find(token, Purpose.FIRST_PASSWORD) is None


def test_r33_no_operators_page_has_a_mark_of_any_case(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, pair: tuple[str, str]
) -> None:
    with in_tenant(beijing):
        case = mediating()
        files = db.session.scalars(select(File.name)).all()
        marks = {case.number, str(case.id), "赵小燕", MARK, *(party.name for party in case.parties), *files}
    browser = Browser(app, None)
    browser.submit("/ops/sign-in", {"username": pair[0], "password": PASSWORD})
    pages = ["/ops", "/ops/cities/beijing", "/ops/cities/new", "/ops/backups", "/ops/health", "/metrics", "/readyz"]
    pages += [f"/ops/cities/beijing/do/{name}" for name in ACTS]

    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert [mark for mark in marks if mark in answer.text] == [], page


def test_r33_an_operators_pages_are_closed_to_everybody_else(app: Flask, beijing: TenantRef) -> None:
    stranger = Browser(app, None)
    mine = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/ops") and "sign" not in rule.rule]

    assert len(mine) > 10
    for rule in mine:
        path = re.sub(r"<uuid:[^>]*>", str(uuid4()), rule)
        answer = stranger.get(re.sub(r"<[^>]*>", "x", path))
        assert answer.status_code == 405 or answer.location == "/ops/sign-in", rule


def test_r33_operators_cannot_open_an_account_of_a_city_that_has_its_administrator(
    app: Flask, fresh: tuple[TenantRef, str]
) -> None:
    tenant, token = fresh
    given = {"password": PASSWORD, "again": PASSWORD}
    Browser(app, tenant).submit(people.FIRST_PAGE.format(token=token), given, action="/first-sign-in")

    with app.app_context(), pytest.raises(ConflictError, match="不能再发链接"):
        people.link_first_admin(tenant, by="op")


def test_r76_a_city_ends_by_two_operators_after_the_wait_with_a_certificate(
    app: Flask, fresh: tuple[TenantRef, str], pair: tuple[str, str]
) -> None:
    tenant, _ = fresh
    with app.app_context():
        proof = app.extensions["fengqiao.config"].backup_dir / f"{tenant.code}-proof"
        deletion.ask(tenant.code, pair[0])
        for by in pair:
            with pytest.raises(ConflictError):
                deletion.confirm(tenant.code, by, proof)
        with registry.platform_session() as session:
            long_ago = clock.now() - timedelta(days=8)
            session.execute(update(Tenant).where(Tenant.id == tenant.id).values(deletion_at=long_ago))
        deletion.confirm(tenant.code, pair[1], proof)

        assert tenant.code in proof.read_text("utf-8")
        assert tenant.code not in {known.code for known in registry.list_tenants()}

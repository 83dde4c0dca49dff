import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Connection, Engine, event, func, select, update
from sqlalchemy.exc import OperationalError

from saas import clock
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.dossier.models import DossierExport
from saas.identity.models import User
from saas.web.requests import COOKIE
from tenants import context, registry
from tenants.models import OperatorSession, PlatformEvent, Tenant
from tenants.web import operators, overview, verification
from tests.auditor.dossiers import send
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation.factory import mediating

PASSWORD = "brook willow lantern"
Create = Callable[..., Result]


@pytest.fixture
def stranger(app: Flask, beijing: TenantRef) -> Browser:
    """A browser at the platform's own host."""
    return Browser(app, None)


@pytest.fixture
def username(app: Flask) -> str:
    """An operator's account."""
    name = f"op{uuid4().hex[:8]}"
    with app.app_context():
        operators.create(name, "运维小李", PASSWORD)
    return name


@pytest.fixture
def operator(stranger: Browser, username: str) -> Browser:
    """A browser in which an operator has signed in."""
    assert enter(stranger, username, PASSWORD).status_code == 303
    return stranger


@pytest.fixture
def create(app: Flask) -> Create:
    """``flask operator create``."""

    def run(*arguments: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(args=["operator", "create", *arguments], input=typed)

    return run


def enter(browser: Browser, username: str, password: str) -> SimpleNamespace:
    answer = browser.submit("/ops/sign-in", {"username": username, "password": password})
    return SimpleNamespace(status_code=answer.status_code, text=answer.text, location=answer.location)


def register(number: str, digest: str) -> None:
    """Let a city's register know a finished export."""
    case = mediating()
    case.number = number
    times = {"requested_at": clock.now(), "finished_at": clock.now()}
    db.session.add(
        DossierExport(case_id=case.id, state="ready", digest=digest, pages=3, requested_by="刘建国", **times)
    )


def test_the_first_page_offers_every_open_city(stranger: Browser, zunyi: TenantRef) -> None:
    page = stranger.get("/").text

    assert "选择城市" in page
    assert 'href="http://beijing.localhost/"' in page
    assert 'href="http://zunyi.localhost/"' in page


def test_a_citys_first_page_is_its_own(app: Flask, beijing: TenantRef) -> None:
    page = Browser(app, beijing).get("/").text

    assert "选择城市" not in page
    assert "北京市司法局" in page


@pytest.mark.parametrize("path", ["/cities", "/verify", "/ops", "/ops/sign-in"])
def test_no_page_of_the_platform_is_found_at_a_city(app: Flask, beijing: TenantRef, path: str) -> None:
    assert Browser(app, beijing).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/staff/cases", "/audit", "/dossiers", "/sign-in"])
def test_no_page_of_a_city_is_found_at_the_platform(stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 404


def test_a_stranger_is_shown_the_door(stranger: Browser) -> None:
    assert stranger.get("/ops").location == "/ops/sign-in"


def test_a_wrong_password_and_an_unknown_operator_look_the_same(stranger: Browser, username: str) -> None:
    known, unknown = (enter(stranger, name, "wrong password").text for name in (username, "nobody"))

    assert known.replace(username, "nobody") == unknown
    assert "<title>错误：" in known


def test_what_is_missing_is_asked_for_at_its_field(stranger: Browser) -> None:
    assert 'href="#username">请输入账号。' in enter(stranger, "", "").text


def test_the_eleventh_wrong_try_is_refused_even_with_the_right_password(stranger: Browser, username: str) -> None:
    for _ in range(operators.TRIES):
        assert enter(stranger, username, "wrong password").status_code == 422

    assert enter(stranger, username, PASSWORD).status_code == 429


def test_the_right_password_begins_a_new_count(stranger: Browser, username: str) -> None:
    for _ in range(operators.TRIES - 1):
        enter(stranger, username, "wrong password")
    enter(stranger, username, PASSWORD)

    assert enter(stranger, username, "wrong password").status_code == 422


def test_after_signing_out_the_old_cookie_opens_nothing(operator: Browser) -> None:
    cookie = operator.get_cookie(COOKIE, domain="localhost")
    assert cookie is not None

    operator.submit("/ops", {}, action="/ops/sign-out")
    operator.set_cookie(COOKIE, cookie.value, domain="localhost")

    assert operator.get("/ops").status_code == 303


def test_a_session_left_alone_ends(app: Flask, operator: Browser) -> None:
    with app.app_context(), registry.platform_session() as session:
        session.execute(update(OperatorSession).values(seen_at=func.now() - timedelta(minutes=16)))

    assert operator.get("/ops").status_code == 303


def test_an_operators_cookie_is_nobodys_at_a_city(app: Flask, beijing: TenantRef, operator: Browser) -> None:
    cookie = operator.get_cookie(COOKIE, domain="localhost")
    assert cookie is not None
    browser = Browser(app, beijing)
    browser.set_cookie(COOKIE, cookie.value, domain="beijing.localhost")

    assert browser.get("/staff").location.startswith("/sign-in")


def test_every_city_is_listed_in_numbers_only(
    operator: Browser, beijing: TenantRef, zunyi: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        number = mediating().number
        users = db.session.scalar(select(func.count()).select_from(User))

    page = operator.get("/ops").text

    assert 'href="http://beijing.localhost/"' in page
    assert "zunyi" in page
    assert f'data-label="账号数" role="cell" class="num">{users}' in page
    assert number not in page
    assert "赵小燕" not in page


def test_a_city_that_does_not_answer_hides_no_other(
    app: Flask, operator: Browser, beijing: TenantRef, zunyi: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(app: Flask, tenant: TenantRef) -> AbstractContextManager[None]:
        if tenant.code == "zunyi":
            raise OperationalError("select", {}, Exception("away"))
        return context.entered(app, tenant)

    monkeypatch.setattr(overview, "entered", broken)

    page = operator.get("/ops").text

    assert "读取不到" in page
    assert "请查看" in page
    assert "beijing" in page


def test_a_city_behind_the_newest_version_is_pointed_out(app: Flask, operator: Browser, zunyi: TenantRef) -> None:
    with app.app_context(), registry.platform_session() as session:
        newest = session.scalar(select(Tenant.version).where(Tenant.id == zunyi.id))
        session.execute(update(Tenant).where(Tenant.id == zunyi.id).values(version="older"))

    page = operator.get("/ops").text

    with app.app_context(), registry.platform_session() as session:
        session.execute(update(Tenant).where(Tenant.id == zunyi.id).values(version=newest))
    assert "待升级" in page
    assert "1 个城市还没有升级" in page


def test_each_city_is_asked_once(operator: Browser, beijing: TenantRef, zunyi: TenantRef) -> None:
    asked = Counter[str | None]()

    def note(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        asked[connection.engine.url.username] += "case_file" in statement

    event.listen(Engine, "before_cursor_execute", note)
    try:
        operator.get("/ops")
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    # Every city by its own login; cities that other tests left may be on servers that are gone.
    assert {city.code: asked[city.schema] for city in (beijing, zunyi)} == {"beijing": 1, "zunyi": 1}
    assert {login for login, count in asked.items() if count and not str(login).startswith("t_")} == set()


def test_a_file_that_a_city_exported_is_told_with_whom_and_when(
    stranger: Browser, in_tenant: InTenant, zunyi: TenantRef, beijing: TenantRef
) -> None:
    data = uuid4().bytes
    with in_tenant(beijing):
        register(f"测{uuid4().hex[:6]}", hashlib.sha256(data).hexdigest())

    page = send(stranger, "/verify", data).text

    # What is registered is no dossier, so the file itself does not pass; the register's answer is shown beside it.
    assert "北京市" in page
    assert "承办机构" in page
    assert "刘建国" not in page
    assert f"{clock.local(clock.now()):%Y-%m-%d}" in page


def test_a_file_that_no_city_knows_is_told_so(stranger: Browser) -> None:
    assert "导出登记中没有这份文件" in send(stranger, "/verify", b"%PDF-1.7 nothing").text


def test_no_file_is_asked_for_at_its_field(stranger: Browser) -> None:
    answer = send(stranger, "/verify", b"")

    assert answer.status_code == 422
    assert "请选择要核验的卷宗文件" in answer.text


def test_verifying_too_often_is_refused(stranger: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "TRIES", 0)

    assert send(stranger, "/verify", b"x").status_code == 429


def test_an_operator_made_by_command_can_sign_in(create: Create, stranger: Browser) -> None:
    username = f"op{uuid4().hex[:8]}"

    result = create(username, "--password-stdin", typed=f"{PASSWORD}\n")

    assert result.exit_code == 0, result.output
    assert enter(stranger, username, PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("short", "123", "密码至少"), ("Big", PASSWORD, "小写字母"), ("a b", PASSWORD, "小写字母")],
)
def test_what_is_wrong_with_a_new_operator_is_said(create: Create, name: str, typed: str, sentence: str) -> None:
    result = create(name, "--password-stdin", typed=f"{typed}\n")

    assert result.exit_code == 1
    assert sentence in result.output


def test_an_operators_name_is_taken_once(create: Create, username: str) -> None:
    result = create(username, "--password-stdin", typed=f"{PASSWORD}\n")

    assert result.exit_code == 1
    assert "已经存在" in result.output


def test_the_demonstrations_operator_can_be_made_again(create: Create, stranger: Browser, config: Config) -> None:
    results = [create("demo-ops", "--demo", "--name", "演示运维") for _ in range(2)]

    assert [result.exit_code for result in results] == [0, 0]
    assert enter(stranger, "demo-ops", config.demo_password).status_code == 303


def test_who_came_in_stands_in_the_platforms_record(app: Flask, operator: Browser) -> None:
    operator.get("/ops")

    with app.app_context(), registry.platform_session() as session:
        newest = select(PlatformEvent.action).order_by(PlatformEvent.recorded_at.desc()).limit(1)
        assert session.scalar(newest) == operators.SIGNED_IN

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from saas.db.session import TenantRef
from tenants import registry
from tenants.data import deletion
from tests.browsers import Browser, hidden_fields

Drain = Callable[[], None]
PASSWORD = "Brook-willow-lantern-7"
START = "/ops/cities/new?division=1310"


@pytest.fixture
def code(app: Flask) -> Iterator[str]:
    """A code nobody has, whose city is gone afterwards."""
    free = f"open{uuid4().hex[:6]}"
    yield free
    with app.app_context():
        for tenant in registry.list_tenants():
            if tenant.code == free:
                deletion.erase(tenant)


def send(browser: Browser, free: str, **changed: str) -> TestResponse:
    answers = {
        "code": free,
        "name": "廊坊市",
        "host": "",
        "server": "main",
        "users": "30",
        "admin_name": "许开通",
        "admin_username": "xukt",
    }
    return browser.submit(START, answers | changed, action="/ops/cities/new")


def test_a_division_is_found_by_its_number_and_by_its_name(operator: Browser) -> None:
    for wanted in ("1310", "廊坊"):
        page = operator.get("/ops/cities/new", query_string={"q": wanted}).text
        assert "廊坊市（1310）" in page
        assert "/ops/cities/new?division=1310" in page
    assert "没有找到“月球”" in operator.get("/ops/cities/new", query_string={"q": "月球"}).text


def test_the_second_page_is_filled_in_with_the_name_of_the_place(operator: Browser) -> None:
    assert 'value="廊坊市"' in operator.get(START).text


def test_a_city_is_opened_and_its_first_administrator_comes_in_once(
    app: Flask, operator: Browser, code: str, drain_jobs: Drain
) -> None:
    asked = send(operator, code)
    drain_jobs()
    assert "开通城市已经完成" in operator.get(asked.location).text

    shown = operator.submit(f"/ops/cities/{code}", {}, action=f"/ops/cities/{code}/admin-link")
    link = re.search(r"http://[^\"<]*/first-sign-in\?token=[\w-]{43}", shown.text)
    assert link is not None
    with app.app_context():
        tenant = registry.get_tenant(code)
    assert tenant.limits.users == 30
    browser, page = Browser(app, tenant), link[0].removeprefix(f"http://{code}.localhost")

    assert "许开通，您好" in browser.get(page).text
    weak = browser.submit(page, {"password": "123", "again": "123"}, action="/first-sign-in")
    unequal = browser.submit(page, {"password": PASSWORD, "again": "other"}, action="/first-sign-in")
    done = browser.submit(page, {"password": PASSWORD, "again": PASSWORD}, action="/first-sign-in")

    assert (weak.status_code, unequal.status_code, done.status_code) == (422, 422, 303)
    assert "两次输入的密码不一样" in unequal.text
    assert "已经用过" in browser.get(page).text
    entered = browser.submit("/sign-in", {"username": "xukt", "password": PASSWORD})
    # A city that is no demonstration lets nobody on before the second factor is there.
    assert entered.location == "/sign-in/enrol"
    later = operator.post(
        f"/ops/cities/{code}/admin-link", data=hidden_fields(operator.get(f"/ops/cities/{code}/do/backup").text)
    )
    assert "不能再发链接" in later.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "Big City"}, "城市代码只能用"),
        ({"code": "new"}, "城市代码不能用 new"),
        ({"name": ""}, "请填写城市名称"),
        ({"host": "http://x.cn"}, "不能作为城市的网址"),
        ({"users": "many"}, "请填写 0 到 10000000 的整数"),
        ({"admin_name": ""}, "请填写首位管理员的姓名"),
        ({"admin_username": "管理员"}, "请填写账号"),
        ({"division": "99"}, "请先选择行政区划"),
        ({"server": "mars"}, "没有名为“mars”"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    app: Flask, operator: Browser, code: str, changed: dict[str, str], sentence: str
) -> None:
    answer = send(operator, code, **changed)

    assert 400 <= answer.status_code < 500
    assert sentence in answer.text
    with app.app_context():
        assert code not in {tenant.code for tenant in registry.list_tenants()}


def test_a_code_that_is_taken_is_refused_before_anything_is_asked(operator: Browser, city: TenantRef) -> None:
    assert "已经使用" in send(operator, city.code).text

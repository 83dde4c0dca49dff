from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from saas import clock
from saas.db.session import TenantRef
from tenants import registry
from tenants.data import deletion
from tenants.models import PlatformEvent, Tenant
from tests.browsers import Browser, hidden_fields
from tests.tenants.web.conftest import Enter, Look

Drain = Callable[[], None]


def do(browser: Browser, city: TenantRef, act: str, **answers: str) -> TestResponse:
    return browser.submit(f"/ops/cities/{city.code}/do/{act}", answers)


def last_event(app: Flask, city: TenantRef) -> PlatformEvent:
    with app.app_context(), registry.platform_session() as session:
        events = select(PlatformEvent).where(PlatformEvent.tenant_id == city.id)
        found = session.scalars(events.order_by(PlatformEvent.recorded_at.desc()).limit(1)).one()
        session.expunge_all()
        return found


def test_a_city_is_held_with_a_notice_and_let_go_by_name(
    app: Flask, operator: Browser, city: TenantRef, look: Look
) -> None:
    held = do(operator, city, "suspend", how="read", notice="机房检修，明早恢复。")

    assert (held.status_code, held.location) == (303, f"/ops/cities/{city.code}")
    assert look().ref.state == "read_only"
    event = last_event(app, city)
    assert (event.action, event.actor_name) == ("tenant.suspended", operator.username)  # type: ignore[attr-defined]
    page = operator.get(held.location).text
    assert "机房检修，明早恢复。" in page
    assert "已经暂停受理" in page

    do(operator, city, "resume")
    assert look().ref.state == "active"


def test_a_closed_city_shows_its_notice_to_everybody(app: Flask, operator: Browser, city: TenantRef) -> None:
    do(operator, city, "suspend", how="closed", notice="本市系统停用一天。")

    answer = Browser(app, city).get("/")

    assert answer.status_code == 503
    assert "本市系统停用一天。" in answer.text


def test_a_name_a_host_and_limits_are_changed(operator: Browser, city: TenantRef, look: Look) -> None:
    host = f"{uuid4().hex[:8]}.example.cn"
    do(operator, city, "rename", name="三沙新市")
    do(operator, city, "add-host", host=host.upper())
    do(operator, city, "quota", users="25", files="")

    found = look()
    assert (found.ref.name, found.ref.limits.users, found.ref.limits.files) == ("三沙新市", 25, None)
    assert host in found.hosts

    do(operator, city, "remove-host", host=host)
    assert host not in look().hosts


@pytest.mark.parametrize(
    ("name", "answers", "sentence"),
    [
        ("rename", {"name": ""}, "请填写城市名称"),
        ("add-host", {"host": "http://x"}, "不能作为城市的网址"),
        ("add-host", {"host": "localhost"}, "不能作为城市的网址"),
        ("quota", {"users": "很多"}, "请填写 0 到 10000000 的整数"),
        ("quota", {"jobs": "-1"}, "请填写 0 到 10000000 的整数"),
        ("suspend", {"how": "half"}, "请选择暂停的方式"),
        ("suspend", {"how": "read", "notice": "长" * 201}, "不能超过200个字"),
        ("ask-deletion", {"code": "beijing"}, "与这个城市的不一样"),
        ("move", {"server": "mars"}, "没有名为“mars”的数据库服务器"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    operator: Browser, city: TenantRef, look: Look, name: str, answers: dict[str, str], sentence: str
) -> None:
    answer = do(operator, city, name, **answers)

    assert 400 <= answer.status_code < 500
    assert sentence in answer.text
    assert "error-summary" in answer.text
    assert all(value in answer.text for value in answers.values() if name not in {"suspend", "move"})
    assert look().ref == city


@pytest.mark.parametrize(
    ("name", "answers", "sentence"),
    [
        ("move", {"server": "main"}, "已经在服务器 main 上"),
        ("migrate", {}, "已经是最新版本"),
        ("withdraw-deletion", {}, "没有可以撤回的注销申请"),
        ("add-host", {"host": "beijing.localhost"}, "已经使用"),
    ],
)
def test_what_is_impossible_is_refused_in_words(
    operator: Browser, beijing: TenantRef, city: TenantRef, name: str, answers: dict[str, str], sentence: str
) -> None:
    answer = do(operator, city, name, **answers)

    assert 400 <= answer.status_code < 500
    assert sentence in answer.text


def test_a_form_sent_twice_does_its_work_once(operator: Browser, city: TenantRef, look: Look) -> None:
    page = operator.get(f"/ops/cities/{city.code}/do/ask-deletion")
    form = _hidden(page) | {"code": city.code}
    answers = [operator.post(f"/ops/cities/{city.code}/do/ask-deletion", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert look().deletion_by == operator.username  # type: ignore[attr-defined]


def test_a_backup_sent_for_twice_is_made_once_and_is_listed(
    operator: Browser, city: TenantRef, drain_jobs: Drain
) -> None:
    address = f"/ops/cities/{city.code}/do/backup"
    form = _hidden(operator.get(address))
    first, second = (operator.post(address, data=form) for _ in range(2))
    assert first.location == second.location
    assert "排队中" in operator.get(first.location).text

    drain_jobs()

    assert "备份已经完成" in operator.get(first.location).text
    page = operator.get(f"/ops/cities/{city.code}").text
    assert page.count(f"{city.code}-2") >= 1
    assert operator.username in page  # type: ignore[attr-defined]
    assert "还没有备份过" not in page


def test_while_one_piece_of_work_is_unfinished_another_is_refused(
    operator: Browser, city: TenantRef, drain_jobs: Drain
) -> None:
    do(operator, city, "backup")

    assert "有一项工作还没有结束" in do(operator, city, "export").text
    drain_jobs()


def test_a_backup_is_taken_away_and_made_a_copy_that_says_so(
    app: Flask, operator: Browser, city: TenantRef, drain_jobs: Drain
) -> None:
    do(operator, city, "backup")
    drain_jobs()
    name = next(part for part in operator.get("/ops/backups").text.split('"') if f"/{city.code}-" in part)
    with operator.get(f"{name}/file") as taken:
        assert (taken.status_code, taken.data[:8] != b"") == (200, True)
    copy_code = f"{city.code}c"

    refused = operator.submit(name, {"code": city.code, "server": "main"})
    asked = operator.submit(name, {"code": copy_code, "server": "main"})
    drain_jobs()

    assert "已经使用" in refused.text
    assert "恢复已经完成" in operator.get(asked.location).text
    with app.app_context():
        made = registry.get_tenant(copy_code)
    for path in ("/", "/sign-in", "/no-such-page"):
        assert "本站是“三沙市”的副本" in Browser(app, made).get(path).text
        assert "副本" not in Browser(app, city).get(path).text
    _end(app, made)


def test_an_export_lies_on_the_machine_and_no_page_opens_it(
    app: Flask, operator: Browser, city: TenantRef, drain_jobs: Drain
) -> None:
    asked = do(operator, city, "export")
    drain_jobs()

    page = operator.get(asked.location).text
    folder = app.extensions["fengqiao.config"].backup_dir
    (found,) = folder.glob(f"export-{city.code}-*")
    assert found.name in page
    assert (found / "manifest.json").is_file()
    assert operator.get(f"/ops/backups/{found.name}").status_code == 404


def test_two_operators_end_a_city_and_get_its_certificate(
    app: Flask, enter: Enter, city: TenantRef, drain_jobs: Drain
) -> None:
    first, second = enter(), enter()
    assert do(first, city, "ask-deletion", code=city.code).status_code == 303
    assert "等待期未满" in do(second, city, "confirm-deletion", code=city.code).text
    with app.app_context(), registry.platform_session() as session:
        long_ago = clock.now() - timedelta(days=8)
        session.execute(update(Tenant).where(Tenant.id == city.id).values(deletion_at=long_ago))
    assert "两名运维人员" in do(first, city, "confirm-deletion", code=city.code).text

    asked = do(second, city, "confirm-deletion", code=city.code)
    drain_jobs()

    page = second.get(asked.location).text
    assert "注销城市已经完成" in page
    assert city.code not in page.replace(f"{city.code}-2", "")
    link = next(part for part in page.split('"') if part.startswith("/ops/certificates/"))
    with second.get(link) as certificate:
        assert city.code.encode() in certificate.data
    assert second.get(f"/ops/cities/{city.code}").status_code == 404
    assert Browser(app, city).get("/").status_code == 404


def test_a_request_is_taken_back(operator: Browser, city: TenantRef, look: Look) -> None:
    do(operator, city, "ask-deletion", code=city.code)
    assert "申请注销" in operator.get(f"/ops/cities/{city.code}").text

    do(operator, city, "withdraw-deletion")

    assert look().deletion_by is None


def _hidden(page: TestResponse) -> dict[str, str]:
    return hidden_fields(page.text)


def _end(app: Flask, tenant: TenantRef) -> None:
    with app.app_context():
        deletion.erase(tenant)


def test_the_page_of_a_closed_city_has_its_styles(app: Flask, operator: Browser, city: TenantRef) -> None:
    do(operator, city, "suspend", how="closed")
    browser = Browser(app, city)

    style = next(part for part in browser.get("/").text.split('"') if part.endswith(".css"))

    with browser.get(style) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/css")

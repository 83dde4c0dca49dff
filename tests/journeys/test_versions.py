"""A new version is published by a second person; one running case stays, another is moved and brought back."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from saas.db.session import TenantRef
from saas.workflow import drafts
from tenants import context, provisioning, starter
from tenants.data import deletion
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.test_admin import judge
from tests.mediation import factory

pytestmark = pytest.mark.browser

KEY = factory.PROCESS


@dataclass(frozen=True)
class Running:
    """A city with a draft of mediation, a case that is past its new step, and one that is not."""

    city: TenantRef
    draft: str
    past: str
    before: str


@pytest.fixture
def running(app: Flask) -> Iterator[Running]:
    """The draft has a second look after accepting; the city is gone afterwards."""
    with app.app_context():
        city = provisioning.create(provisioning.NewCity("versions", "换版市", starter.load("beijing"), demo=True))
    with context.transaction(app, city):
        past, before = factory.open_application(), factory.open_application()
        factory.act(past, "accept", factory.ACCEPTED, "zhaoxh")
        draft = drafts.start(KEY, by=factory.actor("wanghy"))
        body = deepcopy(draft.body)
        body["states"]["checking"] = {"title": "待复核", "public": "正在复核", "queue": ["director"], "phase": "受理"}
        next(one for one in body["transitions"] if one["id"] == "accept")["to"] = "checking"
        step = {
            "id": "recheck",
            "title": "复核",
            "from": "checking",
            "to": "accepted",
            "by": ["director"],
            "law": "本市规定",
        }
        body["transitions"].append(step)
        drafts.edit(draft, body, "增加复核", cursor=0, by=factory.actor("wanghy"))
        made = Running(city, f"/admin/processes/{draft.id}", past.number, before.number)
    yield made
    with app.app_context():
        deletion.erase(city)


def test_a_running_case_stays_and_another_is_moved_and_brought_back(
    running: Running, sign_in: SignIn, axe: Axe, drain_jobs: Callable[[], None]
) -> None:
    admin = sign_in("wanghy", "desk", running.city)
    submit(admin, running, axe)
    security = sign_in("qianfang", "phone", running.city)
    publish(security, running, axe)
    plan(admin, axe)
    drain_jobs()
    admin.reload()
    expect(admin.get_by_role("heading", name="办理过程在新版本走得通，可以转：1件")).to_be_visible()
    expect(admin.get_by_role("heading", name="不能转，留在原来的版本：1件")).to_be_visible()
    judge(admin, axe)
    for address in (admin.url, f"/admin/processes/{KEY}/moves", f"/admin/processes/{KEY}/compare?old=1&new=2"):
        security.goto(address)
        judge(security, axe)
    admin.get_by_role("button", name="开始转").click()
    drain_jobs()
    admin.reload()
    expect(admin.get_by_text("已完成")).to_be_visible()

    director = sign_in("zhaoxh", "phone", running.city)
    assert log_of(director, running.before, "转到流程第2版")
    expect(director.get_by_text("统一增加复核").first).to_be_visible()
    assert not log_of(director, running.past, "转到流程第2版")

    admin.get_by_role("button", name="撤销，把案件转回原来的版本").click()
    drain_jobs()
    admin.reload()
    expect(admin.get_by_text("已撤销")).to_be_visible()
    assert log_of(director, running.before, "转回流程第1版")


def submit(page: Page, running: Running, axe: Axe) -> None:
    page.goto(f"{running.draft}/review")
    expect(page.get_by_text("增加环节“待复核”：等待“调委会主任”办理")).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交审核")).to_be_visible()


def publish(page: Page, running: Running, axe: Axe) -> None:
    """The second person gives a reason for every warning, and the first day."""
    page.goto(f"{running.draft}/review")
    for answer in page.get_by_label("这样可以，理由是").all():
        answer.fill("已经核对。")
    judge(page, axe)
    page.get_by_role("button", name="同意并发布").click()
    expect(page.get_by_role("heading", name="版本：")).to_be_visible()
    judge(page, axe)


def plan(page: Page, axe: Axe) -> None:
    """From the list of processes to a plan that leaves every case to its own trace."""
    page.goto("/admin/processes")
    page.get_by_role("link", name="第2版").click()
    page.get_by_role("link", name="拟定或者查看计划").click()
    page.get_by_role("button", name="下一步").click()
    judge(page, axe)
    page.get_by_role("button", name="试算").click()
    expect(page.locator("#reason-error")).to_be_visible()
    page.get_by_label("为什么要转").fill("统一增加复核")
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_text("正在试算")).to_be_visible()


def log_of(page: Page, number: str, title: str) -> bool:
    """Whether the log of a case has an entry of this title."""
    page.goto(f"/staff/cases/{number}?tab=timeline")
    return page.get_by_text(title).count() > 0

"""A question that a city adds to the application: shaped in the browser, asked of citizens, seen where cases are."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from saas import clock
from saas.db.session import TenantRef
from saas.documents.pages import page_texts
from saas.workflow import drafts
from tests.conftest import InTenant, make_city
from tests.journeys.citizens import Application, apply
from tests.journeys.conftest import Axe, OpenPage, SignIn
from tests.mediation import factory

pytestmark = pytest.mark.browser

CITIZEN = Application(
    applicant="赵小燕",
    id_number=factory.application()["applicant_id_number"],
    phone="13900001234",
    respondent="钱大伟",
    area="130602001",
)


@pytest.fixture(scope="module")
def city(app: Flask) -> TenantRef:
    """定州市, whose administrators shape their forms here."""
    return make_city(app, "dingzhou", "定州市", "baoding")


@pytest.fixture
def draft(city: TenantRef, in_tenant: InTenant) -> str:
    """The address of the application's form in a new draft."""
    with in_tenant(city):
        made = drafts.start(factory.PROCESS, by=factory.actor("gaofeng"))
        return f"/admin/processes/{made.id}/forms/mediation.apply"


def add(page: Page, form: str, sort: str, label: str, on: str = "是什么纠纷？") -> str:
    """Add a question with the form beside the list; its name."""
    page.goto(form)
    page.get_by_label("添加什么").select_option(label=sort)
    page.get_by_label("放在哪一页").select_option(label=on)
    page.get_by_label("问题怎么问").fill(label)
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile(f"^{label}（"))).to_be_focused()
    return page.url.split("question=")[1].split("#")[0]


def order(page: Page) -> list[str]:
    """The questions of the page about the matter, in the order they stand."""
    return page.locator('[data-sort-page="matter"] strong').all_inner_texts()


def fetched(page: Page, address: str) -> bytes:
    """What the browser gets from an address of its own host."""
    return bytes(
        page.evaluate("(a) => fetch(a).then((r) => r.arrayBuffer()).then((b) => [...new Uint8Array(b)])", address)
    )


def exported(page: Page, number: str, column: str) -> list[tuple[object, ...]]:
    """The rows of the list of one case with a column more than the usual ones."""
    page.goto(f"/staff/cases?q={number}")
    page.get_by_text("导出 Excel（共").click()
    page.get_by_label(column).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    return [*load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0].iter_rows(values_only=True)]


def publish(draft: str, city: TenantRef, in_tenant: InTenant) -> None:
    """Submit the draft and publish it by the second person."""
    with in_tenant(city):
        found = next(one for one in drafts.list_drafts(factory.PROCESS) if str(one.id) in draft)
        drafts.submit(found, by=factory.actor("gaofeng"))
        # Late in the year a limit of thirty working days reaches beyond the published calendar, which is a doubt.
        accepted = {drafts.mark_of(one): "日历公布后导入。" for one in drafts.problems_of(found)}
        drafts.publish(found, valid_from=clock.today(), by=factory.actor("luyan"), accepted=accepted)


def test_a_question_goes_from_the_designer_to_citizen_list_data_and_document(
    sign_in: SignIn,
    open_page: OpenPage,
    axe: Axe,
    city: TenantRef,
    in_tenant: InTenant,
    draft: str,
    drain_jobs: Callable[[], None],
) -> None:
    admin = sign_in("gaofeng", "desk", city)
    name = add(admin, draft, "基本：整数", "漏水的楼层")
    admin.get_by_label("必须填写").check()
    admin.get_by_label("单位").fill("层")
    admin.get_by_role("radio", name="随案保存").check()
    axe(admin)
    admin.get_by_role("button", name="保存", exact=True).click()
    expect(admin.locator(f"#edit-{name}")).to_be_focused()

    # Up by keyboard alone: the focus stays on the button, so that the key can be pressed again.
    up = admin.locator(f"#up-{name}")
    up.focus()
    for place in (2, 1):
        admin.keyboard.press("Enter")
        expect(admin.locator('[data-sort-page="matter"] li').nth(place).locator("strong")).to_have_text("漏水的楼层")
        expect(up).to_be_focused()
    assert order(admin) == ["纠纷类型", "漏水的楼层", "纠纷发生在哪个乡镇（街道）", "纠纷简要情况"]
    axe(admin)

    admin.get_by_role("link", name="预览").click()
    box = admin.locator(".preview-phone").bounding_box()
    assert box is not None
    assert box["width"] == 390
    expect(admin.get_by_label("漏水的楼层")).to_be_disabled()
    axe(admin)
    publish(draft, city, in_tenant)

    number = apply(open_page("/", "phone", city), replace(CITIZEN, more={name: "3"}))

    drain_jobs()
    director = sign_in("dongming", "desk", city)
    director.goto(f"/staff/cases/{number}")
    expect(director.get_by_text("3层")).to_be_visible()
    rows = exported(director, number, "漏水的楼层")
    assert (rows[0][-1], rows[1][-1]) == ("漏水的楼层", "3层")
    told = json.loads(fetched(director, f"/staff/cases/{number}.json"))
    assert {"id": name, "label": "漏水的楼层", "type": "integer", "value": 3, "text": "3层"} in told["fields"]
    director.goto(f"/staff/cases/{number}?tab=documents")
    address = director.get_by_role("link", name=re.compile("申请书")).first.get_attribute("href")
    printed = "".join(page_texts(fetched(director, str(address))))
    assert "本市增加的事项" in printed
    assert "漏水的楼层" in printed


def test_a_drag_and_the_buttons_come_to_the_same(sign_in: SignIn, city: TenantRef, draft: str) -> None:
    admin = sign_in("gaofeng", "desk", city)
    name = add(admin, draft, "基本：单行文字", "门牌号码")
    admin.goto(draft)
    row = admin.locator("li", has_text="门牌号码")
    row.drag_to(admin.locator("li", has_text="纠纷发生在哪个乡镇"), target_position={"x": 40, "y": 4})
    expect(admin.get_by_role("status")).to_contain_text("把“门牌号码”移到“是什么纠纷？”")
    dragged = order(admin)

    admin.locator(f"#down-{name}").click()
    admin.locator(f"#down-{name}").click()
    admin.locator(f"#up-{name}").click()
    admin.locator(f"#up-{name}").click()
    assert order(admin) == dragged
    assert dragged.index("门牌号码") == dragged.index("纠纷发生在哪个乡镇（街道）") - 1


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_designers_pages_are_accessible_and_no_wider_than_the_window(
    sign_in: SignIn, axe: Axe, city: TenantRef, draft: str, size: str
) -> None:
    page = sign_in("gaofeng", size, city)
    previews = [f"{draft}/preview/{one}" for one in ("phone", "desktop", "a4")]
    for address in (draft.rsplit("/", 1)[0], draft, *previews, "/admin/lists", "/admin/lists/mediation.kind"):
        page.goto(address)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels too wide"

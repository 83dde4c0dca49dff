"""A new kind of case made wholly in the browser, by people who have never seen the product, and run to its file."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from saas.db.session import TenantRef
from saas.documents.pages import page_texts
from saas.documents.queries import list_documents
from saas.dossier.queries import find_case, find_record
from saas.dossier.verify import verify
from saas.files import store
from tests.conftest import InTenant, make_city
from tests.journeys.conftest import Axe, OpenPage, SignIn
from tests.journeys.desk import step, width_of
from tests.journeys.dossiers import export
from tests.printing import squeezed
from tests.saas.files.samples import png

pytestmark = pytest.mark.browser

TITLE = "矛盾纠纷线索登记"
FACTS = "楼道里堆放杂物，邻居之间为此吵过几次。"
RESULT = "已经上门劝导，杂物已经清走，双方没有新的争议。"
QUESTIONS = (
    ("请说明是什么事", "longtext", "", True),
    ("急不急", "radio", "急、不急", True),
    ("涉及金额", "money", "", False),
    ("现场照片", "file", "", False),
)
PARAGRAPHS = """{申请人姓名}：
您于{收件日期}反映的线索（编号{案件编号}），我们已经办理完毕。办理结果如下：
{办理结果}
特此告知。如有疑问，请拨打{承办机构电话}。"""


@pytest.fixture(scope="module")
def city(app: Flask) -> TenantRef:
    """A city of its own, since what it makes would show in others' tests."""
    return make_city(app, "makers", "试点市", "zunyi")


def go_on(page: Page) -> None:
    """Press the one button of the wizard's page; nothing is wrong with what was entered."""
    page.get_by_role("button", name="下一步", exact=True).click()
    expect(page.locator(".error-summary")).to_have_count(0)


def only(page: Page, group: str, wanted: str) -> None:
    """Tick one box of a group and no other."""
    for box in page.get_by_role("group", name=group).get_by_role("checkbox").all():
        box.set_checked(checked=box.get_attribute("value") == wanted)


def make(page: Page) -> str:
    """Answer the wizard's pages; the address of the draft."""
    page.goto("/admin/processes/new")
    page.get_by_label("业务名称").fill(TITLE)
    go_on(page)
    only(page, "谁可以替群众登记", "clerk")
    only(page, "第一步“受理”由谁办理", "director")
    only(page, "第二步“办理”由谁办理", "mediator")
    only(page, "第三步“办结”由谁办理", "director")
    go_on(page)
    page.get_by_label("事情发生在哪个乡镇").check()
    for at, (label, kind, options, needed) in enumerate(QUESTIONS, 1):
        page.locator(f"#label_{at}").fill(label)
        page.locator(f"#kind_{at}").select_option(kind)
        page.locator(f"#options_{at}").fill(options)
        page.locator(f"#required_{at}").set_checked(checked=needed)
    go_on(page)
    page.locator("#title_handle").fill("核实处理")
    page.locator("#words_handle").fill("正在上门核实")
    go_on(page)
    page.locator("#n").fill("5")
    go_on(page)
    page.locator("#paper_title").fill("线索办理告知书")
    page.locator("#paragraphs").fill(PARAGRAPHS)
    page.get_by_label("文书末尾留签收的位置").check()
    go_on(page)
    page.locator("#head").fill("XS")
    go_on(page)
    page.locator("#summary").fill("发现邻里矛盾的苗头，可以在这里告诉我们。")
    go_on(page)
    page.locator("#figure_title").fill("线索办结")
    go_on(page)
    expect(page.get_by_text("检查通过，可以提交审核")).to_be_visible()
    return page.url.removesuffix("/setup")


def hand_over(page: Page) -> None:
    """Give the draft to the second person."""
    page.get_by_role("link", name="提交审核", exact=True).click()
    page.get_by_role("button", name="提交审核", exact=True).click()
    expect(page.get_by_text("已提交审核")).to_be_visible()


def approve(page: Page, address: str) -> None:
    """Look the draft over as the security administrator, and publish it from today."""
    page.goto(f"{address}/review")
    for box in page.get_by_label("这样可以，理由是").all():
        box.fill("已经核对，可以这样办。")
    page.get_by_role("button", name="同意并发布").click()
    expect(page.get_by_text("第1版已发布")).to_be_visible()


def apply(page: Page) -> str:
    """Bring a clue as a citizen; its number."""
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="开始申请").click()
    page.locator("#applicant_name").fill("冯春分")
    page.locator("#applicant_phone").fill("13900006789")
    page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_label("事情发生在哪个乡镇").select_option("汇川区 上海路街道")
    page.get_by_label("请说明是什么事").fill(FACTS)
    page.get_by_role("radio", name="不急").check()
    page.get_by_label("涉及金额").fill("1200")
    page.get_by_role("button", name="继续", exact=True).click()
    picture = FilePayload(name="楼道.png", mimeType="image/png", buffer=png((60, 40)))
    page.get_by_label("现场照片").set_input_files(picture)
    page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/apply/done/"))
    return page.locator("#reference-number").inner_text()


def judge(data: bytes, city: TenantRef, in_tenant: InTenant) -> dict[str, Any]:
    """Verify a dossier in a thread of its own: the browser's driver keeps an event loop in this one."""

    def ask() -> dict[str, Any]:
        with in_tenant(city):
            return verify(data, find_record)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(ask).result()


def test_a_new_kind_of_case_is_made_in_the_browser_and_run_to_its_file(
    city: TenantRef,
    beijing: TenantRef,
    open_page: OpenPage,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    in_tenant: InTenant,
    axe: Axe,
) -> None:
    admin = sign_in("luoyong", tenant=city)
    address = make(admin)
    axe(admin)
    hand_over(admin)
    approve(sign_in("hejun", tenant=city), address)

    citizen = open_page("/", tenant=city)
    number = apply(citizen)
    assert re.fullmatch(r"XS-\d{4}-0001", number)
    director, mediator = sign_in("shiqiang", tenant=city), sign_in("wenjing", tenant=city)
    director.goto(f"/staff/work?q={number}")
    step(director, number, "受理", {})
    step(mediator, number, "核实处理", {"result": RESULT})
    step(director, number, "办结", {})
    expect(director.get_by_role("region", name="案件概要")).to_contain_text("已办结")
    assert width_of(citizen) <= 390

    drain_jobs()
    with in_tenant(city):
        case = find_case(number)
        assert case is not None
        (document,) = list_documents(case.id)
        text = squeezed("".join(page_texts(store.get(str(document.storage_key)))))
    assert f"（编号{number}）" in text
    assert RESULT in text
    assert "签收人" in text

    dossier = export(director, number, drain_jobs)
    assert "案件卷宗" in dossier.pages[0]
    assert "线索办理告知书" in dossier.pages[1]
    assert number in dossier.pages[2]
    assert dossier.manifest["case"]["case"]["number"] == number
    judged = judge(dossier.data, city, in_tenant)
    assert (judged["problems"], judged["number"]) == ([], number)

    director.goto("/staff/statistics")
    expect(director.get_by_role("row", name=re.compile("线索办结"))).to_contain_text("1")
    stranger = open_page("/", tenant=beijing)
    expect(stranger.get_by_role("link", name=TITLE)).to_have_count(0)

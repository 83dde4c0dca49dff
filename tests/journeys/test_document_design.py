"""An administrator dresses the city's documents with previews; new ones are printed so, older ones stay."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from saas.db.session import TenantRef
from saas.documents.pages import page_texts
from tenants import context, provisioning, starter
from tenants.data import deletion
from tests.designing import DRESS, FORM, HEAD, seal
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.desk import fill, open_step
from tests.journeys.test_admin import judge
from tests.journeys.test_forms import fetched
from tests.measuring import pictures
from tests.mediation import factory
from tests.printing import squeezed

pytestmark = pytest.mark.browser

END = {"end_reason": "failed", "reason": "双方分歧较大，调解不成。", "remedies": ["litigation"]}
COMMITTEE, ANOTHER = "兴和人民调解委员会", "兴丰街道人民调解委员会"
FOOT = "{unit}  {date}印发"
WORDS = "就此告知，望周知。"
RARE = "\U0001f600"


@dataclass(frozen=True)
class Running:
    """A city of its own, a case whose mediation has ended, one that goes on, and one of another body."""

    city: TenantRef
    old: str
    going_on: str
    elsewhere: str


@pytest.fixture
def running(app: Flask) -> Iterator[Running]:
    """The city is gone afterwards."""
    with app.app_context():
        city = provisioning.create(provisioning.NewCity("dressing", "雁城市", starter.load("beijing"), demo=True))
    with context.transaction(app, city):
        old, going_on = factory.mediating(), factory.mediating()
        elsewhere = factory.mediating("wugang", "zhengjie", ANOTHER)
        factory.act(old, "end", END, "sunli")
        made = Running(city, old.number, going_on.number, elsewhere.number)
    yield made
    with app.app_context():
        deletion.erase(city)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_new_documents_wear_the_citys_dress_and_older_ones_stay(
    running: Running, sign_in: SignIn, axe: Axe, drain_jobs: Callable[[], None], size: str
) -> None:
    drain_jobs()
    admin = sign_in("wanghy", size, running.city)
    draft = begin(admin, axe)
    change_head(admin, draft, axe)
    change_words(admin, draft, axe)
    change_order(admin, draft, axe)
    submit(admin, draft, axe)
    publish(sign_in("qianfang", size, running.city), draft, axe)

    mediator = sign_in("sunli", size, running.city)
    preview(mediator, draft, running.going_on, axe)
    open_step(mediator, running.going_on, "终止调解")
    end(mediator, running.going_on)
    another = sign_in("zhengjie", size, running.city)
    open_step(another, running.elsewhere, "终止调解")
    end(another, running.elsewhere)
    drain_jobs()

    papers = [printed(mediator, running.going_on), printed(mediator, running.old), printed(another, running.elsewhere)]
    new, old, other = (squeezed("".join(page_texts(paper))) for paper in papers)
    # The seal is the committee's alone, the foot names whoever issues.
    assert [sum(map(len, pictures(paper))) for paper in papers] == [1, 0, 0]
    for name, text in ((COMMITTEE, new), (ANOTHER, other)):
        assert re.search(rf"{name}\d+年\d+月\d+日印发", text)
    assert "（印章）" in other
    assert HEAD in new
    assert WORDS in new
    assert HEAD not in old
    assert WORDS not in old


def end(page: Page, number: str) -> None:
    """End a mediation whose step is open, as one that failed."""
    page.get_by_label("向人民法院起诉").check()
    fill(page, {"end_reason": "failed", "reason": END["reason"]})
    page.get_by_role("button", name="终止调解", exact=True).click()
    page.wait_for_url(f"**/staff/cases/{number}")


def begin(page: Page, axe: Axe) -> str:
    """From the menu to a draft; its address."""
    page.goto(DRESS)
    judge(page, axe)
    page.get_by_role("button", name="开始修改").click()
    expect(page.get_by_text("草稿已建立")).to_be_visible()
    judge(page, axe)
    return page.url


def change_head(page: Page, draft: str, axe: Axe) -> None:
    """A letterhead with a sign that cannot be printed is named at its field, mended and seen; a seal is uploaded."""
    page.goto(f"{draft}/letterhead")
    page.get_by_label("发文机关标志").fill(f"{HEAD}{RARE}")
    page.get_by_role("button", name="保存并预览").click()
    expect(page.locator("#letterhead-error")).to_contain_text("U+1F600")
    expect(page.get_by_label("发文机关标志")).to_have_value(f"{HEAD}{RARE}")
    judge(page, axe)
    page.get_by_label("发文机关标志").fill(HEAD)
    page.get_by_label("版记").fill(FOOT)
    page.get_by_role("button", name="保存并预览").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_text("会原样印在每个机构制作的文书上")).to_be_visible()
    seen(page)
    page.get_by_label("印章所属的机构").select_option(label=COMMITTEE)
    page.locator("#seal").set_input_files(FilePayload(name="seal.png", mimeType="image/png", buffer=seal()))
    page.get_by_role("button", name="上传印章").click()
    expect(page.get_by_role("img", name=f"{COMMITTEE}的印章")).to_be_visible()
    judge(page, axe)


def change_words(page: Page, draft: str, axe: Axe) -> None:
    """The default stands beside; a sign no font has is refused where it was typed, the mended words are seen."""
    page.goto(draft)
    page.get_by_role("link", name="终止调解通知书").click()
    expect(page.get_by_text("特此通知。")).to_be_visible()
    words = page.get_by_label("结束的话")
    words.fill(f"{WORDS}{RARE}")
    page.get_by_role("button", name="保存并预览").click()
    expect(page.locator("#w-closing-error")).to_contain_text("U+1F600")
    words.fill(WORDS)
    page.get_by_role("button", name="保存并预览").click()
    expect(page.get_by_text("预览是新的样子")).to_be_visible()
    seen(page)
    judge(page, axe)


def change_order(page: Page, draft: str, axe: Axe) -> None:
    """A place of the file is moved by the keyboard."""
    page.goto(f"{draft}/volumes")
    judge(page, axe)
    page.get_by_role("link", name="人民调解").last.click()
    second = page.locator("#title-1").input_value()
    page.locator("#up-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#title-0")).to_have_value(second)
    judge(page, axe)


def submit(page: Page, draft: str, axe: Axe) -> None:
    page.goto(f"{draft}/review")
    expect(page.get_by_text("检查没有发现问题")).to_be_visible()
    expect(page.get_by_text(f"发文机关标志改为“{HEAD}”")).to_be_visible()
    expect(page.get_by_text(f"{COMMITTEE}的印章增加了")).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交审核")).to_be_visible()


def publish(page: Page, draft: str, axe: Axe) -> None:
    page.goto(f"{draft}/review")
    judge(page, axe)
    page.get_by_role("button", name="同意并发布").click()
    expect(page.get_by_role("heading", name="第1版")).to_be_visible()
    judge(page, axe)


def preview(page: Page, draft: str, number: str, axe: Axe) -> None:
    """Who may read the case sees the form filled from it."""
    page.goto(f"{draft}/cases/{FORM}")
    page.get_by_label("案件编号").fill(number)
    page.get_by_role("button", name="预览").click()
    seen(page)
    judge(page, axe)


def seen(page: Page) -> None:
    """The picture of the preview has come, in its real size."""
    shown = page.locator(".preview-picture")
    expect(shown).to_have_js_property("complete", value=True, timeout=30_000)
    assert shown.evaluate("one => one.naturalWidth") > 700


def printed(page: Page, number: str) -> bytes:
    """The last notice of a case, fetched as the mediator does."""
    page.goto(f"/staff/cases/{number}?tab=documents")
    address = page.locator('a[href$=".pdf"]').filter(has_text="终止调解通知书").first.get_attribute("href")
    return fetched(page, str(address))

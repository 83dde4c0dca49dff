"""Citizens at their phones: the whole application, at every size of text, by keyboard, without script."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, OpenPage
from tests.portal.applying import APPLY, PNG, forget_tries, id_number

pytestmark = pytest.mark.browser

SMALL_TARGETS = """(least) => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
    .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden, .skip'))
    .map((one) => (one.matches('[type=radio], [type=checkbox]') ? one.closest('.form-check') : one))
    .map((one) => [one.innerText.trim() || one.name || one.tagName, one.getBoundingClientRect()])
    .filter(([, box]) => Math.round(box.width) < least || Math.round(box.height) < least)
    .map(([words, box]) => `${words} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
ANSWERS = {
    "who": {},
    "applicant": {"applicant_name": "张小满", "applicant_id_number": id_number()},
    "contact": {"applicant_phone": "13900005678", "applicant_address": "兴华路1号"},
    "respondent": {"respondent_name": "李大寒"},
    "matter": {"facts": "两家因为院墙滴水的事争吵了好几次，没有结果。"},
    "wish": {"requests": "请对方改装滴水管。"},
    "evidence": {},
    "promise": {},
}
OPEN_PAGES = (
    "/",
    "/guide/mediation.dispute/apply",
    f"{APPLY}/who",
    f"{APPLY}/matter",
    f"{APPLY}/evidence",
    "/progress",
    "/resume",
)


@pytest.fixture(autouse=True)
def uncounted(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        forget_tries()


def proceed(page: Page) -> None:
    page.get_by_role("button", name="继续", exact=True).click()


def answer(page: Page, name: str) -> None:
    """Answer one page as a person with mouse or finger does."""
    expect(page).to_have_url(re.compile(f"/{name}$"))
    for field, text in ANSWERS[name].items():
        page.locator(f"#{field}").fill(text)
    if name == "who":
        page.get_by_label("本人").check()
    if name == "matter":
        page.get_by_label("纠纷类型").select_option("邻里纠纷")
        page.get_by_label("纠纷发生在哪个乡镇").select_option("大兴区 兴丰街道")
    if name == "promise":
        page.locator("#voluntary").check()


def fill_in(page: Page) -> None:
    page.get_by_role("link", name="申请人民调解").click()
    page.get_by_role("link", name="开始申请").click()
    for name in ANSWERS:
        answer(page, name)
        proceed(page)
    expect(page).to_have_url(re.compile("/check$"))


def apply(page: Page) -> str:
    fill_in(page)
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/apply/done/"))
    return page.locator("#reference-number").inner_text()


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_the_first_page_fits_a_phone(open_page: OpenPage, axe: Axe) -> None:
    page = open_page("/")
    assert width_of(page) <= 390
    for name in ("申请人民调解", "查进度", "继续填写", "打电话 12348"):
        expect(page.get_by_role("link", name=name)).to_be_in_viewport()
    axe(page)


@pytest.mark.parametrize(("size", "least", "body"), [("标准", 44, 16), ("大字", 60, 18), ("特大", 60, 30)])
def test_every_size_of_text_keeps_the_layout_and_large_targets(
    size: str, least: int, body: int, open_page: OpenPage, axe: Axe
) -> None:
    page = open_page("/")
    with page.expect_response("**/text-size"):
        page.get_by_role("button", name=size).tap()
    for path in OPEN_PAGES:
        page.goto(path)
        assert width_of(page) <= 390, path
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)") >= body
        assert page.evaluate(SMALL_TARGETS, least) == [], path
        axe(page)


def test_no_page_scrolls_sideways_at_320(open_page: OpenPage) -> None:
    page = open_page("/", "small")
    for path in OPEN_PAGES:
        page.goto(path)
        assert width_of(page) <= 320, path


def test_an_application_and_what_follows(open_page: OpenPage, axe: Axe, tmp_path: Path) -> None:
    page = open_page("/")
    number = apply(page)
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#reference-number')).fontSize)") >= 28
    expect(page.get_by_role("button", name="复制编号")).to_be_visible()
    expect(page.get_by_text("预计办结日")).to_be_visible()
    axe(page)
    printed = pypdfium2.PdfDocument(page.pdf(path=tmp_path / "receipt.pdf", format="A4"))
    assert len(printed) == 1
    assert number in printed[0].get_textpage().get_text_range()
    page.get_by_role("link", name="看办理进度").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到申请，正在审查")
    assert width_of(page) <= 390
    assert page.evaluate(SMALL_TARGETS, 44) == []
    axe(page)


def test_what_is_sent_can_be_read_in_large_text_on_a_small_phone(open_page: OpenPage, axe: Axe) -> None:
    page = open_page("/", "small")
    with page.expect_response("**/text-size"):
        page.get_by_role("button", name="大字").tap()
    fill_in(page)
    assert width_of(page) <= 320
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/apply/done/"))
    assert width_of(page) <= 320
    page.get_by_role("link", name="看办理进度").click()
    page.get_by_text("为什么是这一天").click()
    assert width_of(page) <= 320
    axe(page)
    page.get_by_role("link", name="撤回申请").click()
    page.get_by_role("button", name="确认撤回申请").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    axe(page)


def test_the_check_page_leads_to_a_page_and_back(open_page: OpenPage, axe: Axe) -> None:
    page = open_page("/")
    fill_in(page)
    axe(page)
    page.get_by_role("link", name=re.compile("修改.*申请事项")).click()
    page.locator("#requests").fill("请对方赔偿。")
    page.get_by_role("button", name="保存修改").click()
    expect(page).to_have_url(re.compile("/check$"))
    expect(page.get_by_text("请对方赔偿。")).to_be_visible()


def test_an_empty_page_puts_the_focus_on_its_errors(open_page: OpenPage, axe: Axe) -> None:
    page = open_page(f"{APPLY}/contact")
    proceed(page)
    expect(page).to_have_title(re.compile("^错误："))
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="请填写手机号码").click()
    phone = page.locator("#applicant_phone")
    expect(phone).to_be_focused()
    expect(phone).to_have_attribute("aria-invalid", "true")
    expect(phone).to_have_attribute("aria-describedby", re.compile("applicant_phone-error"))
    axe(page)


def test_a_wrong_pair_is_refused_in_words(open_page: OpenPage, axe: Axe) -> None:
    page = open_page("/progress")
    page.get_by_label("受理编号").fill("2099999999")
    page.get_by_label("查询码").fill("ZZZZZZ")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page).to_have_title(re.compile("^错误："))
    axe(page)


def test_files_are_uploaded_listed_and_removed(open_page: OpenPage, axe: Axe) -> None:
    page = open_page(f"{APPLY}/evidence")
    chosen = [
        {"name": "合同.png", "mimeType": "image/png", "buffer": PNG},
        {"name": "坏.png", "mimeType": "image/png", "buffer": b"x"},
    ]
    page.get_by_label("证据材料").set_input_files(chosen)  # type: ignore[arg-type]
    page.get_by_role("button", name="上传所选文件").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("“坏.png”没有上传")
    expect(page.get_by_role("list", name="已上传的文件")).to_contain_text("合同.png")
    axe(page)
    page.get_by_role("button", name=re.compile("移除.*合同.png")).click()
    expect(page.get_by_role("list", name="已上传的文件")).to_have_count(0)


def test_the_whole_application_without_script(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    number = apply(page)
    page.goto("/progress")
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill("5678")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到申请，正在审查")


def press_on(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Come to a control by Tab alone and press Enter."""
    wanted = page.get_by_role(role, name=name).first.element_handle()  # type: ignore[arg-type]
    for _ in range(40):
        if page.evaluate("(one) => document.activeElement === one", wanted):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {name}")


def type_in(page: Page, name: str) -> None:
    """Answer a page by keyboard alone."""
    for field, text in ANSWERS[name].items():
        tab_to(page, field)
        page.keyboard.type(text)
    if name == "who":
        tab_to(page, "on_behalf")
        page.keyboard.press("Space")
    if name == "matter":
        tab_to(page, "kind")
        page.keyboard.press("ArrowDown")
        tab_to(page, "area", key="Tab")
        page.keyboard.press("ArrowDown")
    if name == "promise":
        tab_to(page, "voluntary")
        page.keyboard.press("Space")


def tab_to(page: Page, field: str, key: str = "Tab") -> None:
    page.evaluate("document.activeElement.blur()")
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.id") == field:
            return
    raise AssertionError(f"Tab never reached {field}")


def test_the_whole_application_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/", "desk")
    press_on(page, "link", re.compile("申请人民调解"))
    press_on(page, "link", "开始申请")
    for name in ANSWERS:
        expect(page).to_have_url(re.compile(f"/{name}$"))
        type_in(page, name)
        press_on(page, "button", "继续")
    press_on(page, "button", "提交申请")
    expect(page).to_have_url(re.compile("/apply/done/"))


def test_a_draft_goes_on_with_its_code_on_another_device(open_page: OpenPage) -> None:
    page = open_page(f"{APPLY}/contact")
    page.locator("#applicant_phone").fill("13900005678")
    page.locator("#applicant_address").fill("兴华路1号")
    page.get_by_role("button", name="保存，稍后继续").click()
    page.get_by_label("手机号码的后四位").fill("5678")
    page.get_by_role("button", name="取续填码").click()
    code = page.locator("#reference-number").inner_text()
    other = open_page("/resume", "desk")
    other.get_by_label("续填码").fill(code)
    other.get_by_label("手机号码的后四位").fill("5678")
    other.get_by_role("button", name="打开申请").click()
    expect(other.locator("#applicant_address")).to_have_value("兴华路1号")


def test_two_presses_and_going_back_make_one_case(open_page: OpenPage) -> None:
    page = open_page("/")
    fill_in(page)
    page.get_by_role("button", name="提交申请").dblclick()
    expect(page).to_have_url(re.compile("/apply/done/"))
    number = page.locator("#reference-number").inner_text()
    page.go_back()
    if page.get_by_role("button", name="提交申请").count():
        page.get_by_role("button", name="提交申请").click()
    expect(page.locator("#reference-number")).to_have_text(number)

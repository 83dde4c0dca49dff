"""Shaping mediation: in 遵义 with the mouse on the map, in 北京 by keyboard in the list, and the same comes of both."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from saas.config import Config
from saas.db.session import TenantRef
from saas.identity import services as identity
from saas.identity.actor import SYSTEM
from saas.workflow import drafts
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.desk import width_of
from tests.mediation import factory

pytestmark = pytest.mark.browser

TITLE, ACTION, TOLD = "案卷质量审核", "审核通过", "正在审核案卷"


def begin(page: Page) -> UUID:
    """Begin a draft of mediation; its id."""
    page.goto("/admin/processes")
    row = page.get_by_role("row", name=re.compile("人民调解")).first
    row.get_by_role("button", name="建立草稿").click()
    page.wait_for_url(re.compile("/admin/processes/[0-9a-f-]{36}$"))
    return UUID(page.url.rsplit("/", 1)[-1])


def added(draft_id: UUID) -> dict[str, Any]:
    """What a review after 立卷 adds to the process, with nothing in it that was drawn by lot."""
    body = drafts.get_draft(draft_id).body
    compiled = next(step for step in body["transitions"] if step["id"] == "compile")
    new = compiled["to"]
    onward = [{**step, "id": "", "from": ""} for step in body["transitions"] if step["from"] == [new]]
    order = list(body["states"])
    return {"state": body["states"][new], "onward": onward, "after": order[order.index(new) - 1]}


def drag(page: Page, start: Locator, end: Locator) -> None:
    """Press on one thing, move in steps, and let go on another."""
    page.mouse.move(*middle(start))
    page.mouse.down()
    page.mouse.move(*middle(end), steps=8)
    page.mouse.up()


def middle(thing: Locator) -> tuple[float, float]:
    """Where its middle is in the window."""
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(400):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go somewhere by keyboard and press a key there."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, wanted: Locator, text: str) -> None:
    """Go to an input by keyboard and type over what is there."""
    tab_to(page, wanted)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def test_a_review_by_mouse_and_by_keyboard_is_the_same_review(
    sign_in: SignIn, beijing: TenantRef, zunyi: TenantRef, in_tenant: InTenant, axe: Axe
) -> None:
    mouse = sign_in("luoyong", tenant=zunyi)
    drawn = begin(mouse)
    by_mouse(mouse)
    axe(mouse)
    keys = sign_in("wanghy")
    typed = begin(keys)
    by_keyboard(keys)
    axe(keys)

    with in_tenant(zunyi):
        one = added(drawn)
    with in_tenant(beijing):
        other = added(typed)
    assert one == other
    assert one["state"] == {"title": TITLE, "queue": ["director"], "phase": "回访", "public": TOLD}
    assert [step["title"] for step in one["onward"]] == [ACTION]
    assert one["after"] == "revisited"


def by_mouse(page: Page) -> None:
    """Drop a new step on 立卷, fill in what is asked, and say what the citizen reads."""
    page.get_by_role("link", name="流程图").click()
    compiled = page.locator('[data-place="transitions.compile"]')
    drag_far(page, page.locator("#map-add"), compiled)
    expect(page.get_by_role("heading", name="在“立卷”之后插入环节")).to_be_visible()
    page.locator("#title").fill(TITLE)
    page.locator("#action").fill(ACTION)
    page.get_by_role("checkbox", name="调委会主任").click()
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("#saved")).to_contain_text(f"插入环节“{TITLE}”")
    expect(page.locator(".mark-chosen .flow-title")).to_have_text(TITLE)
    page.get_by_label("给当事人看的说明").fill(TOLD)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#saved")).to_contain_text("公开用语")


def drag_far(page: Page, start: Locator, end: Locator) -> None:
    """Drag to what cannot be seen at the same time: the wheel turns while the button is held."""
    start.scroll_into_view_if_needed()
    page.mouse.move(*middle(start))
    page.mouse.down()
    page.mouse.move(*(one + 10 for one in middle(start)))
    end.scroll_into_view_if_needed()
    page.mouse.move(*middle(end), steps=8)
    page.mouse.up()


def by_keyboard(page: Page) -> None:
    """The same from the list, without once touching the mouse."""
    press(page, page.locator("#open-states-revisited-transitions-compile"))
    expect(page.get_by_role("heading", name="办理事项：立卷")).to_be_focused()
    press(page, page.get_by_role("link", name="在这一步之后插入环节"))
    expect(page.get_by_role("heading", name="在“立卷”之后插入环节")).to_be_focused()
    write(page, page.locator("#title"), TITLE)
    write(page, page.locator("#action"), ACTION)
    press(page, page.get_by_role("checkbox", name="调委会主任"), "Space")
    press(page, page.get_by_role("button", name="添加", exact=True))
    expect(page.get_by_role("heading", name=f"环节：{TITLE}")).to_be_focused()
    write(page, page.get_by_label("给当事人看的说明"), TOLD)
    press(page, page.get_by_role("button", name="保存"))
    expect(page.locator("#saved")).to_contain_text("公开用语")


def test_steps_are_moved_and_joined_by_mouse_and_taken_back(sign_in: SignIn) -> None:
    page = sign_in("wanghy")
    begin(page)
    page.goto(f"{page.url}/map")
    box = page.locator('[data-place="states.refused"]')
    x = float(box.get_attribute("data-x") or 0)
    start = middle(box)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 40, start[1] + 20, steps=6)
    page.mouse.up()
    expect(page.locator("#saved")).to_contain_text("移动环节“不予受理”的位置")
    assert float(box.get_attribute("data-x") or 0) == pytest.approx(x + 40, abs=2)

    drag(page, page.locator('[data-place="states.accepted"] .flow-port'), page.locator('[data-place="states.refused"]'))
    expect(page.get_by_role("heading", name="办理事项：办理")).to_be_focused()
    expect(page.locator("#saved")).to_contain_text("从“已受理”到“不予受理”")
    page.keyboard.press("Control+z")
    expect(page.locator("#saved")).to_contain_text("移动环节")
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("#saved")).to_contain_text("从“已受理”到“不予受理”")


def test_the_map_is_walked_and_edited_by_keys(sign_in: SignIn) -> None:
    page = sign_in("wanghy")
    begin(page)
    page.goto(f"{page.url}/map")
    page.locator('[data-place="states.pending"]').focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator('[data-place="states.accepted"]')).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="添加环节（接在“已受理”之后）")).to_be_focused()
    page.locator("#title").fill("复核")
    page.locator("#title").press("Enter")
    expect(page.locator(".mark-chosen .flow-title")).to_have_text("复核")
    page.locator(".mark-chosen").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#saved")).to_contain_text("删除环节“复核”")


def test_what_is_typed_is_not_lost_unasked(sign_in: SignIn) -> None:
    page = sign_in("wanghy")
    begin(page)
    page.locator("#open-states-pending").click()
    page.locator("#public").fill("还没有保存的话")
    expect(page.get_by_text("有未保存的修改")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("#open-states-accepted").click()
    expect(page.locator("#public")).to_have_value("还没有保存的话")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#open-states-accepted").click()
    expect(page.get_by_role("heading", name="环节：已受理")).to_be_visible()


def test_two_administrators_at_once(
    sign_in: SignIn, beijing: TenantRef, in_tenant: InTenant, config: Config, axe: Axe
) -> None:
    username = f"b{uuid4().hex[:8]}"
    with in_tenant(beijing):
        grants = [("admin", factory.body("北京市司法局").code)]
        identity.create_user(identity.NewUser(username, "方远", config.demo_password, grants), by=SYSTEM)
    first, second = sign_in("wanghy"), sign_in(username)
    begin(first)
    address = f"{first.url}?at=states.pending"
    first.goto(address)
    second.goto(address)
    second.locator("#next").fill("请等电话。")
    second.get_by_role("button", name="保存").click()
    expect(second.locator("#saved")).to_contain_text("方远")
    first.locator("#public").fill("我写的话")
    first.get_by_role("button", name="保存").click()
    expect(first.get_by_text("没有保存：方远刚刚修改了这份草稿")).to_be_visible()
    expect(first.locator("#public")).to_have_value("我写的话")
    axe(first)
    first.get_by_role("button", name="保存").click()
    expect(first.locator("#saved")).to_contain_text("王海燕")
    second.reload()
    expect(second.get_by_text("王海燕也在编辑这份草稿")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_pages_are_accessible_and_a_phone_shows_the_list(sign_in: SignIn, axe: Axe, size: str) -> None:
    page = sign_in("wanghy", size)
    begin(page)
    base = page.url
    for address in (
        "/admin/processes",
        base,
        f"{base}?at=transitions.archive",
        f"{base}?new=clocks",
        f"{base}/map?at=head",
    ):
        page.goto(address)
        axe(page)
        assert width_of(page) == (390 if size == "phone" else 1366)
    expect(page.locator("[data-flow-map]")).to_be_visible(visible=size == "desk")
    expect(page.get_by_text("屏幕较窄时请用“环节列表”")).to_be_visible(visible=size == "phone")

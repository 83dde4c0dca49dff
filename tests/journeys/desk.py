"""What people at a desk do in a browser: fill in a form, take a step, attach a file."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

NOW = ".now-box"


def fill(page: Page, values: Mapping[str, Any]) -> None:
    """Answer a form by field id: ticked boxes True, choices and radios by their code, others as text."""
    for name, value in values.items():
        put(page.locator(f'main [name="{name}"]'), value)


def put(inputs: Locator, value: object) -> None:
    """Answer one field."""
    kind = inputs.first.evaluate("one => one.matches('select') ? 'select' : one.type")
    if kind == "radio":
        inputs.locator(f'xpath=self::*[@value="{value}"]').check()
    elif kind == "checkbox":
        inputs.set_checked(bool(value))
    elif kind == "select":
        inputs.select_option(str(value))
    else:
        inputs.fill(str(value))


def open_step(page: Page, number: str, title: str) -> None:
    """From the case page to the form of a step that it offers."""
    page.goto(f"/staff/cases/{number}")
    page.locator(NOW).get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def step(page: Page, number: str, title: str, values: Mapping[str, Any]) -> None:
    """Take a step of a case."""
    open_step(page, number, title)
    fill(page, values)
    page.get_by_role("button", name=title, exact=True).click()
    page.wait_for_url(f"**/staff/cases/{number}")


def attach(page: Page, number: str, category: str, *files: tuple[str, str, bytes]) -> None:
    """Attach files, each a name, a media type and its bytes, and see them listed."""
    page.goto(f"/staff/cases/{number}?tab=materials")
    page.get_by_label("材料类别").select_option(category)
    payload = [FilePayload(name=name, mimeType=kind, buffer=data) for name, kind, data in files]
    page.get_by_label("文件", exact=True).set_input_files(payload)
    page.get_by_role("button", name="上传", exact=True).click()
    for name, _, _ in files:
        expect(page.get_by_role("link", name=name)).to_be_visible()


def width_of(page: Page) -> int:
    """How wide the page is; more than the window means that it scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))

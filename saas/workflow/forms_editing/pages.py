"""The city's own forms and their pages: made, named, ordered, taken away."""

import secrets
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow.editing.parts import Edit, EditError
from saas.workflow.forms_editing.sheets import OWN, Page, Sheet, one_line, open_sheet, steps_in, write

NAME = "请填写名称。"
STATUTORY = "这是规定的表单，页和名称不能修改；可以在各页里添加本市自己的问题。"


def add_form(body: Mapping[str, Any], title: str) -> Edit:
    """A body with a new form of one page; the place of the edit is the form's key."""
    clean = _name(title)
    made = deepcopy(dict(body))
    key = _fresh_key(body)
    made.setdefault("forms", []).append({"key": key, "title": clean, "pages": [_page(clean)]})
    return Edit(made, f"新建表单“{clean}”", key)


def change_form(body: Mapping[str, Any], key: str, title: str, intro: str) -> Edit:
    """A body with an own form called and introduced otherwise."""
    sheet = _own(body, key)
    before, sheet.title, sheet.intro = sheet.title, _name(title, "form_title"), intro.strip() or None
    return Edit(write(body, sheet), f"修改表单“{before}”的名称和说明", "")


def remove_form(body: Mapping[str, Any], key: str) -> Edit:
    """A body without an own form; an EditError names the steps that ask it."""
    sheet = _own(body, key)
    if users := [step["title"] for step in steps_in(body) if step.get("form") == key]:
        raise EditError({"": f"“{'”“'.join(users)}”还在使用这份表单，请先给它换一份表单再删除。"})
    made = deepcopy(dict(body))
    made["forms"] = [form for form in made["forms"] if form["key"] != key]
    return Edit(made, f"删除表单“{sheet.title}”", "")


def add_page(body: Mapping[str, Any], key: str, title: str) -> Edit:
    """A body with one more page at the end of an own form."""
    sheet = _own(body, key)
    made = _page(_name(title, "page_title"))
    sheet.pages.append(Page(made["id"], made["title"]))
    return Edit(write(body, sheet), f"在“{sheet.title}”中添加一页“{made['title']}”", made["id"])


def change_page(body: Mapping[str, Any], key: str, page_id: str, title: str, intro: str) -> Edit:
    """A body with a page of an own form called and introduced otherwise."""
    sheet = _own(body, key)
    page = sheet.page(page_id)
    before, page.title, page.intro = page.title, _name(title), intro.strip() or None
    return Edit(write(body, sheet), f"修改“{sheet.title}”的“{before}”页", page_id)


def move_page(body: Mapping[str, Any], key: str, page_id: str, by: int) -> Edit:
    """A body in which a page of an own form stands one place earlier (`by` -1) or later (1)."""
    sheet = _own(body, key)
    page = sheet.page(page_id)
    at = sheet.pages.index(page) + by
    if not 0 <= at < len(sheet.pages):
        raise EditError({"": f"“{page.title}”已经是最{'前' if by < 0 else '后'}一页了。"})
    sheet.pages.remove(page)
    sheet.pages.insert(at, page)
    return Edit(write(body, sheet), f"把“{page.title}”移到第{at + 1}页", page_id)


def remove_page(body: Mapping[str, Any], key: str, page_id: str) -> Edit:
    """A body without a page of an own form; only an empty one goes, and never the last."""
    sheet = _own(body, key)
    page = sheet.page(page_id)
    if page.questions:
        raise EditError({"": f"“{page.title}”页里还有问题，请先移到别的页或者删除。"})
    if len(sheet.pages) == 1:
        raise EditError({"": "表单至少要有一页。"})
    sheet.pages.remove(page)
    return Edit(write(body, sheet), f"删除“{sheet.title}”的“{page.title}”页", "")


def _own(body: Mapping[str, Any], key: str) -> Sheet:
    if not any(form["key"] == key for form in body.get("forms", ())):
        raise EditError({"": STATUTORY})
    return open_sheet(body, key, None)


def _name(title: str, field: str = "title") -> str:
    if clean := one_line(title, field):
        return clean
    raise EditError({field: NAME})


def _page(title: str) -> dict[str, Any]:
    return {"id": f"p_{secrets.token_hex(3)}", "title": title, "fields": []}


def _fresh_key(body: Mapping[str, Any]) -> str:
    taken = {form["key"] for form in body.get("forms", ())}
    while (key := f"{OWN}f_{secrets.token_hex(3)}") in taken:
        continue
    return key

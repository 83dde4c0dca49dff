"""Adding, changing, moving and removing a question of a form."""

import re
import secrets
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.fields.form import FormDefinition
from saas.workflow.editing.parts import Edit, EditError
from saas.workflow.forms_editing.library import LIBRARY
from saas.workflow.forms_editing.sheets import Page, Question, Sheet, one_line, open_sheet, steps_in, write

LOCKED = "“{}”是规定的表单内容，已经锁定，不能修改、移动或者删除。"
WORDS: Mapping[str, str] = {
    "label": "问题",
    "hint": "说明",
    "required": "必填",
    "options": "选项",
    "list": "代码表",
    "sensitive": "敏感级别",
    "show_if": "显示条件",
    "max_length": "最多字数",
    "min": "最小值",
    "max": "最大值",
    "unit": "单位",
    "mask": "遮挡方式",
    "store": "是否随案保存",
    "print": "印在哪些文书上",
    "read": "可以查看的角色",
}
"""What the keys of a question are called in sentences."""
_NO: tuple[object, ...] = (None, "", [], {}, False)


def add(body: Mapping[str, Any], key: str, line: FormDefinition | None, sort: str, page_id: str, label: str) -> Edit:
    """A body with one more question at the end of a page."""
    sheet = open_sheet(body, key, line)
    page = sheet.page(page_id)
    kind = next((one for one in LIBRARY if one.code == sort), None)
    if kind is None:
        raise EditError({"sort": "请选择要添加的内容。"})
    if kind.fixed and (not sheet.own or kind.fixed in {one.id for one in sheet.questions}):
        raise EditError({"sort": f"“{kind.title}”只能在本市自建的表单里添加一次，请选择别的内容。"})
    clean = one_line(label, "new_label") or kind.title
    id_ = kind.fixed or fresh_id(body, sheet)
    made = {"id": id_, "label": clean, **deepcopy(dict(kind.body)), "store": "case"}
    page.questions.append(Question(made))
    return Edit(write(body, sheet), f"在“{sheet.title}”中添加“{clean}”", id_)


def fresh_id(body: Mapping[str, Any], sheet: Sheet) -> str:
    """An id that nothing of the process has, drawn so that it is not met again in a later version."""
    text = str(body)
    while (id_ := f"x_{secrets.token_hex(3)}") in text or id_ in {one.id for one in sheet.questions}:
        continue
    return id_


def change(
    body: Mapping[str, Any], key: str, line: FormDefinition | None, field_id: str, values: Mapping[str, Any]
) -> Edit:
    """A body with a question changed; keys that are not named stay, empty values take a key away."""
    sheet = open_sheet(body, key, line)
    _, one = sheet.find(field_id)
    _refuse_locked(one)
    before, label = dict(one.body), one.label
    one.body.update({name: value for name, value in values.items() if value not in _NO or name == "print"})
    for name in (name for name, value in values.items() if value in _NO and not (name == "print" and value == [])):
        one.body.pop(name, None)
    if not one.label.strip():
        raise EditError({"label": "请填写问题。"})
    changed = [WORDS.get(name, name) for name in values if before.get(name) != one.body.get(name)]
    made = write(body, sheet)
    return Edit(made, f"修改“{sheet.title}”中“{label}”的{'、'.join(changed)}" if changed else "", field_id)


def move(body: Mapping[str, Any], key: str, line: FormDefinition | None, field_id: str, by: int) -> Edit:
    """A body in which a question stands one place earlier (`by` -1) or later (1), over to the next page if need be."""
    sheet = open_sheet(body, key, line)
    page, one = sheet.find(field_id)
    at, number = page.questions.index(one) + by, sheet.pages.index(page)
    if 0 <= at < len(page.questions):
        return _placed(body, sheet, one, page, at)
    if not 0 <= number + by < len(sheet.pages):
        raise EditError({"": f"“{one.label}”已经在最{'前' if by < 0 else '后'}面了。"})
    other = sheet.pages[number + by]
    return _placed(body, sheet, one, other, len(other.questions) if by < 0 else 0)


def place(body: Mapping[str, Any], key: str, line: FormDefinition | None, field_id: str, page_id: str, at: int) -> Edit:
    """A body in which a question stands at a place of a page, counted from 0 without the question itself."""
    sheet = open_sheet(body, key, line)
    return _placed(body, sheet, sheet.find(field_id)[1], sheet.page(page_id), at)


def _placed(body: Mapping[str, Any], sheet: Sheet, one: Question, page: Page, at: int) -> Edit:
    _refuse_locked(one)
    old, _ = sheet.find(one.id)
    old.questions.remove(one)
    page.questions.insert(min(max(at, 0), len(page.questions)), one)
    where = f"“{page.title}”第{page.questions.index(one) + 1}项"
    return Edit(write(body, sheet), f"把“{one.label}”移到{where}", one.id)


def remove(body: Mapping[str, Any], key: str, line: FormDefinition | None, field_id: str) -> Edit:
    """A body without a question; an EditError names what still needs it."""
    sheet = open_sheet(body, key, line)
    page, one = sheet.find(field_id)
    _refuse_locked(one)
    needing = [other.label for other in sheet.questions if field_id in (other.body.get("show_if") or {})]
    page.questions.remove(one)
    if needing:
        raise EditError({"": f"“{'”“'.join(needing)}”要不要问取决于“{one.label}”，请先改掉显示条件再删除。"})
    made = write(body, sheet)
    if users := _users(made, field_id):
        raise EditError({"": f"“{one.label}”还用在{'、'.join(users)}里，请先改掉再删除。"})
    return Edit(made, f"从“{sheet.title}”中删除“{one.label}”", "")


def _users(body: Mapping[str, Any], field_id: str) -> list[str]:
    """What else of a process names an answer: documents, conditions, limits, tables, figures, assignment."""
    parts: list[tuple[str, object]] = [
        *((f"文书“{paper['title']}”", paper["paragraphs"]) for paper in body.get("papers", ())),
        *((f"“{step['title']}”", (step.get("when"), step.get("assign"))) for step in steps_in(body)),
        *((f"时限“{one['title']}”", one) for one in body.get("clocks", {}).values()),
        *((f"判断表“{one['title']}”", one["inputs"]) for one in body.get("decisions", {}).values()),
        *((f"统计指标“{one['title']}”", one.get("amount_field")) for one in body.get("figures", ())),
    ]
    named = re.compile(rf"(?<![a-z0-9_]){re.escape(field_id)}(?![a-z0-9_])")
    return [name for name, part in parts if named.search(str(part))]


def _refuse_locked(one: Question) -> None:
    if one.locked:
        raise EditError({"": LOCKED.format(one.label)})

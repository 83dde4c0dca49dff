"""What the designer draws of a draft's forms: the list of them, and one with its pages and questions."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from saas import clock
from saas.web.admin import draft_tabs
from saas.web.admin.forms.finding import line_form, may_edit
from saas.workflow import drafts, forms_editing
from saas.workflow.editing import EditError
from saas.workflow.forms_editing import Page, Question, Sheet
from saas.workflow.models import Draft

TYPES: Mapping[str, str] = {
    "text": "单行文字",
    "longtext": "多行文字",
    "integer": "整数",
    "money": "金额",
    "date": "日期",
    "datetime": "日期和时间",
    "birth": "出生日期",
    "choice": "下拉选择",
    "radio": "单选",
    "multichoice": "多选",
    "boolean": "勾选确认",
    "id_number": "居民身份证号",
    "phone": "手机号码",
    "uscc": "统一社会信用代码",
    "address": "地址",
    "area": "乡镇（街道）",
    "person": "本机构人员",
    "entry": "名录条目",
    "file": "上传附件",
}


def head(draft: Draft) -> dict[str, Any]:
    """What stands above every page of the designer."""
    return {
        "draft": draft,
        "may_edit": may_edit(draft),
        "can_undo": drafts.can_undo(draft),
        "can_redo": drafts.can_redo(draft),
        "edited": f"{draft.edited_by}最后修改于 {clock.local(draft.edited_at):%m月%d日 %H:%M}",
        "views": draft_tabs.of(draft, "admin.list_forms"),
    }


def problems(draft: Draft, key: str) -> list[dict[str, Any]]:
    """What the checks found in one form, each with the way to its question."""
    found = [one for one in drafts.problems_of(draft) if _is_in(one.place, key)]
    return [
        {
            "error": one.severity == "error",
            "told": one.message,
            "code": one.code,
            "url": form_place(draft, one.place)[1],
        }
        for one in found
    ]


def form_place(draft: Draft, place: str) -> tuple[str, str]:
    """The title and the address of a place `forms.KEY` or `forms.KEY.FIELD` of a draft."""
    for key in forms_editing.keys_of(draft.body):
        if _is_in(place, key):
            field_id = place.removeprefix(f"forms.{key}").removeprefix(".")
            sheet = forms_editing.open_sheet(draft.body, key, line_form(key))
            label = next((one.label for one in sheet.questions if one.id == field_id), "")
            at: dict[str, Any] = {"question": field_id, "_anchor": "panel"} if label else {}
            return f"{sheet.title} {label}".strip(), url_for("admin.show_form", draft_id=draft.id, key=key, **at)
    return "表单", url_for("admin.list_forms", draft_id=draft.id)


def _is_in(place: str, key: str) -> bool:
    return place == f"forms.{key}" or place.startswith(f"forms.{key}.")


def all_forms(draft: Draft) -> list[dict[str, Any]]:
    """The draft's forms as rows, with the steps that ask them."""
    return [_row(draft, key) for key in forms_editing.keys_of(draft.body)]


def _row(draft: Draft, key: str) -> dict[str, Any]:
    steps = forms_editing.steps_in(draft.body)
    try:
        sheet = forms_editing.open_sheet(draft.body, key, line_form(key))
    except EditError:
        return {"title": key, "url": None, "used": "表单不存在，请在步骤里改选"} | dict.fromkeys(
            ("kind", "count", "added")
        )
    return {
        "title": sheet.title,
        "url": url_for("admin.show_form", draft_id=draft.id, key=key),
        "used": "、".join(step["title"] for step in steps if step.get("form") == key) or "还没有步骤使用",
        "kind": "本市自建" if sheet.own else "规定的表单",
        "count": f"{len(sheet.pages)} 页 {len(sheet.questions)} 项",
        "added": sum(not one.locked for one in sheet.questions),
    }


def drawn_pages(draft: Draft, sheet: Sheet) -> list[dict[str, Any]]:
    """The pages of a form with their questions, each with its addresses."""
    return [_page(draft, sheet, page) for page in sheet.pages]


def _page(draft: Draft, sheet: Sheet, page: Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "title": page.title,
        "intro": page.intro,
        "rows": [_question(draft, sheet, one) for one in page.questions],
        "edit_url": url_for("admin.show_form", draft_id=draft.id, key=sheet.key, page=page.id, _anchor="panel"),
        "action": url_for("admin.edit_page", draft_id=draft.id, key=sheet.key, page_id=page.id),
    }


def _question(draft: Draft, sheet: Sheet, one: Question) -> dict[str, Any]:
    at: dict[str, Any] = {"draft_id": draft.id, "key": sheet.key, "field_id": one.id}
    return {
        "id": one.id,
        "label": one.label,
        "type": TYPES[one.body["type"]],
        "locked": one.locked,
        "required": bool(one.body.get("required")),
        "sensitive": bool(one.body.get("sensitive")),
        "conditional": bool(one.body.get("show_if")),
        "edit_url": url_for("admin.show_form", draft_id=draft.id, key=sheet.key, question=one.id, _anchor="panel"),
        "move_url": url_for("admin.move_question", **at),
        "remove_url": url_for("admin.remove_question", **at),
    }


def library(sheet: Sheet) -> list[tuple[str, str]]:
    """What can be added, by code and in words, group by group."""
    groups = forms_editing.library_for(own=sheet.own, taken=frozenset(one.id for one in sheet.questions))
    return [(sort.code, f"{group}：{sort.title}") for group, sorts in groups.items() for sort in sorts]

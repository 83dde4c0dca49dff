"""Answers in words: what a summary, a case page and a document show of a form's values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from saas import clock, text
from saas.fields.context import FieldContext
from saas.fields.definition import FieldDefinition, FormDefinition
from saas.fields.schema import visible

EMPTY = "未填写"
_KEPT = "（无权查看）"
_MASKS: dict[str, Callable[[str], str]] = {
    "id": text.mask_id_number,
    "phone": text.mask_phone,
    "name": text.mask_name,
    "address": text.mask_address,
}


@dataclass(frozen=True)
class Answer:
    """One answered question in words."""

    field_id: str
    label: str
    text: str
    page_id: str


def answers(form: FormDefinition, values: Mapping[str, Any], context: FieldContext, *, masked: bool) -> list[Answer]:
    """Every question that was asked, with its answer; with `masked`, personal numbers are hidden."""
    asked = {field.id for field in visible(form, values)}
    return [
        Answer(field.id, field.label, told(field, values.get(field.id), context, masked=masked), page.id)
        for page in form.pages
        for field in page.fields
        if field.id in asked
    ]


def told(field: FieldDefinition, value: Any, context: FieldContext, *, masked: bool) -> str:  # noqa: ANN401  a plain value of any type
    """One answer in words for the person who asks; what is not for him is not told, not even whether there is one."""
    return words(field, value, context, masked) if context.may_read(field) else _KEPT


def words(field: FieldDefinition, value: Any, context: FieldContext, masked: bool = False) -> str:  # noqa: ANN401, FBT001, FBT002  a plain value of any type
    """One plain value in words."""
    if value is None or value in ("", []):
        return EMPTY
    written = _WORDS.get(field.type, _plain)(field, value, context)
    return _MASKS[field.mask](written) if masked and field.mask else written


def _plain(field: FieldDefinition, value: Any, _context: FieldContext) -> str:  # noqa: ANN401  a plain value of any type
    return f"{value}{field.unit or ''}"


def _money(_field: FieldDefinition, value: int, _context: FieldContext) -> str:
    return f"{text.money_text(value)}元"


def _date(_field: FieldDefinition, value: str, _context: FieldContext) -> str:
    return text.chinese_date(date.fromisoformat(value))


def _datetime(_field: FieldDefinition, value: str, _context: FieldContext) -> str:
    moment = clock.local(datetime.fromisoformat(value))
    return f"{text.chinese_date(moment.date())}{moment:%H:%M}"


def _chosen(field: FieldDefinition, value: str | list[str], context: FieldContext) -> str:
    """Labels of what was chosen; a code that its list never had is shown as it is."""
    labels = context.titles(field)
    codes = value if isinstance(value, list) else [value]
    return "、".join(labels.get(code, code) for code in codes)


def _boolean(_field: FieldDefinition, value: bool, _context: FieldContext) -> str:  # noqa: FBT001  the value is the point
    return "是" if value else "否"


def _area(_field: FieldDefinition, value: str, context: FieldContext) -> str:
    return context.areas(value) or value


def _entry(_field: FieldDefinition, value: str, context: FieldContext) -> str:
    return context.entry_names(value) or "（名录里没有这一条）"


def _files(_field: FieldDefinition, value: list[str], _context: FieldContext) -> str:
    return f"{len(value)}个文件"


_WORDS: dict[str, Callable[[FieldDefinition, Any, FieldContext], str]] = {
    "money": _money,
    "date": _date,
    "birth": _date,
    "datetime": _datetime,
    "choice": _chosen,
    "radio": _chosen,
    "multichoice": _chosen,
    "person": _chosen,
    "boolean": _boolean,
    "area": _area,
    "entry": _entry,
    "file": _files,
}

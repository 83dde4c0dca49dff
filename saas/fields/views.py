"""What the field component draws: each field with its value, its fault and its hints for the browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saas import clock, text
from saas.fields.context import FieldContext, Options
from saas.fields.definition import FieldDefinition, FormDefinition, PageDefinition
from saas.fields.schema import gather, visible

_INPUT_MODES = {"integer": "numeric", "money": "decimal", "phone": "tel", "birth": "numeric"}
_AUTOCOMPLETE = {"phone": "tel"}
_LENGTHS = {"id_number": 24, "uscc": 24, "phone": 24, "text": 200, "address": 200, "longtext": 5000}
_LISTS = frozenset({"multichoice", "file", "birth"})
_ACCEPTED_FILES = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd"
_LONGTEXT_ROWS = 5


@dataclass(frozen=True)
class FieldView:
    """One input as the component `field` draws it; `value` is a text, or a list for several boxes."""

    id: str
    name: str
    label: str
    kind: str
    value: str | list[str]
    hint: str | None = None
    error: str | None = None
    required: bool = False
    options: Options = ()
    autocomplete: str | None = None
    inputmode: str | None = None
    maxlength: int | None = None
    rows: int | None = None
    unit: str | None = None
    readonly: bool = False
    multiple: bool = False
    accept: str | None = None


@dataclass(frozen=True)
class Section:
    """One page of a form as it is drawn."""

    title: str
    intro: str | None
    fields: list[FieldView]


def sections(
    form: FormDefinition,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    context: FieldContext,
    *,
    page: str | None = None,
) -> list[Section]:
    """The form, or one page of it, with plain values, or the texts of a refused try shown again.

    Fields hidden by their condition are drawn as well: without script nothing could bring them back. Fields that
    are not for the person are not.
    """
    texts = gather_values(form, values)
    pages = form.pages if page is None else (form.page(page),)
    return [_section(one, texts, errors, context) for one in pages]


def gather_values(form: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values or a browser's lists of texts, with the boxes of a birth day brought together."""
    boxes = {name: v for name, v in values.items() if isinstance(v, list)}
    return {**values, **gather(form, boxes)}


def shown_ids(form: FormDefinition, values: Mapping[str, Any]) -> set[str]:
    """The ids of the fields whose conditions hold for these values."""
    return {field.id for field in visible(form, gather_values(form, values))}


def _section(
    page: PageDefinition,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    context: FieldContext,
) -> Section:
    asked = [field for field in page.fields if context.may_write(field)]
    views = [_view(field, values, errors.get(field.id), context) for field in asked]
    return Section(page.title, page.intro, views)


def _view(field: FieldDefinition, values: Mapping[str, Any], error: str | None, context: FieldContext) -> FieldView:
    return FieldView(
        id=field.id,
        name=field.id,
        label=field.label,
        kind=_kind(field),
        value=_box(field, values.get(field.id, field.default)),
        hint=field.hint,
        error=error,
        required=field.required,
        options=context.options(field),
        autocomplete=field.autocomplete or _AUTOCOMPLETE.get(field.type),
        inputmode=_INPUT_MODES.get(field.type),
        maxlength=field.max_length or _LENGTHS.get(field.type),
        rows=_LONGTEXT_ROWS if field.type == "longtext" else None,
        unit=field.unit,
        multiple=field.type == "file" and field.maximum != 1,
        accept=_ACCEPTED_FILES if field.type == "file" else None,
    )


def _kind(field: FieldDefinition) -> str:
    """The component's word for the type; several people are ticked, one is picked from a list."""
    several = field.type == "person" and (field.maximum or 1) != 1
    return "multichoice" if several else field.type


def _box(field: FieldDefinition, value: Any) -> str | list[str]:  # noqa: ANN401  a plain value or the texts sent
    """What stands in the box: texts as they were sent, plain values written out."""
    if _kind(field) in _LISTS:
        return _boxes(field, value)
    if isinstance(value, list):
        return str(value[-1]) if value else ""
    if value is None:
        return ""
    if field.type == "money" and isinstance(value, int):
        return text.money_text(value).replace(",", "")
    if field.type == "datetime":
        return clock.local(datetime.fromisoformat(value)).strftime("%Y-%m-%dT%H:%M")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _boxes(field: FieldDefinition, value: Any) -> list[str]:  # noqa: ANN401  a plain value or the texts sent
    if field.type == "birth" and not isinstance(value, list):
        return str(value).split("-") if value else ["", "", ""]
    items = value if isinstance(value, list) else [value] if value else []
    return [str(item) for item in items]

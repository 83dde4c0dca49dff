"""What a form asks: its pages and fields, read from a domain's YAML files and checked whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas import strict_yaml

# fmt: off
TYPES = (
    "text", "longtext", "integer", "money", "date", "datetime", "birth", "choice", "radio",
    "multichoice", "boolean", "id_number", "phone", "uscc", "address", "area", "person", "file",
)
# fmt: on
CHOICES = frozenset({"choice", "radio", "multichoice"})
_ID = re.compile(r"[a-z][a-z0-9_]*")


class FormDefinitionError(ValueError):
    """A form file that does not hold together; the message names file and place."""


@dataclass(frozen=True)
class FieldDefinition:
    """One question. `minimum` and `maximum` are numbers, fen, `now`, days or `today±N`, as the type has it.

    `read` and `write` name the roles that may see the answer and give it; without any, everybody may.
    """

    id: str
    label: str
    type: str
    required: bool = False
    hint: str | None = None
    minimum: int | str | None = None
    maximum: int | str | None = None
    max_length: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    list: str | None = None
    show_if: Mapping[str, tuple[str, ...]] | None = None
    mask: str | None = None
    party: str | None = None
    attr: str | None = None
    store: str = "step"
    autocomplete: str | None = None
    default: Any = None
    unit: str | None = None
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageDefinition:
    """One screen of a form."""

    id: str
    title: str
    fields: tuple[FieldDefinition, ...]
    intro: str | None = None


@dataclass(frozen=True)
class FormDefinition:
    """One form: what a step asks for, page by page."""

    key: str
    title: str
    pages: tuple[PageDefinition, ...]
    intro: str | None = None

    @property
    def fields(self) -> tuple[FieldDefinition, ...]:
        """All fields in the order they are asked."""
        return tuple(field for page in self.pages for field in page.fields)

    @property
    def field_ids(self) -> tuple[str, ...]:
        """The ids of all fields in the order they are asked."""
        return tuple(field.id for field in self.fields)

    def page(self, page_id: str) -> PageDefinition:
        """The page of this id; a KeyError if there is none."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise KeyError(page_id)

    def on(self, page_id: str | None) -> tuple[FieldDefinition, ...]:
        """The fields of one page, or of the whole form without one."""
        return self.fields if page_id is None else self.page(page_id).fields


def condition_text(value: object) -> str:
    """A plain value as a browser would send it, so that conditions compare text with text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Bound(fields.Field[int | str]):
    """A whole number, a day, or a day counted from today."""

    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> int | str:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d|today([+-]\d+)?|now", value):
            return value
        raise ValidationError("a number, YYYY-MM-DD, now, today or today±N is expected")


class _OptionSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, str], **_kwargs: object) -> tuple[str, str]:
        return data["value"], data["label"]


class _FieldSchema(Schema):
    id = fields.String(required=True, validate=validate.Regexp(_ID))
    label = fields.String(required=True)
    type = fields.String(required=True, validate=validate.OneOf(TYPES))
    required = fields.Boolean()
    hint = fields.String()
    minimum = _Bound(data_key="min")
    maximum = _Bound(data_key="max")
    max_length = fields.Integer(strict=True)
    options = fields.List(fields.Nested(_OptionSchema))
    list = fields.String()
    show_if = fields.Dict(keys=fields.String(), values=fields.Raw())
    mask = fields.String(validate=validate.OneOf(["id", "phone", "name", "address"]))
    party = fields.String(validate=validate.OneOf(["applicant", "respondent"]))
    attr = fields.String()
    store = fields.String(validate=validate.OneOf(["case", "step"]))
    autocomplete = fields.String()
    default = fields.Raw()
    unit = fields.String()
    read = fields.List(fields.String())
    write = fields.List(fields.String())

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> FieldDefinition:
        has_options = "options" in data or "list" in data
        if data["type"] != "boolean" and (data["type"] in CHOICES) != has_options:
            raise ValidationError("options or list belong to choices, and only to them", "options")
        data |= {name: tuple(data.get(name, ())) for name in ("options", "read", "write")}
        if "show_if" in data:
            data["show_if"] = {
                field: tuple(condition_text(v) for v in (value if isinstance(value, list) else [value]))
                for field, value in data["show_if"].items()
            }
        return FieldDefinition(**data)


class _PageSchema(Schema):
    id = fields.String(required=True, validate=validate.Regexp(_ID))
    title = fields.String(required=True)
    intro = fields.String()
    questions = fields.List(fields.Nested(_FieldSchema), required=True, data_key="fields")

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> PageDefinition:
        return PageDefinition(fields=tuple(data.pop("questions")), **data)


class _FormSchema(Schema):
    key = fields.String(required=True)
    title = fields.String(required=True)
    intro = fields.String()
    pages = fields.List(fields.Nested(_PageSchema), required=True, validate=validate.Length(min=1))

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> FormDefinition:
        form = FormDefinition(**data | {"pages": tuple(data["pages"])})
        _check_ids(form)
        return form


class _FileSchema(Schema):
    forms = fields.List(fields.Nested(_FormSchema), required=True)


def _check_ids(form: FormDefinition) -> None:
    """Refuse repeated ids, and a condition on anything but a field asked before."""
    seen: set[str] = set()
    for field in form.fields:
        if field.id in seen:
            raise ValidationError(f"field {field.id} stands twice in form {form.key}")
        if unknown := set(field.show_if or ()) - seen:
            raise ValidationError(f"field {field.id} depends on {sorted(unknown)}, not asked before")
        seen.add(field.id)
    if len({page.id for page in form.pages}) < len(form.pages):
        raise ValidationError(f"a page id stands twice in form {form.key}")


def load_forms(folder: Path) -> dict[str, FormDefinition]:
    """All forms of a folder's YAML files by key; any fault is a FormDefinitionError."""
    forms: dict[str, FormDefinition] = {}
    for path in sorted(folder.glob("*.yaml")):
        for form in _load_file(path):
            if form.key in forms:
                raise FormDefinitionError(f"{path.name}: form {form.key} stands twice")
            forms[form.key] = form
    return forms


def _load_file(path: Path) -> list[FormDefinition]:
    try:
        loaded = _FileSchema().load(strict_yaml.read(path))
    except ValidationError as error:
        raise FormDefinitionError(f"{path.name}: {error.messages}") from error
    except strict_yaml.StrictYamlError as error:
        raise FormDefinitionError(str(error)) from error
    forms: list[FormDefinition] = loaded["forms"]
    return forms

"""What a form asks: its pages and fields, read from a domain's YAML files and checked whole."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas import strict_yaml
from saas.fields.form import (
    CHOICES,
    TYPES,
    FieldDefinition,
    FormDefinition,
    PageDefinition,
    condition_text,
)

__all__ = [
    "CHOICES", "TYPES", "FieldDefinition", "FormDefinition", "FormDefinitionError", "PageDefinition",
    "condition_text", "load_forms", "parse_field", "parse_form",
]  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9_]*")


class FormDefinitionError(ValueError):
    """A form file that does not hold together; the message names file and place."""


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
    sensitive = fields.Boolean()
    documents = fields.List(fields.String(), data_key="print")
    register = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> FieldDefinition:
        has_options = "options" in data or "list" in data
        if data["type"] != "boolean" and (data["type"] in CHOICES) != has_options:
            raise ValidationError("options or list belong to choices, and only to them", "options")
        if (data["type"] == "entry") != ("register" in data):
            raise ValidationError("register belongs to entries, and only to them", "register")
        data |= {name: tuple(data.get(name, ())) for name in ("options", "read", "write")}
        if "documents" in data:
            data["documents"] = tuple(data["documents"])
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


def parse_form(body: Mapping[str, Any]) -> FormDefinition:
    """A form from its plain body; a ValidationError of marshmallow names the places of what is wrong."""
    form: FormDefinition = _FormSchema().load(body)
    return form


def parse_field(body: Mapping[str, Any]) -> FieldDefinition:
    """A field from its plain body; as :func:`parse_form`."""
    field: FieldDefinition = _FieldSchema().load(body)
    return field


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
        loaded = _FileSchema().load(strict_yaml.read(path, aliases=True))
    except ValidationError as error:
        raise FormDefinitionError(f"{path.name}: {error.messages}") from error
    except strict_yaml.StrictYamlError as error:
        raise FormDefinitionError(str(error)) from error
    forms: list[FormDefinition] = loaded["forms"]
    return forms

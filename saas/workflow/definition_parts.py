"""Shapes of the parts of a definition that stand for themselves: tables, parameters, forms, papers, figures."""

import re
from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas.fields.definition import parse_field, parse_form
from saas.fields.form import FieldDefinition, FormDefinition
from saas.workflow.process_parts import Bound, Column, Decision, ExtraField, Figure, Paper, Param, PublicPage, Row

ID = validate.Regexp(r"[a-z][a-z0-9_]*\Z")
"""How the ids of a definition are written."""
_BOUND = r"\$([a-z][a-z0-9_]*)([+-][0-9]+)?"


class Part(Schema):
    """A schema whose lists come out as tuples, as frozen values need them."""

    def tupled(self, data: dict[str, Any]) -> dict[str, Any]:
        """The values with tuples in the place of lists."""
        return {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}


def words(**options: Any) -> fields.List[str]:  # noqa: ANN401  marshmallow's own options
    """A list of words."""
    return fields.List(fields.String(), **options)


class _Column(fields.Field[Column]):
    """An input: `bool`, `{enum: [...]}` or `{int: [low, high]}`."""

    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> Column:
        if value == "bool":
            return Column("", "bool", ("true", "false"))
        if isinstance(value, dict) and len(value) == 1:
            kind, given = next(iter(value.items()))
            if kind == "enum" and isinstance(given, list) and given and all(isinstance(one, str) for one in given):
                return Column("", "enum", tuple(given))
            if kind == "int" and _is_interval(given):
                return Column("", "int", low=given[0], high=given[1])
        raise ValidationError("bool, {enum: [words]} or {int: [low, high]} is expected")


def _is_interval(given: object) -> bool:
    return isinstance(given, list) and len(given) == 2 and all(type(one) is int for one in given)  # noqa: PLR2004


class _Cell(fields.Field[Any]):
    """A list of values, or an interval of two ends; an end is a number or `$parameter`, `$parameter+1`."""

    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> tuple[Any, ...]:
        given = value if isinstance(value, list) else [value]
        ends = [_bound(one) for one in given]
        if len(ends) == 2 and all(end is not None for end in ends):  # noqa: PLR2004
            return tuple(ends)
        words = [str(one).lower() if isinstance(one, bool) else one for one in given]
        if words and all(isinstance(one, str) and not one.startswith("$") for one in words):
            return tuple(words)
        raise ValidationError("a list of values, or [low, high] is expected")


def _bound(given: object) -> Bound | None:
    if type(given) is int:
        return Bound(given)
    found = re.fullmatch(_BOUND, given) if isinstance(given, str) else None
    return Bound(int(found[2] or 0), found[1]) if found else None


class _RowSchema(Part):
    cells = fields.Dict(keys=fields.String(), values=_Cell(), required=True, data_key="if")
    then = fields.String(required=True)
    law = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Row:
        return Row(**data)


class DecisionSchema(Part):
    """A decision table; its id is the key it stands under."""

    title = fields.String(required=True)
    inputs = fields.Dict(keys=fields.String(), values=_Column(), required=True, validate=validate.Length(min=1, max=12))
    hit = fields.String(load_default="unique", validate=validate.OneOf(["unique", "first"]))
    rules = fields.List(fields.Nested(_RowSchema), required=True, validate=validate.Length(min=1, max=200))

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Decision:
        """Give every column its name."""
        columns = tuple(replace(one, name=name) for name, one in data["inputs"].items())
        return Decision("", data["title"], columns, tuple(data["rules"]), data["hit"])


class ParamSchema(Part):
    """A dated number; its id is the key it stands under."""

    title = fields.String(required=True)
    values = fields.Dict(
        keys=fields.Date(), values=fields.Integer(strict=True), required=True, validate=validate.Length(min=1)
    )
    law = fields.String()
    verified = fields.Boolean()
    unit = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Param:
        """Order the values by day."""
        return Param(**{"id": ""} | data | {"values": tuple(sorted(data["values"].items()))})


class OwnForm(fields.Field[FormDefinition]):
    """A form of the process's own, written as the files of a line of work are."""

    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> FormDefinition:
        if not isinstance(value, dict):
            raise ValidationError("one mapping is expected")
        return parse_form(value)


class _OwnField(fields.Field[FieldDefinition]):
    def _deserialize(self, value: object, *_args: object, **_kwargs: object) -> FieldDefinition:
        if not isinstance(value, dict):
            raise ValidationError("one mapping is expected")
        return parse_field(value)


class ExtraFieldSchema(Part):
    """A question added to a form of the line of work."""

    page = fields.String(required=True)
    after = fields.String(load_default=None)
    field = _OwnField(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> ExtraField:
        """Freeze the values."""
        return ExtraField(**data)


class PaperSchema(Part):
    """A document of the city's own."""

    code = fields.String(required=True, validate=validate.Regexp(r"own\.[a-z][a-z0-9_.]*\Z"))
    title = fields.String(required=True, validate=validate.Length(max=40))
    paragraphs = fields.List(fields.String(validate=validate.Length(max=2000)), required=True)
    law = fields.String()
    receipt = fields.Boolean()
    word = fields.String(validate=validate.Length(min=1, max=12))

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Paper:
        """Freeze the values."""
        return Paper(**self.tupled(data))


class FigureSchema(Part):
    """A figure of the city's own."""

    code = fields.String(required=True, validate=validate.Regexp(r"own\.[a-z][a-z0-9_.]*\Z"))
    title = fields.String(required=True)
    event = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    amount_field = fields.String()
    unit = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Figure:
        """Freeze the values."""
        return Figure(**self.tupled(data))


class PublicPageSchema(Part):
    """What a citizen reads before applying."""

    way = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    who = fields.List(fields.String())
    bring = fields.List(fields.String())
    time = fields.String()
    fee = fields.String()
    place = fields.String()
    law = fields.List(fields.String())

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> PublicPage:
        """Freeze the values."""
        return PublicPage(**self.tupled(data))


class _ExpectedSchema(Part):
    state = fields.String(required=True)
    path = fields.List(fields.String())
    documents = fields.List(fields.String())
    due = fields.Dict(keys=fields.String(), values=fields.String(validate=validate.Regexp(r"\d{4}-\d\d-\d\d\Z")))
    refused = fields.String()


class _ActSchema(Part):
    action = fields.String(required=True)
    by = fields.String(required=True)
    on = fields.String(required=True, validate=validate.Regexp(r"\d{4}-\d\d-\d\d\Z"))
    answers = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True))


class ScenarioSchema(Part):
    """An example kept with the process: who does what on which day, and where it must have come to.

    The first act is a way of opening; `by` is `role` or `role:person`, so that two people can hold one role.
    `refused` is the code of the reason that must stand against the last act.
    """

    id = fields.String(required=True)
    title = fields.String(required=True)
    acts = fields.List(fields.Nested(_ActSchema), required=True, validate=validate.Length(min=1))
    expect = fields.Nested(_ExpectedSchema, required=True)

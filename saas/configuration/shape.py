"""The shape of a configuration's file: unknown keys and missing ones are refused, each with its place."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from saas.configuration.parcel import ParcelError
from saas.workflow import shape

_TITLE = validate.And(validate.Length(min=1, max=200), validate.Predicate("isprintable"))
_CODE = validate.Regexp(r"[A-Za-z0-9_.-]{1,80}\Z")


class _City(Schema):
    code = fields.String(required=True, validate=_CODE)
    name = fields.String(required=True, validate=_TITLE)


class _Process(Schema):
    key = fields.String(required=True, validate=_CODE)
    version = fields.Integer(strict=True, required=True)
    pack = fields.Integer(strict=True, required=True, allow_none=True)
    body = fields.Dict(keys=fields.String(), required=True)


class _Row(Schema):
    list = fields.String(required=True, validate=_CODE)
    code = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=_TITLE)
    position = fields.Integer(strict=True, required=True, validate=validate.Range(0, 1_000_000))
    active = fields.Boolean(required=True, truthy={True}, falsy={False})


class _Day(Schema):
    day = fields.Date(required=True)
    working = fields.Boolean(required=True, truthy={True}, falsy={False})
    source = fields.String(required=True, validate=_TITLE)


class _Year(Schema):
    year = fields.Integer(strict=True, required=True, validate=validate.Range(2004, 2100))
    source = fields.String(required=True, validate=_TITLE)


class _Role(Schema):
    code = fields.String(required=True, validate=_CODE)
    title = fields.String(required=True, validate=_TITLE)
    permissions = fields.List(fields.String(), required=True)


class _Content(Schema):
    format = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    city = fields.Nested(_City, required=True)
    processes = fields.List(fields.Nested(_Process), required=True, validate=validate.Length(max=100))
    lists = fields.List(fields.Nested(_Row), required=True, validate=validate.Length(max=5000))
    settings = fields.Dict(keys=fields.String(), required=True)
    days = fields.List(fields.Nested(_Day), required=True, validate=validate.Length(max=5000))
    years = fields.List(fields.Nested(_Year), required=True, validate=validate.Length(max=100))
    roles = fields.List(fields.Nested(_Role), required=True)
    design = fields.Dict(keys=fields.String(), load_default=None, allow_none=True)


def load(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its values typed.

    Raises:
        ParcelError: Its shape is wrong, place by place.
    """
    try:
        loaded: dict[str, Any] = _Content().load(content)
    except ValidationError as fault:
        raise ParcelError(shape.problems(fault.messages, content, _names())) from fault
    return loaded


@cache
def _names() -> frozenset[str]:
    parts = (_City, _Process, _Row, _Day, _Year, _Role, _Content)
    return frozenset(name for part in parts for name in part().fields)

"""What a design holds, as plain values: letterhead, foot, seals, words, patterns of numbers, order of the file."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from saas.documents.dress import Dress, Issuer
from saas.errors import InvalidInputError

LONGEST_HEAD = 40  # characters of a letterhead, its line break among them
LONGEST_LINE = 60  # characters of a line of the foot
MOST_LINES = 4
LONGEST_WORDS = 1000  # characters of a block
LONGEST_PATTERN = 80
MOST_PLACES = 60
UNIT = "{unit}"
"""What stands for the name of the body that issues, in letterhead and foot."""
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PARTS = ("main", "sub")
"""正卷 and 副卷."""

Body = dict[str, Any]
EMPTY: Mapping[str, Any] = {
    "letterhead": "",
    "footer": [],
    "seals": {},
    "wording": {},
    "numbers": {},
    "volume": {},
}
"""A city that changes nothing."""


def _text(most: int) -> fields.String:
    return fields.String(required=True, validate=validate.Length(max=most))


def _names(most: int) -> fields.List[Any]:
    return fields.List(_text(80), required=True, validate=validate.Length(max=most))


class PlaceSchema(Schema):
    """One place in the order of a file."""

    title = fields.String(required=True, validate=validate.Length(min=1, max=40))
    forms = _names(40)
    categories = _names(40)
    required = fields.Boolean(required=True, truthy={True}, falsy={False})
    part = fields.String(required=True, validate=validate.OneOf(PARTS))
    processes = fields.List(_text(80), validate=validate.Length(max=40))


class BodySchema(Schema):
    """A whole design."""

    letterhead = _text(LONGEST_HEAD)
    footer = fields.List(_text(LONGEST_LINE), required=True, validate=validate.Length(max=MOST_LINES))
    seals = fields.Dict(
        keys=fields.String(validate=validate.Regexp(f"{_UUID}\\Z")),
        values=fields.String(validate=validate.Length(min=1, max=120)),
        required=True,
    )
    wording = fields.Dict(keys=_text(120), values=_text(LONGEST_WORDS), required=True)
    numbers = fields.Dict(keys=_text(80), values=_text(LONGEST_PATTERN), required=True)
    volume = fields.Dict(
        keys=_text(80),
        values=fields.List(fields.Nested(PlaceSchema), validate=validate.Length(min=1, max=MOST_PLACES)),
        required=True,
    )


def load(values: Mapping[str, Any]) -> Body:
    """A body of the right shape.

    Raises:
        InvalidInputError: something is missing, unknown, too long or of another kind.
    """
    try:
        loaded: Body = BodySchema().load(values)
    except ValidationError as error:
        names = "、".join(str(name) for name in error.normalized_messages())  # type: ignore[no-untyped-call]
        raise InvalidInputError({"": f"文书样式的内容不完整或者太长：{names}。"}) from error
    return loaded


def digest_of(body: Mapping[str, Any]) -> str:
    """The SHA-256 of a body; the order of places has a meaning, that of names has none."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def dress_of(body: Mapping[str, Any], version: int, issuer: Issuer) -> Dress:
    """The part of a body that is printed on what one issues: under its name, with its seal and no other's."""
    return Dress(
        version,
        named(body["letterhead"], issuer.name),
        tuple(named(line, issuer.name) for line in body["footer"]),
        body["seals"].get(issuer.id, ""),
        dict(body["wording"]),
    )


def named(text: str, name: str) -> str:
    """A text with the name of the body that issues."""
    return text.replace(UNIT, name)

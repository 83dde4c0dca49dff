"""The data a dossier carries, as far as verification needs them: both formats there are."""

import json
from collections.abc import Mapping
from typing import Any

import pikepdf
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from saas.dossier import verify_words
from saas.dossier.enclosing import DATA_NAME
from saas.dossier.manifest import FORMAT

LARGEST_DATA = 50 * 1024 * 1024  # bytes
FORMATS = ("fengqiao-dossier/1", FORMAT)


class UnreadableError(ValueError):
    """The file is no dossier; the text says why."""


class PartSchema(Schema):
    """A part as the embedded data tells of it."""

    class Meta:
        """Later versions may say more."""

        unknown = EXCLUDE

    title = fields.String(required=True)
    start = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    number = fields.Integer(required=True, strict=True, allow_none=True)
    pages = fields.List(fields.String(), required=True)
    kind = fields.String(load_default="")
    name = fields.String(load_default="")
    media_type = fields.String(load_default="")
    digest = fields.String(load_default="")
    volume = fields.String(load_default="main")
    enclosed = fields.String(load_default=None)


class DataSchema(Schema):
    """The embedded data as far as verification needs it."""

    class Meta:
        """The facts of the case are not judged here."""

        unknown = EXCLUDE

    format = fields.String(required=True, validate=validate.OneOf(FORMATS))
    number = fields.String(required=True)
    variant = fields.String(load_default="full")
    parts = fields.List(fields.Nested(PartSchema), required=True)


def embedded(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    """What the file says of itself.

    Raises:
        UnreadableError: It says nothing, or nothing that can be read.
    """
    return read(raw(pdf))


def raw(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the embedded data.

    Raises:
        UnreadableError: There are none.
    """
    if DATA_NAME not in pdf.attachments:
        raise UnreadableError(verify_words.NO_DATA)
    return bytes(pdf.attachments[DATA_NAME].get_file().read_bytes()[:LARGEST_DATA])


def read(data: bytes) -> Mapping[str, Any]:
    """Embedded data as plain values.

    Raises:
        UnreadableError: They are spoilt.
    """
    try:
        told: Mapping[str, Any] = DataSchema().load(json.loads(data))
    except (ValueError, ValidationError, RecursionError) as error:
        raise UnreadableError(verify_words.SPOILT) from error
    return told

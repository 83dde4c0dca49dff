"""What the operators' forms share: fields as templates draw them, and a form sent twice doing its work once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError
from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert

from saas.errors import BadRequestError, InvalidInputError
from saas.web.idempotency import FIELD
from saas.web.requests import browser_token
from tenants import registry
from tenants.models import FormKey

KEPT = timedelta(days=1)
Field = dict[str, Any]


class OperatorSchema(Schema):
    """What a form of the operators sends; token and key belong to the shell."""

    class Meta:
        """Fields of the shell are not this form's."""

        unknown = EXCLUDE


def text_field(name: str, label: str, **more: Any) -> Field:  # noqa: ANN401 - whatever the component takes
    """A field as the component draws it: one line of text unless ``kind`` says otherwise."""
    return {"id": name, "name": name, "label": label, "kind": "text", "value": None, "required": True} | more


def filled(fields: Sequence[Field], typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    """The fields with what was typed, and each error at its field."""
    return [
        field | {"value": typed.get(field["name"], field["value"]), "error": errors.get(field["name"])}
        for field in fields
    ]


def load(schema: type[OperatorSchema]) -> dict[str, Any]:
    """What was sent, checked.

    Raises:
        InvalidInputError: With one sentence for each field.
    """
    try:
        given: dict[str, Any] = schema().load({name: value.strip() for name, value in request.form.items()})
    except ValidationError as error:
        said = error.messages if isinstance(error.messages, dict) else {}
        raise InvalidInputError({name: sentences[0] for name, sentences in said.items()}) from error
    return given


def form_key() -> UUID:
    """The key the form was drawn with.

    Raises:
        BadRequestError: There is none.
    """
    try:
        return UUID(request.form.get(FIELD, ""))
    except ValueError:
        raise BadRequestError("表单内容不完整。请返回上一页，刷新页面后重新提交。") from None


@contextmanager
def once(key: UUID) -> Iterator[bool]:
    """Whether this is the first time the form is sent; a form whose work was refused may be sent again."""
    digest = hashlib.sha256(browser_token().encode() + request.path.encode() + key.bytes).digest()
    taken = insert(FormKey).values(key=digest).on_conflict_do_nothing().returning(FormKey.key)
    with registry.platform_session() as session:
        session.execute(delete(FormKey).where(FormKey.created_at < func.now() - KEPT))
        first = session.scalar(taken) is not None
    try:
        yield first
    except BaseException:
        with registry.platform_session() as session:
            session.execute(delete(FormKey).where(FormKey.key == digest))
        raise

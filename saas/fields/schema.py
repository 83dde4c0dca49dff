"""Loads what a browser sent for a form: every fault at once, each with one sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from saas.errors import InvalidInputError
from saas.fields import reading
from saas.fields.context import FieldContext
from saas.fields.definition import FieldDefinition, FormDefinition, condition_text

__all__ = ["FieldContext", "gather", "load", "visible"]

Raw = Mapping[str, Sequence[str]]
_BIRTH_PARTS = ("year", "month", "day")


class _Answer(fields.Field[Any]):
    """One field of a form as a marshmallow field: takes the texts sent, gives the plain value."""

    def __init__(self, definition: FieldDefinition, context: FieldContext) -> None:
        """Read as `definition` says, in the city and on the day of `context`."""
        super().__init__(required=True)
        self._definition = definition
        self._context = context

    def _deserialize(self, value: Sequence[str], *_args: object, **_kwargs: object) -> Any:  # noqa: ANN401  a plain value of any type
        try:
            return reading.read(self._definition, value, self._context)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def gather(form: FormDefinition, raw: Raw) -> dict[str, list[str]]:
    """The texts by field id, without names that start with `_`; a birth day's boxes brought together."""
    texts = {name: list(items) for name, items in raw.items() if not name.startswith("_")}
    for field in form.fields:
        boxes = [f"{field.id}-{part}" for part in _BIRTH_PARTS]
        if field.type == "birth" and any(box in texts for box in boxes):
            texts[field.id] = [(texts.pop(box, None) or [""])[-1] for box in boxes]
    return texts


def visible(form: FormDefinition, answers: Mapping[str, object], *, page: str | None = None) -> list[FieldDefinition]:
    """The fields whose conditions hold; a field that depends on a hidden one is hidden too."""
    shown: set[str] = set()
    for field in form.fields:
        if all(
            other in shown and not _texts(answers.get(other)).isdisjoint(wanted)
            for other, wanted in (field.show_if or {}).items()
        ):
            shown.add(field.id)
    return [field for field in form.on(page) if field.id in shown]


def _texts(answer: object) -> set[str]:
    if isinstance(answer, (list, tuple)):
        return {condition_text(item) for item in answer}
    return {"false" if answer is None else condition_text(answer)}


def load(
    form: FormDefinition,
    raw: Raw,
    context: FieldContext,
    *,
    page: str | None = None,
    known: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The plain values of a form, or of one page of it, by field id.

    Hidden fields are left out; optional ones left empty are None. `known` are the values of pages
    answered before, on which conditions may rest. All faults together are one InvalidInputError;
    a name the form does not have, or not for this person, is a fault too.
    """
    texts = gather(form, raw)
    shown = [one for one in visible(form, {**(known or {}), **texts}, page=page) if context.may_write(one)]
    # What the person may not write is not left out but refused, like a name the form does not have.
    hidden = {field.id for field in form.on(page) if context.may_write(field)} - {field.id for field in shown}
    schema = Schema.from_dict({field.id: _Answer(field, context) for field in shown})(unknown=RAISE)
    sent = {name: items for name, items in texts.items() if name not in hidden}
    try:
        values: dict[str, Any] = schema.load({field.id: [] for field in shown} | sent)
    except ValidationError as error:
        known_ids = {field.id for field in shown}
        raise InvalidInputError(_sentences(error.messages_dict, known_ids)) from error
    return values


def _sentences(messages: Mapping[str, Sequence[str]], known_ids: set[str]) -> dict[str, str]:
    """One sentence for each field, in the order of the form."""
    stranger = "这一项不在表单里，请刷新页面后重新填写。"
    return {name: items[0] if name in known_ids else stranger for name, items in messages.items()}

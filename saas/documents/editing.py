"""The texts of an issued document that a person may put right: where each stands, and what is wrong with new ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from saas.documents.fonts import advice, missing
from saas.documents.form import ADDED, Form, Values
from saas.errors import InvalidInputError

NOTE = "issue_note"
NUMBER = "number"
PREFIX = "value"
# What is not printed by itself and looks like this decides how others are printed.
_CODE = re.compile(r"[a-z_]*")
Step = str | int


@dataclass(frozen=True)
class Text:
    """One text of a document.

    Attributes:
        path: Names and places that lead to it inside the values.
        label: What the form calls it, with what it belongs to.
        value: Its words; the lines of several paragraphs one under the other.
        several: Whether it is paragraphs.
        most: The most characters of it, or of each paragraph.
    """

    path: tuple[Step, ...]
    label: str
    value: str
    several: bool
    most: int | None

    @property
    def id(self) -> str:
        """Its name on a page."""
        return "-".join(map(str, (PREFIX, *self.path)))


def texts_of(form: Form, values: Mapping[str, Any]) -> list[Text]:
    """Every text of a document that may be put right, in the order of the form; its number may not."""
    return [one for one in _walk(form.schema(), values, (), "") if one.path != (NUMBER,)]


def rewritten(form: Form, values: Mapping[str, Any], sent: Mapping[str, str], fonts: Path) -> Values:
    """The values with the texts that were sent in their places.

    Args:
        form: The document's form.
        values: As they were issued.
        sent: New words by the id of the text; what is not sent stays.
        fonts: The folder of the fonts it will be printed with.

    Raises:
        InvalidInputError: names each text that is missing, too long or cannot be printed, or says that nothing changed.
    """
    found = texts_of(form, values)
    changed = [one for one in found if _words(sent.get(one.id, one.value), one) != _words(one.value, one)]
    new = deepcopy(plain(values))
    for one in changed:
        _put(new, one.path, _words(sent[one.id], one))
    faults = {**_unprintable(changed, sent, fonts), **_faults(form, new, found)}
    if not changed:
        faults["form"] = "没有改动任何内容。要原样再出一份的，请用“补发”。"
    if faults:
        raise InvalidInputError(faults)
    return new | {ADDED: values[ADDED]} if ADDED in values else new


def plain(values: Mapping[str, Any]) -> Values:
    """The values that the form itself declares."""
    return {name: value for name, value in values.items() if name not in {ADDED, NOTE}}


def renumbered(values: Any, old: str, new: str) -> Any:  # noqa: ANN401 - plain values of any shape
    """Plain values that name a document's own number, with another in its place.

    A city's pattern may end with the count itself: ``甲-1`` is no part of ``甲-12``.
    """
    if isinstance(values, str):
        return re.sub(rf"(?<!\d){re.escape(old)}(?!\d)", lambda _: new, values) if old else values
    if isinstance(values, Mapping):
        return {name: renumbered(each, old, new) for name, each in values.items()}
    if isinstance(values, list | tuple):
        return [renumbered(each, old, new) for each in values]
    return values


def _walk(schema: Schema, values: Mapping[str, Any], path: tuple[Step, ...], above: str) -> Iterator[Text]:
    for name, each in schema.fields.items():
        label = f"{above}{each.metadata.get('label', name)}"
        yield from _texts(each, values.get(name), (*path, name), label)


def _texts(each: fields.Field[Any], value: Any, path: tuple[Step, ...], label: str) -> Iterator[Text]:  # noqa: ANN401 - as above
    if isinstance(each, fields.Nested):
        yield from _walk(each.schema, value or {}, path, f"{label}：")
    elif isinstance(each, fields.List):
        yield from _listed(each, value or [], path, label)
    elif isinstance(value, str) and _is_text(each, value, path):
        yield Text(path, label, value, several=False, most=_most(each))


def _listed(each: fields.List[Any], value: Sequence[Any], path: tuple[Step, ...], label: str) -> Iterator[Text]:
    if isinstance(each.inner, fields.Nested):
        for place, row in enumerate(value):
            yield from _walk(each.inner.schema, row, (*path, place), f"{label}{place + 1}：")
    elif each.metadata.get("printed", True):
        yield Text(path, label, "\n".join(value), several=True, most=_most(each.inner))


def _is_text(each: fields.Field[Any], value: str, path: tuple[Step, ...]) -> bool:
    """Whether it is words: a choice is not, nor what only decides how others are printed."""
    if any(isinstance(one, validate.OneOf) for one in each.validators):
        return False
    return bool(each.metadata.get("printed", True)) or (len(path) > 1 and not _CODE.fullmatch(value))


def _most(each: fields.Field[Any]) -> int | None:
    return next((one.max for one in each.validators if isinstance(one, validate.Length) and one.max), None)


def _words(sent: str, one: Text) -> str | list[str]:
    lines = [line.strip() for line in sent.splitlines() if line.strip()]
    return lines if one.several else " ".join(lines)


def _put(values: Any, path: tuple[Step, ...], new: str | list[str]) -> None:  # noqa: ANN401 - as above
    for step in path[:-1]:
        values = values[step]
    values[path[-1]] = new


def _unprintable(changed: Sequence[Text], sent: Mapping[str, str], fonts: Path) -> dict[str, str]:
    found = {one: missing(sent[one.id], fonts) for one in changed}
    return {one.id: advice(one.label, chars) for one, chars in found.items() if chars}


def _faults(form: Form, values: Values, known: Sequence[Text]) -> dict[str, str]:
    """What the form has against the values, each at the text it is about."""
    try:
        form.schema().load(values)
    except ValidationError as error:
        return {_owner(path, known): sentence for path, sentence in _sentences(error.normalized_messages(), ())}  # type: ignore[no-untyped-call]
    return {}


def _sentences(messages: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:  # noqa: ANN401 - as above
    if isinstance(messages, Mapping):
        for step, inside in messages.items():
            yield from _sentences(inside, (*path, step))
    elif messages:
        yield path, str(messages[0])


def _owner(path: tuple[Step, ...], known: Sequence[Text]) -> str:
    return next((one.id for one in known if path[: len(one.path)] == one.path), "form")

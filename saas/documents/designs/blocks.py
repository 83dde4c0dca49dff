"""The blocks of a form that a city may word itself, and the values it may name in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from saas.documents.form import Form
from saas.workflow.papers import fill, in_names, in_words, names_in, offered

SEP = "."


@dataclass(frozen=True)
class Block:
    """One block: its name in the template, its title for people, and the words it has where the city gives none."""

    form: str
    name: str
    title: str
    default: str

    @property
    def key(self) -> str:
        """Its name among those of all forms."""
        return f"{self.form}{SEP}{self.name}"


def blocks_of(form: Form) -> list[Block]:
    """The blocks of a form, in its order."""
    return [Block(form.code, name, title, own) for name, (title, own) in form.words.items()]


def find_block(key: str, forms: Mapping[str, Form]) -> tuple[Block, Form] | None:
    """The block of that key, with its form; None where no form has it any more."""
    form = forms.get(key.rpartition(SEP)[0])
    return next(((block, form) for block in blocks_of(form) if block.key == key), None) if form else None


def values_of(form: Form) -> dict[str, str]:
    """The values that a block of the form may name, with what people call them: lines of text that are printed."""
    return {
        name: str(each.metadata["label"])
        for name, each in form.schema().fields.items()
        if isinstance(each, fields.String) and each.metadata.get("printed", True)
    }


def shown(form: Form, text: str) -> str:
    """A text with the names people know between its braces."""
    return in_words(text, values_of(form))


def kept(form: Form, text: str) -> str:
    """A text as it is kept: with the names of the values; lines end as lines end here."""
    return in_names("\n".join(line.rstrip() for line in text.strip().splitlines()), values_of(form))


def can_name(form: Form) -> list[str]:
    """What people may write between braces."""
    return offered(values_of(form))


def unknown(form: Form, text: str) -> list[str]:
    """The names between braces that the form has no value for."""
    known = values_of(form)
    return list(dict.fromkeys(name for name in names_in(text) if name not in known))


def is_paired(text: str) -> bool:
    """Whether every brace has its other half."""
    return not {"{", "}"} & set(fill(text, dict.fromkeys(names_in(text), "x")))


def filled(form: Form, wording: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """The city's words of the form's blocks with the values they name, by their keys.

    What is not known yet is left open as on a copy for the hand.
    """
    known = {name: str(values.get(name) or "") for name in values_of(form)}
    mine = (block.key for block in blocks_of(form) if wording.get(block.key))
    return {key: fill(wording[key], known) for key in mine}

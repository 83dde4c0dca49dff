"""A form being filled in page by page, as a value: what is answered, what was refused, which page comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from saas.errors import InvalidInputError
from saas.fields.context import FieldContext
from saas.fields.definition import FieldDefinition, FormDefinition, PageDefinition
from saas.fields.schema import load, visible

Raw = Mapping[str, list[str]]


@dataclass(frozen=True)
class KeptFile:
    """An upload that waits for its case: checked, and kept in the city's store under ``key``."""

    id: str
    name: str
    size: int
    key: str


@dataclass(frozen=True)
class Attempt:
    """A page that was sent but not taken: what was typed, what was wrong with its files.

    ``more`` is true when nothing was wrong, but the answers ask for fields that were not on the page.
    """

    raw: dict[str, list[str]]
    faults: dict[str, str] = field(default_factory=dict)
    more: bool = False


@dataclass(frozen=True)
class Filling:
    """The contents of a draft: plain values by field, pages taken, attempts by page, files by field."""

    values: dict[str, Any] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    attempts: dict[str, Attempt] = field(default_factory=dict)
    files: dict[str, tuple[KeptFile, ...]] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Filling":
        """What a draft's JSON says."""
        return cls(
            values=dict(data.get("values", {})),
            done=tuple(data.get("done", ())),
            attempts={page: Attempt(**tried) for page, tried in data.get("attempts", {}).items()},
            files={name: tuple(KeptFile(**kept) for kept in files) for name, files in data.get("files", {}).items()},
        )

    def to_data(self) -> dict[str, Any]:
        """The same as JSON."""
        return asdict(self)

    def kept(self, field_id: str) -> tuple[KeptFile, ...]:
        """The files of a field."""
        return self.files.get(field_id, ())

    @property
    def count_files(self) -> int:
        """How many files there are in all."""
        return sum(map(len, self.files.values()))


def known(form: FormDefinition, filling: Filling) -> dict[str, Any]:
    """The values as they stand, with the form's defaults where nothing was answered yet."""
    defaults = {one.id: one.default for one in form.fields if one.default is not None}
    return {**defaults, **filling.values}


def asked(form: FormDefinition, filling: Filling, page: str, raw: Raw | None = None) -> list[FieldDefinition]:
    """The fields of a page that belong to the answers, those of a refused attempt included."""
    tried = filling.attempts.get(page)
    texts = raw if raw is not None else tried.raw if tried else {}
    return visible(form, {**known(form, filling), **texts}, page=page)


def take(form: FormDefinition, filling: Filling, page: str, raw: Raw, context: FieldContext) -> Filling:
    """The filling with a page's answers taken.

    Raises:
        InvalidInputError: they cannot be; one sentence for each field.
    """
    values = load(form, raw, context, page=page, known=known(form, filling))
    done = tuple(dict.fromkeys((*filling.done, page)))
    attempts = {name: tried for name, tried in filling.attempts.items() if name != page}
    return replace(filling, values={**filling.values, **values}, done=done, attempts=attempts)


def refuse(filling: Filling, page: str, attempt: Attempt) -> Filling:
    """The filling with a page's attempt kept, so that nothing typed is lost."""
    return replace(filling, attempts={**filling.attempts, page: attempt})


def faults(form: FormDefinition, filling: Filling, page: str, context: FieldContext) -> dict[str, str]:
    """What is wrong with the page's last attempt, by field in the order of the page; empty without one."""
    tried = filling.attempts.get(page)
    if tried is None or tried.more:
        return {}
    found = dict(tried.faults)
    try:
        take(form, filling, page, with_files(form, filling, page, tried.raw), context)
    except InvalidInputError as error:
        found = {**error.fields, **found}
    order = [one.id for one in form.on(page)]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def with_files(form: FormDefinition, filling: Filling, page: str, raw: Raw) -> dict[str, list[str]]:
    """The texts sent together with the ids of the files kept for the page's fields."""
    ids = {one.id: [kept.id for kept in filling.kept(one.id)] for one in form.on(page) if one.type == "file"}
    return {**{name: list(texts) for name, texts in raw.items()}, **ids}


def add_file(filling: Filling, field_id: str, kept: KeptFile) -> Filling:
    """The filling with one more file at a field; its answer on a page already taken follows."""
    return _with_field_files(filling, field_id, (*filling.kept(field_id), kept))


def drop_file(filling: Filling, file_id: str) -> Filling:
    """The filling without a file; unknown ids change nothing."""
    for field_id, files in filling.files.items():
        if any(kept.id == file_id for kept in files):
            return _with_field_files(filling, field_id, tuple(kept for kept in files if kept.id != file_id))
    return filling


def _with_field_files(filling: Filling, field_id: str, files: tuple[KeptFile, ...]) -> Filling:
    values = {**filling.values, field_id: [kept.id for kept in files]}
    return replace(filling, values=values, files={**filling.files, field_id: files})


def pages(form: FormDefinition, filling: Filling) -> list[PageDefinition]:
    """The pages on which something is asked, as far as the answers given decide it."""
    return [page for page in form.pages if asked(form, filling, page.id)]


def neighbours(form: FormDefinition, filling: Filling, page: str) -> tuple[str | None, str | None]:
    """The ids of the pages before and after a page; None at either end."""
    ids = [one.id for one in pages(form, filling)]
    at = ids.index(page)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def first_gap(form: FormDefinition, filling: Filling) -> str | None:
    """The first page that was not taken, or lacks an answer that later answers made necessary."""
    for page in pages(form, filling):
        if page.id not in filling.done or any(_is_missing(one, filling) for one in asked(form, filling, page.id)):
            return page.id
    return None


def _is_missing(one: FieldDefinition, filling: Filling) -> bool:
    return one.required and filling.values.get(one.id) in (None, "", [])


def answered(form: FormDefinition, filling: Filling) -> dict[str, Any]:
    """The values of everything that is still asked; answers whose question fell away are left out."""
    return {one.id: filling.values.get(one.id) for one in visible(form, known(form, filling))}


def party_value(form: FormDefinition, values: Mapping[str, Any], attribute: str, side: str = "applicant") -> str | None:
    """What was answered for a party's name, phone and the like; None if it was not."""
    found: Sequence[Any] = [
        values.get(one.id) for one in form.fields if one.party == side and (one.attr or one.id) == attribute
    ]
    return next((str(value) for value in found if value), None)

"""What an official form is: its values, its template, and how a case fills it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from marshmallow import Schema, ValidationError, fields, validate

from saas.documents.wording import lines
from saas.errors import InvalidInputError

Values = dict[str, Any]
Level = Literal["national", "local", "house"]
NOTHING: Mapping[str, Any] = {}
ADDED = "added_rows"
MISSING = "缺少这一项，请先在办理步骤中填写。"
TOO_LONG = "内容太长，请精简后重试。"


@dataclass(frozen=True)
class Snapshot:
    """A case as plain values at the moment a form is made; builders see nothing else.

    Attributes:
        tenant: ``name``, ``bureau``, ``phone``.
        unit: ``name``, ``short_name``, ``phone``, ``address``, ``office`` (the office above it),
            ``bureau`` (of its area).
        case: ``number``, ``title``, ``kind_title``, ``source_title``, ``opened_on``, ``closed_on``, ``handler``,
            ``mediators`` (names), ``document_numbers`` (form code to number) and whatever the steps stored with
            the case; days are ``YYYY-MM-DD``, money is fen.
        parties: ``side`` (applicant, respondent, agent), ``kind`` (natural, legal) and the columns of a party.
        steps: Oldest first: ``action``, ``title``, ``on``, ``actor``, ``input`` (codes), ``answers`` (texts).
        step: The step that asked for the form.
        clocks: ``code``, ``title``, ``started_on``, ``due_on``.
        document: ``number``, ``issued_on``, ``issued_by``; all empty before a number is taken.
        extra: What only the maker of a whole file knows: ``catalogue`` rows, ``pieces``, ``pages``.
        words: What the steps stored with the case, in the words people saw, by field.
        added: Answers to what the city asks beyond its line of work: ``label``, ``text``, ``documents`` (codes of the
            forms they are printed on; None is every form of the step that asks) and ``here`` (asked by this step).
    """

    tenant: Mapping[str, Any]
    unit: Mapping[str, Any]
    case: Mapping[str, Any]
    parties: Sequence[Mapping[str, Any]] = ()
    steps: Sequence[Mapping[str, Any]] = ()
    step: Mapping[str, Any] | None = None
    clocks: Sequence[Mapping[str, Any]] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    added: Sequence[Mapping[str, Any]] = ()

    def side(self, *sides: str) -> list[Mapping[str, Any]]:
        """The parties on these sides, in the order they were entered."""
        return [party for party in self.parties if party["side"] in sides]

    def taken(self, *actions: str) -> Mapping[str, Any]:
        """The step of one of these actions: the asking one, else the latest; empty if none was taken."""
        if self.step and self.step["action"] in actions:
            return self.step
        return next((step for step in reversed(self.steps) if step["action"] in actions), NOTHING)

    def entered(self, *actions: str) -> Mapping[str, Any]:
        """What was entered at the step of one of these actions; choices are codes."""
        found: Mapping[str, Any] = self.taken(*actions).get("input") or NOTHING
        return found

    def answers(self, *actions: str) -> Mapping[str, str]:
        """The same as it was shown to people; choices are words."""
        found: Mapping[str, str] = self.taken(*actions).get("answers") or NOTHING
        return found

    def stored(self, name: str) -> str:
        """A text kept with the case, empty if there is none."""
        value = self.case.get(name)
        return "" if value is None else str(value)

    def number_of(self, *codes: str) -> str:
        """The number of the latest issued document of one of these forms (``case.document_numbers``)."""
        numbers: Mapping[str, str] = self.case.get("document_numbers") or NOTHING
        return next((numbers[code] for code in codes if code in numbers), "")

    def numbered(self, number: str, issued_on: str, issued_by: str) -> "Snapshot":
        """The same case with the number, day and issuer of the document about to be made."""
        return replace(self, document={"number": number, "issued_on": issued_on, "issued_by": issued_by})


@dataclass(frozen=True)
class Form:
    """One official form.

    Attributes:
        code: The line of work and the form: ``<line>.<form>``.
        template: Path under ``templates``.
        schema: The values the template is given, all plain.
        build: Values from a case.
        sample: Values of an invented case, for tests and for showing the form.
        source: The document or practice that prescribes the form.
        verified: Whether the source was read in an official text, its layout included.
        level: Who prescribes it: the nation, a province or city, or the house itself, which has none to follow.
        number_kind: The word of the form in its number.
        pages: Fewest and most pages of the sample.
        layout: Which sheet of styles prints it.
        number_pattern: How its numbers are written where the law says so; empty leaves that to the city.
        number_word: The value that holds the word of its number where that is not the same in every case;
            ``number_kind`` is then the word of the sample. Each word counts by itself.
        after: Steps of which one must stand in a case before the form can be made or looked at: what says that it
            may be. Its text cannot be put right afterwards without going through them again.
        undone: Steps after which one of ``after`` has to be taken again, and what was made before is not issued again.
        law: The article that asks for them.
        words: The blocks of the template a city may put in its own words, where custom and not law fixed them:
            name to the title it goes by and the words of the template, a paragraph to a line.
    """

    code: str
    title: str
    domain: str
    template: str
    schema: type[Schema]
    build: Callable[[Snapshot], Values]
    sample: Values
    source: str
    verified: bool
    number_kind: str
    pages: tuple[int, int] = (1, 1)
    layout: str = "table"
    number_pattern: str = ""
    number_word: str = ""
    after: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    law: str = ""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    level: Level = "national"

    @property
    def standing(self) -> str:
        """What its layout rests on: ``national``, ``national_unverified``, ``local`` or ``house``."""
        return "national_unverified" if self.level == "national" and not self.verified else self.level

    @property
    def labels(self) -> dict[str, str]:
        """The names of the values in the words of a person."""
        return {name: each.metadata["label"] for name, each in self.schema().fields.items()}

    def may_follow(self, taken: Sequence[str]) -> bool:
        """Whether it can be made once these steps, oldest first, stand in a case."""
        last = next((step for step in reversed(taken) if step in {*self.after, *self.undone}), None)
        return not self.after or last in self.after

    def counter(self, word: str) -> str:
        """What its numbers with a word are counted as."""
        return f"{self.code} {word}" if self.number_word else self.code

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the values the template is given."""
        return tuple(sorted(self.schema().fields))

    def load(self, values: Mapping[str, Any]) -> Values:
        """Values that fit the form.

        Raises:
            InvalidInputError: names each value that is missing, too long or of the wrong kind.
        """
        try:
            loaded: Values = self.schema().load(values)
        except ValidationError as error:
            faults = dict(_sentences(error.normalized_messages()))  # type: ignore[no-untyped-call]
            raise InvalidInputError(faults, f"还不能制作《{self.title}》。{_listed(self.labels, faults)}") from error
        return loaded

    def added(self, snapshot: Snapshot) -> Values:
        """What the city has this form print below what the form prescribes; nothing where it asks nothing more."""
        rows = [
            {"label": row["label"], "text": row["text"]}
            for row in snapshot.added
            if (row["here"] if row["documents"] is None else self.code in row["documents"])
        ]
        return {ADDED: rows} if rows else {}

    def blank(self) -> Values:
        """Values of a copy to be filled in by hand."""
        return blank(self.schema())

    def worded(self, wording: Mapping[str, str]) -> dict[str, list[str]]:
        """The paragraphs of each block: the city's words (``<code of the form>.<block>``), else those of the form."""
        return {name: lines(wording.get(f"{self.code}.{name}", own)) for name, (_, own) in self.words.items()}


def text(label: str, *, most: int = 300, needed: bool = False, printed: bool = True) -> fields.String:
    """A text value of at most ``most`` characters; one that is needed may not be empty.

    One that is not ``printed`` decides how others are printed, or has a place only on some forms.
    """
    limits = [validate.Length(max=most, error=TOO_LONG)]
    if needed:
        limits.insert(0, validate.Length(min=1, error=MISSING))
    return fields.String(required=True, validate=limits, metadata={"label": label, "printed": printed})


def code(label: str, *choices: str) -> fields.String:
    """A choice the template shows as a mark, not as a word."""
    allowed = validate.OneOf(("", *choices), error="没有这个选项。")
    return fields.String(required=True, validate=allowed, metadata={"label": label, "printed": False})


def codes(label: str, *choices: str) -> fields.List[Any]:
    """Several choices the template shows as marks."""
    allowed = validate.OneOf(choices, error="没有这个选项。")
    return fields.List(
        fields.String(validate=allowed), required=True, metadata={"label": label, "printed": False, "empty": 0}
    )


def texts(label: str, *, most: int = 3000, needed: bool = False, empty: int = 3) -> fields.List[Any]:
    """Paragraphs or numbered lines; a copy filled in by hand has ``empty`` of them."""
    limits = [validate.Length(min=1, error=MISSING)] if needed else []
    line = fields.String(validate=validate.Length(max=most, error=TOO_LONG))
    return fields.List(line, required=True, validate=limits, metadata={"label": label, "empty": empty})


def rows(schema: type[Schema], label: str, *, empty: int = 1) -> fields.List[Any]:
    """Rows of values; a copy filled in by hand has ``empty`` of them."""
    return fields.List(fields.Nested(schema), required=True, metadata={"label": label, "empty": empty})


def group(schema: type[Schema], label: str) -> fields.Nested:
    """Values that belong together."""
    return fields.Nested(schema, required=True, metadata={"label": label})


def blank(schema: Schema) -> Values:
    """Every value of a schema left empty, with as many rows as a hand needs."""
    return {name: _blank_value(each) for name, each in schema.fields.items()}


def strings(values: object, name: str = "") -> list[tuple[str, str]]:
    """Every text inside values with the name of the value it belongs to."""
    if isinstance(values, str):
        return [(name, values)]
    if isinstance(values, Mapping):
        return [pair for key, each in values.items() for pair in strings(each, name or key)]
    if isinstance(values, list | tuple):
        return [pair for each in values for pair in strings(each, name)]
    return []


def _blank_value(each: fields.Field[Any]) -> Values | list[Any] | str:
    if isinstance(each, fields.Nested):
        return blank(each.schema)
    if isinstance(each, fields.List):
        return [_blank_value(each.inner) for _ in range(each.metadata["empty"])]
    return ""


def _sentences(messages: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, strings(found, name)[0][1]) for name, found in messages.items()]


def _listed(labels: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return "".join(f"{labels.get(name, name)}：{sentence}" for name, sentence in faults.items())

"""What the forms of this line share: the person, the authority, and how values come from steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from marshmallow import Schema, fields

from saas.documents.form import Form, Snapshot, Values, group, text
from saas.documents.wording import day, lines, moment, yuan

Builder = Callable[[Snapshot], Values]
Fields = Mapping[str, fields.Field[Any]]

NATIONAL = "社区矫正法律文书格式（2020），未读到原文；栏目按法律规定的内容设置"
LOCAL = "安置帮教工作通行做法，没有全国统一格式"
ARCHIVES = "档案管理通行做法，版式为本系统设计"


class SubjectSchema(Schema):
    """Whom the paper is about; ``term`` is how long it runs, for placement the day of release."""

    name = text("姓名", most=60, needed=True)
    gender = text("性别", most=4)
    birth = text("出生日期", most=20)
    id_number = text("居民身份证号", most=40)
    registered = text("户籍地", most=200)
    residence = text("居住地", most=200)
    offence = text("罪名", most=100)
    sentence = text("原判刑罚", most=200)
    category = text("类别", most=20)
    term = text("期限", most=60)


class FormSchema(Schema):
    """What every form has: its number, who issues it, the day, the person."""

    number = text("文书编号", most=80)
    agency = text("制作机关", most=100)
    issued_on = text("制作日期", most=20)
    subject = group(SubjectSchema, "对象")


@dataclass(frozen=True)
class From:
    """Answers of a step (or, without actions, what the case keeps), by how they are printed.

    Attributes:
        actions: The steps; the one that asks for the form, else the latest.
        texts: As they were typed; numbers too.
        words: Choices in the words people saw.
        days: Days as ``2026年11月22日``.
        moments: Moments as ``2026年11月22日9时05分``.
        paragraphs: Texts line by line.
        money: Sums in figures and capitals.
        actor: The value that names who took the step.
        on: The value that is the day it was taken.
    """

    actions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    actor: str = ""
    on: str = ""

    def values(self, shot: Snapshot) -> Values:
        """The values it gives."""
        entered = shot.entered(*self.actions) if self.actions else shot.case
        told = shot.answers(*self.actions) if self.actions else shot.words
        step = shot.taken(*self.actions)
        return (
            {name: _text(entered.get(name)) for name in self.texts}
            | {name: told.get(name) or "" for name in self.words}
            | {name: day(entered.get(name)) for name in self.days}
            | {name: moment(entered.get(name)) for name in self.moments}
            | {name: lines(entered.get(name)) for name in self.paragraphs}
            | {name: yuan(entered.get(name)) for name in self.money}
            | ({self.actor: step.get("actor") or ""} if self.actor else {})
            | ({self.on: day(step.get("on"))} if self.on else {})
        )


class Print(TypedDict, total=False):
    """How a form is printed and what prescribes it, where it is not a letter of one page or two."""

    layout: str
    template: str
    source: str
    verified: bool
    pages: tuple[int, int]
    words: Mapping[str, tuple[str, str]]
    extra: Builder


@dataclass(frozen=True)
class Sheet:
    """The forms of one process: who issues them, and the invented case that fills their samples."""

    sample: Snapshot
    office: bool = False
    source: str = NATIONAL

    def form(self, name: str, title: str, word: str, values: Fields, *sources: From, **how: Unpack[Print]) -> Form:
        """A form of this line.

        Args:
            name: Its part of the code, and its template unless ``template`` names another.
            title: As printed.
            word: Stands in its number.
            values: What it has beyond what every form has.
            sources: Where these come from.
            how: How it is printed; ``extra`` gives the values that no answer is.
        """
        build, source = self._builder(sources, how.get("extra")), how.get("source", self.source)
        return Form(
            code=f"corrections.{name}",
            title=title,
            domain="corrections",
            template=how.get("template", f"corrections/documents/{name}.html"),
            schema=FormSchema.from_dict(dict(values), name=f"{name.title().replace('_', '')}Schema"),
            build=build,
            sample=build(self.sample),
            source=source,
            verified=how.get("verified", False),
            level="house" if source == LOCAL else "national",
            number_kind=word,
            pages=how.get("pages", (1, 2)),
            layout=how.get("layout", "letter"),
            words=how.get("words", {}),
        )

    def _builder(self, sources: tuple[From, ...], extra: Builder | None) -> Builder:
        def build(shot: Snapshot) -> Values:
            found = head(shot, office=self.office)
            for one in sources:
                found |= one.values(shot)
            return found | (extra(shot) if extra else {})

        return build


def head(shot: Snapshot, *, office: bool = False) -> Values:
    """The values of :class:`FormSchema`; the county issues what is not the office's own (社区矫正法 9)."""
    return {
        "number": shot.document.get("number", ""),
        "agency": shot.unit["name"] if office else shot.unit["office"],
        "issued_on": day(shot.document.get("issued_on")),
        "subject": subject(shot),
    }


def station(shot: Snapshot) -> Values:
    """The office that does the daily work."""
    return {"station": shot.unit["name"]}


def subject(shot: Snapshot) -> Values:
    """The person as the case knows them."""
    party = next(iter(shot.side("applicant")), {})
    return {
        "name": party.get("name") or "",
        "gender": party.get("gender") or shot.words.get("gender") or "",
        "birth": day(shot.stored("birth")),
        "id_number": party.get("id_number") or "",
        "registered": shot.stored("registered"),
        "residence": party.get("address") or "",
        "offence": shot.stored("offence"),
        "sentence": shot.stored("sentence"),
        "category": shot.stored("kind_title"),
        "term": _term(shot),
    }


def _term(shot: Snapshot) -> str:
    begins, ends, released = (day(shot.stored(name)) for name in ("term_from", "term_until", "released_on"))
    return f"{begins}至{ends}" if begins and ends else released


def _text(value: object) -> str:
    return "" if value is None else str(value)

"""Documents of the city's own: a paper of a process as an official form, in the one template all of them share."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from saas.documents.form import Form, Snapshot, Values, blank, text, texts
from saas.documents.wording import day, listed
from saas.workflow.papers import SURE, Forms, asking, fill, known_names, names_in
from saas.workflow.process import Definition
from saas.workflow.process_parts import Paper

PREFIX = "own."
TEMPLATE = "documents/own.html"
WORD = "文字"
SOURCE = "本市自定义"
MOST_PAGES = 20
_DAYS = ("opened_on", "closed_on")


class _Lacking(fields.List[Any]):
    """The sentences about what is not known yet; nothing may be in it."""

    def __init__(self) -> None:
        super().__init__(fields.String(), required=True, metadata={"label": "正文", "empty": 0, "printed": False})

    def _deserialize(self, value: Any, *_args: object, **_kwargs: object) -> list[Any]:  # noqa: ANN401 - marshmallow's own type
        if value:
            raise ValidationError("".join(value))
        return []


class PaperSchema(Schema):
    """What the template of a document of the city's own is given."""

    number = text("文书编号", most=80)
    title = text("标题", most=40, needed=True)
    paragraphs = texts("正文", needed=True)
    unit = text("承办机构", most=100)
    issued_on = text("制作日期", most=20)
    law = text("依据")
    signed = text("签收", most=4, printed=False)
    lacking = _Lacking()


def find_paper_form(definition: Definition, code: str, forms: Forms) -> Form | None:
    """The document of that code as the process has it, if it is one of the city's own.

    ``forms`` are those the process asks: its own and those of its line of work.
    """
    return next((form_of_paper(definition, paper, forms) for paper in definition.papers if paper.code == code), None)


def form_of_paper(definition: Definition, paper: Paper, forms: Forms) -> Form:
    """A document of a process as a form that cases fill."""
    return _form(paper.code, paper.title, definition.domain, paper.word or WORD, _Builder(definition, paper, forms))


def issued_form(code: str, title: str) -> Form:
    """The form of an issued document: its frozen values hold everything, whatever became of the process."""
    return _form(code, title, "", WORD, _unfilled)


def _form(code: str, title: str, domain: str, word: str, build: Callable[[Snapshot], Values]) -> Form:
    return Form(
        code=code,
        title=title,
        domain=domain,
        template=TEMPLATE,
        schema=PaperSchema,
        build=build,
        sample={},
        source=SOURCE,
        verified=False,
        number_kind=word,
        pages=(1, MOST_PAGES),
        layout="letter",
    )


def _unfilled(_snapshot: Snapshot) -> Values:
    return blank(PaperSchema())


class _Builder:
    """Fills a document from a case."""

    def __init__(self, definition: Definition, paper: Paper, forms: Forms) -> None:
        """Fill ``paper`` of ``definition``, whose questions are in ``forms``."""
        self.definition = definition
        self.paper = paper
        self.forms = forms

    def __call__(self, snapshot: Snapshot) -> Values:
        """The values of the form; what the paragraphs name and the case does not have yet is `lacking`."""
        values = {name: _value(snapshot, name) for one in self.paper.paragraphs for name in names_in(one)}
        return {
            "number": snapshot.document.get("number", ""),
            "title": self.paper.title,
            "paragraphs": [fill(one, values) for one in self.paper.paragraphs],
            "unit": snapshot.unit["name"],
            "issued_on": day(snapshot.document.get("issued_on")),
            "law": self.paper.law or "",
            "signed": "1" if self.paper.receipt else "",
            "lacking": [self._sentence(name) for name, value in values.items() if not value and name not in SURE],
        }

    def _sentence(self, name: str) -> str:
        """What is not known yet, and the step that asks for it."""
        label = known_names(self.definition, self.forms).get(name, name)
        asked = asking(self.definition, self.forms, name)
        where = f"请先在“{asked.title}”中填写。" if asked else "请先补充。"
        return f"缺少“{label}”，{where}"


def _value(snapshot: Snapshot, name: str) -> str:
    """One name of a paragraph in words; empty where the case does not have it."""
    kind, _, rest = name.partition(".")
    if name == "today":
        return day(snapshot.document.get("issued_on"))
    if kind == "party":
        return listed(party["name"] for party in snapshot.side(rest))
    if kind == "form":
        return _answer(snapshot, rest)
    if kind == "case" and rest not in snapshot.case:
        return ""
    if kind == "case":
        return _of_case(snapshot, rest)
    return _plain({"document": snapshot.document, "unit": snapshot.unit}.get(kind, {}), rest)


def _plain(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")


def _of_case(snapshot: Snapshot, name: str) -> str:
    """What the case itself has, else what was answered and is kept with it: in words, as the step had it."""
    if name == "handler":
        return snapshot.stored(name) or str(_latest(snapshot).get("actor", ""))
    if name in _DAYS:
        return day(snapshot.stored(name))
    return _answer(snapshot, name) or snapshot.stored(name)


def _latest(snapshot: Snapshot) -> Mapping[str, Any]:
    """The step that asked for the document, else the last one: who took it answers for a case without a handler."""
    return snapshot.step or (snapshot.steps[-1] if snapshot.steps else {})


def _answer(snapshot: Snapshot, field_id: str) -> str:
    """The latest answer to a question, in words."""
    for step in reversed(snapshot.steps):
        if step["input"].get(field_id) not in (None, "", []):
            return str(step["answers"].get(field_id, ""))
    return ""

"""A form as it is edited: pages of questions, of which those of the line of work are locked."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from saas.fields.form import FieldDefinition, FormDefinition
from saas.workflow.editing.parts import Body, EditError
from saas.workflow.forms import FIRST, extended
from saas.workflow.process_parts import ExtraField

OWN = "own."
LONGEST = 60  # characters of a title or a question
GONE = "要修改的内容已经不在了，请刷新页面后重试。"


@dataclass
class Question:
    """One question: its plain body; a locked one is the line of work's, and has only what is shown of it."""

    body: dict[str, Any]
    locked: bool = False

    @property
    def id(self) -> str:
        """The name of the answer."""
        return str(self.body["id"])

    @property
    def label(self) -> str:
        """The question in words."""
        return str(self.body.get("label") or "")


@dataclass
class Page:
    """One screen of a form."""

    id: str
    title: str
    intro: str | None = None
    questions: list[Question] = field(default_factory=list)


@dataclass
class Sheet:
    """A form opened for editing; `own` is whether the process brought it itself."""

    key: str
    title: str
    intro: str | None
    own: bool
    pages: list[Page]

    def page(self, page_id: str) -> Page:
        """The page of this id; an EditError if there is none."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise EditError({"": GONE})

    def find(self, field_id: str) -> tuple[Page, Question]:
        """A question and its page; an EditError if there is none."""
        for page in self.pages:
            for one in page.questions:
                if one.id == field_id:
                    return page, one
        raise EditError({"": GONE})

    @property
    def questions(self) -> list[Question]:
        """All questions in their order."""
        return [one for page in self.pages for one in page.questions]


def one_line(text: str, name: str, longest: int = LONGEST) -> str:
    """A text in one line without needless spaces; an EditError names its field where it is too long."""
    clean = " ".join(text.split())
    if len(clean) > longest:
        raise EditError({name: f"最多{longest}个字，现在有{len(clean)}个。"})
    return clean


def keys_of(body: Mapping[str, Any]) -> list[str]:
    """The keys of the forms a process asks, in the order of its steps, then those of its own that no step asks."""
    asked = [step["form"] for step in steps_in(body) if step.get("form")]
    return list(dict.fromkeys([*asked, *(form["key"] for form in body.get("forms", ()))]))


def steps_in(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The ways of opening, the steps, and the steps inside regions."""
    regions = [region for state in body["states"].values() for region in (state.get("regions") or {}).values()]
    return [*body["opens"], *body["transitions"], *(step for region in regions for step in region["transitions"])]


def open_sheet(body: Mapping[str, Any], key: str, line: FormDefinition | None) -> Sheet:
    """A form of a process opened for editing.

    Args:
        body: The body of the process.
        key: The form's key.
        line: The form as the line of work declares it; None where it is the process's own.
    """
    if line is not None:
        return _of_line(body, line)
    for form in body.get("forms", ()):
        if form["key"] == key:
            pages = [_own_page(page) for page in form["pages"]]
            return Sheet(key, form["title"], form.get("intro"), own=True, pages=pages)
    raise EditError({"": GONE})


def _own_page(page: Mapping[str, Any]) -> Page:
    asked = [Question(deepcopy(dict(one))) for one in page["fields"]]
    return Page(page["id"], page["title"], page.get("intro"), asked)


def _of_line(body: Mapping[str, Any], line: FormDefinition) -> Sheet:
    extra = {one["field"]["id"]: one for one in (body.get("extra_fields") or {}).get(line.key, ())}
    marks = [ExtraField(one["page"], one.get("after"), _mark(one["field"])) for one in extra.values()]
    pages = []
    for page in extended(line, marks).pages:
        asked = [
            Question(deepcopy(extra[one.id]["field"])) if one.id in extra else Question(_shown(one), locked=True)
            for one in page.fields
        ]
        pages.append(Page(page.id, page.title, page.intro, asked))
    return Sheet(line.key, line.title, line.intro, own=False, pages=pages)


def _mark(field_: Mapping[str, Any]) -> FieldDefinition:
    """A stand-in for a question whose body may not be whole yet: only its id matters for its place."""
    return FieldDefinition(str(field_["id"]), "", "text")


def _shown(one: FieldDefinition) -> dict[str, Any]:
    """What is shown of a locked question, with what conditions may ask of it."""
    told: dict[str, Any] = {"id": one.id, "label": one.label, "type": one.type, "required": one.required}
    told["options"] = [{"value": value, "label": label} for value, label in one.options]
    return told | {key: getattr(one, key) for key in ("hint", "list", "show_if") if getattr(one, key)}


def write(body: Mapping[str, Any], sheet: Sheet) -> Body:
    """A body with the form as the sheet has it.

    An EditError names a question that stands before the one its condition rests on.
    """
    _check_order(sheet)
    made = deepcopy(dict(body))
    if sheet.own:
        forms = made.setdefault("forms", [])
        made["forms"] = [_form(sheet) if form["key"] == sheet.key else form for form in forms]
        return made
    added = made.setdefault("extra_fields", {})
    added[sheet.key] = [one for page in sheet.pages for one in _extra(page)]
    made["extra_fields"] = {key: some for key, some in added.items() if some}
    if not made["extra_fields"]:
        del made["extra_fields"]
    return made


def _extra(page: Page) -> list[dict[str, Any]]:
    before = [FIRST, *(one.id for one in page.questions)]
    return [
        {"page": page.id, "after": before[at], "field": one.body}
        for at, one in enumerate(page.questions)
        if not one.locked
    ]


def _form(sheet: Sheet) -> dict[str, Any]:
    pages = [
        _told({"id": page.id, "title": page.title, "intro": page.intro})
        | {"fields": [one.body for one in page.questions]}
        for page in sheet.pages
    ]
    return _told({"key": sheet.key, "title": sheet.title, "intro": sheet.intro}) | {"pages": pages}


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _check_order(sheet: Sheet) -> None:
    labels = {one.id: one.label for one in sheet.questions}
    seen: set[str] = set()
    for one in sheet.questions:
        for needed in one.body.get("show_if") or {}:
            if needed not in seen and not one.locked:
                name = labels.get(needed, needed)
                raise EditError({"": f"“{one.label}”要不要问取决于“{name}”，必须排在“{name}”的后面。"})
        seen.add(one.id)

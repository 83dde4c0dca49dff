"""The questions of a played step: those of its form, none of them demanded, and who does it on which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from saas.errors import InvalidInputError
from saas.fields import schema, views
from saas.fields.form import FieldDefinition, FormDefinition
from saas.fields.views import FieldView, Section
from saas.rehearsal import staging
from saas.web.admin.rehearsal import verb_forms
from saas.web.admin.rehearsal.frame import Desk
from saas.workflow.engine import CaseView
from saas.workflow.simulation import FILES, Act, Context, form_of

BY, PERSON, ON, KINDS = "_by", "_person", "_on", "_files"
LONGEST_NAME = 20
NO_DAY = "请选择日期，例如2026-03-05。"
NO_ROLE = "请选择由谁办理。"


@dataclass(frozen=True)
class Setting:
    """What a form of a played step is drawn from: the acts before it, where the case stands, and the day it is."""

    desk: Desk
    context: Context
    acts: Sequence[Act]
    view: CaseView | None
    day: date

    def form(self, action: str) -> FormDefinition | None:
        """What a step or a verb asks; None where it asks nothing."""
        definition = self.desk.definition
        if verb_forms.title_of(action) and self.view is not None:
            return verb_forms.form_of_verb(definition, self.view, self.acts, action)
        form = form_of(definition, action, self.context)
        return relaxed(form) if form else None


def relaxed(form: FormDefinition) -> FormDefinition:
    """A form that demands nothing: in a play only what matters is filled in. Files are told by their kind instead."""
    pages = [replace(page, fields=tuple(map(_free, _without_files(page.fields)))) for page in form.pages]
    return replace(form, pages=tuple(page for page in pages if page.fields))


def _without_files(fields: Sequence[FieldDefinition]) -> list[FieldDefinition]:
    return [field for field in fields if field.type != "file"]


def _free(field: FieldDefinition) -> FieldDefinition:
    least = None if field.type in {"text", "longtext"} else field.minimum
    most = None if field.maximum == "now" else field.maximum
    return replace(field, required=False, minimum=least, maximum=most, read=(), write=())


def sections(setting: Setting, action: str, values: Mapping[str, Any], errors: Mapping[str, str]) -> list[Section]:
    """The form of a step as it is drawn."""
    form = setting.form(action)
    if form is None:
        return []
    return views.sections(form, values, errors, _context(setting, setting.day))


def about(setting: Setting, given: Mapping[str, Any], errors: Mapping[str, str]) -> list[FieldView]:
    """Who does it, on which day, and what material there is by then."""
    definition = setting.desk.definition
    roles = [("", "请选择"), *definition.roles.items()]
    role, _, person = str(given.get("by", "")).partition(":")
    drawn = [
        FieldView(BY, BY, "由谁办理", "choice", str(given.get(BY, role)), options=roles, required=True),
        FieldView(
            *(PERSON, PERSON, "办理人姓名", "text", str(given.get(PERSON, person))),
            hint="同一角色有几个人时填写，例如“甲”；不填就是同一个人。",
            maxlength=LONGEST_NAME,
        ),
        FieldView(ON, ON, "办理日期", "date", str(given.get(ON, setting.day)), required=True),
    ]
    line = staging.line_of(definition)
    if line and line.file_categories:
        kinds = [(one.code, one.title) for one in line.file_categories]
        drawn.append(FieldView(KINDS, KINDS, "这时已有的材料", "multichoice", given.get(KINDS, []), options=kinds))
    return [replace(one, error=errors.get(one.name)) for one in drawn]


def read_act(setting: Setting, action: str, sent: MultiDict[str, str]) -> Act:
    """The act that a form describes.

    Raises:
        InvalidInputError: Nobody does it, its day is no day, or answers are none of the form's.
    """
    by, on = _who(setting, sent), read_day(sent.get(ON, ""))
    form = setting.form(action)
    raw = {name: sent.getlist(name) for name in sent}
    answers = schema.load(form, raw, _context(setting, on)) if form else {}
    kinds = [kind for kind in sent.getlist(KINDS) if kind]
    known = {name: value for name, value in answers.items() if value is not None}
    return Act(action, by, on, known | ({FILES: kinds} if kinds else {}))


def read_day(text: str) -> date:
    """A day as a browser sends it.

    Raises:
        InvalidInputError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInputError({ON: NO_DAY}) from error


def _who(setting: Setting, sent: MultiDict[str, str]) -> str:
    role, person = sent.get(BY, ""), sent.get(PERSON, "").strip()[:LONGEST_NAME].replace(":", "")
    if role not in setting.desk.definition.roles:
        raise InvalidInputError({BY: NO_ROLE})
    return f"{role}:{person}" if person else role


def _context(setting: Setting, day: date) -> schema.FieldContext:
    return staging.field_context(setting.desk.definition, setting.acts, day)

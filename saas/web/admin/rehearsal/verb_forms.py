"""What is asked before a verb is played, as a form like those of drawn steps."""

from collections.abc import Callable, Mapping, Sequence

from saas.fields.form import FieldDefinition, FormDefinition, PageDefinition
from saas.rehearsal import staging
from saas.workflow.engine import CaseView
from saas.workflow.engine_acts import TITLES
from saas.workflow.engine_path import goals
from saas.workflow.engine_regions import leaving
from saas.workflow.process import Definition
from saas.workflow.simulation import VERB, Act

ASKED: Mapping[str, tuple[str, ...]] = {
    "pass_on": ("person", "reason"),
    "delegate": ("person", "reason"),
    "copy": ("person",),
    "cosign": ("action", "person"),
    "sign": ("action", "agreed", "reason"),
    "link": ("number",),
    "merge": ("number", "reason"),
    "send_back": ("to", "reason"),
    "withdraw": ("reason",),
    "suspend": ("reason",),
    "extend": ("days", "reason"),
}
"""The questions of each verb; one that is not named asks nothing."""
Options = tuple[tuple[str, str], ...]


def title_of(action: str) -> str | None:
    """What a verb is called; None for what is none."""
    return TITLES.get(action.removeprefix(VERB)) if action.startswith(VERB) else None


def form_of_verb(definition: Definition, view: CaseView, acts: Sequence[Act], action: str) -> FormDefinition:
    """The form of a verb as things stand."""
    asked = ASKED.get(action.removeprefix(VERB), ())
    fields = tuple(_QUESTIONS[name](definition, view, acts) for name in asked)
    title = title_of(action) or action
    return FormDefinition(action, title, (PageDefinition("verb", title, fields),) if fields else ())


def _choice(name: str, label: str, options: Options) -> FieldDefinition:
    return FieldDefinition(name, label, "choice", options=options)


def _person(definition: Definition, _view: CaseView, acts: Sequence[Act]) -> FieldDefinition:
    people = staging.cast(definition, acts)
    return _choice("person", "另一个人", tuple((by, staging.name_of(definition, by)) for by in people))


def _action(definition: Definition, view: CaseView, _acts: Sequence[Act]) -> FieldDefinition:
    return _choice("action", "哪一步", tuple((step.id, step.title) for step, _ in leaving(definition, view)))


def _to(definition: Definition, view: CaseView, _acts: Sequence[Act]) -> FieldDefinition:
    passed = goals(definition, view.log)
    return _choice("to", "退回到", tuple((state, definition.states[state].title) for state in passed))


_QUESTIONS: Mapping[str, Callable[[Definition, CaseView, Sequence[Act]], FieldDefinition]] = {
    "person": _person,
    "action": _action,
    "to": _to,
    "reason": lambda _definition, _view, _acts: FieldDefinition("reason", "理由", "longtext"),
    "agreed": lambda _definition, _view, _acts: FieldDefinition("agreed", "同意", "boolean"),
    "number": lambda _definition, _view, _acts: FieldDefinition("number", "另一件案件的编号", "text"),
    "days": lambda _definition, _view, _acts: FieldDefinition("days", "延长多少", "integer"),
}

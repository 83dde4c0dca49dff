"""What somebody does in a played case, and what the play has to know of the world around it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from saas.calendar import Calendar
from saas.fields.form import FormDefinition
from saas.workflow.engine import Reason
from saas.workflow.forms import extended
from saas.workflow.process import Definition

Rule = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[Reason]]
Facts = Callable[[Any, Mapping[str, Any]], Mapping[str, Any]]

FILES = "files"
"""The answer that is no question of a form: the kinds of material that are there from this step on."""


@dataclass(frozen=True)
class Act:
    """One step tried: a way of opening, a transition, or a verb (`@suspend`).

    `by` is a role, or `role:person`, so that two people can hold one role and one person two.
    """

    action: str
    by: str
    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What surrounds a process: its forms by key, a calendar, the rules and facts of the line, settings by key."""

    forms: Mapping[str, FormDefinition]
    calendar: Calendar
    rules: Mapping[str, Rule] = field(default_factory=dict)
    facts: Facts | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


class Setting(Protocol):
    """What a play needs of a declared setting."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def default(self) -> Any:  # noqa: ANN401 - whatever the setting is of
        """Its value where nobody has changed it."""


class Line(Protocol):
    """What a play needs of a line of work."""

    @property
    def fields(self) -> Mapping[str, FormDefinition]:
        """Its forms by key."""

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Its checks by name."""

    @property
    def facts(self) -> Facts | None:
        """What its checks ask of a case."""

    @property
    def settings(self) -> Sequence[Setting]:
        """What cities may set."""


def example_context(definition: Definition, line: Line | None) -> Context:
    """The world in which scenarios are played: the national calendar, and settings as the line declares them.

    What a city sets or takes off from day to day must not make an example wrong that was right. A process without a
    line of work has only what it brings itself.
    """
    if line is None:
        return Context(definition.forms, Calendar())
    settings = {one.key: one.default for one in line.settings}
    return Context(forms_of(definition, line), Calendar(), line.rules, line.facts, settings)


def forms_of(definition: Definition, line: Line) -> dict[str, FormDefinition]:
    """The forms a process may ask: its line's with the questions it adds, and its own."""
    added = definition.extra_fields
    theirs = {key: extended(form, added[key]) if key in added else form for key, form in line.fields.items()}
    return {**theirs, **definition.forms}


def role_of(by: str) -> str:
    """The role of `role` or `role:person`."""
    return by.partition(":")[0]


def person_of(by: str) -> str:
    """Who acts: the person of `role:person`, else whoever holds the role, called by its name."""
    role, _, person = by.partition(":")
    return person or role

"""What is checked: a definition with everything it may refer to, looked up once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from saas.fields.form import FieldDefinition, FormDefinition
from saas.workflow import tables
from saas.workflow.checks.graph import Graph, flat
from saas.workflow.forms import extended
from saas.workflow.process import Definition, Transition, Way

Step: TypeAlias = Way | Transition
OUTSIDE = frozenset({"citizen", "system"})
"""Roles no member of staff holds."""


@dataclass(frozen=True)
class Around:
    """What a city is when a definition is checked for it; what is None is not checked.

    Attributes:
        today: The day of the check.
        holders: Who holds each role of the staff, by the role's code.
        lacking: The units in which nobody holds a role, by the role's code.
        calendar_until: The last day whose working days are published.
        facts: The guard variables the line of work supplies.
        limits: The least and the greatest value of every setting that is a number.
    """

    today: date | None = None
    holders: Mapping[str, Collection[str]] | None = None
    lacking: Mapping[str, Collection[str]] = field(default_factory=dict)
    calendar_until: date | None = None
    facts: Collection[str] | None = None
    limits: Mapping[str, tuple[int | None, int | None]] | None = None


@dataclass(frozen=True)
class Matter:
    """A definition and its surroundings; `forms` are those of the line and its own, each with the city's questions."""

    definition: Definition
    line_forms: Mapping[str, FormDefinition]
    codes: frozenset[str]
    rules: frozenset[str]
    base: Mapping[str, Any] | None
    around: Around

    @classmethod
    def of(
        cls,
        definition: Definition,
        forms: Mapping[str, FormDefinition],
        codes: Collection[str],
        rules: Collection[str],
        *,
        base: Mapping[str, Any] | None,
        around: Around | None,
    ) -> "Matter":
        """Put together what `check` is given."""
        all_codes = frozenset(codes) | {paper.code for paper in definition.papers}
        return cls(definition, forms, all_codes, frozenset(rules), base, around or Around())

    @cached_property
    def forms(self) -> Mapping[str, FormDefinition]:
        """The forms as they are asked."""
        return {key: self._asked(key, form) for key, form in {**self.line_forms, **self.definition.forms}.items()}

    def _asked(self, key: str, form: FormDefinition) -> FormDefinition:
        """The form with the city's questions, once: some callers have them in it already."""
        there = set(form.field_ids)
        return extended(form, [one for one in self.definition.extra_fields.get(key, ()) if one.field.id not in there])

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Where each step stands, by its id."""
        return {step.id: place for place, step in self.steps()}

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        """Ways and transitions by id, those of regions too."""
        return {step.id: step for _, step in self.steps()}

    @cached_property
    def inner(self) -> Mapping[str, str]:
        """The state whose region a step belongs to, by the step's id."""
        return {
            step.id: state.id
            for state in self.definition.states.values()
            for region in state.regions.values()
            for step in region.transitions
        }

    @property
    def leaving(self) -> Mapping[str, Sequence[Transition]]:
        """The steps that leave each state of the process."""
        return self.definition.leaving

    @cached_property
    def graph(self) -> Graph:
        """The states and steps of the process itself; only to be read."""
        return flat(self.definition)

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The types of everything a guard may name."""
        return tables.guard_types(self.definition)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the fields are called, by the names guards use."""
        return {
            f"{scope}.{one.id}": one.label
            for form in self.forms.values()
            for one in form.fields
            for scope in ("case", "form")
        }

    def label(self, name: str) -> str:
        """A guard variable in words."""
        scope, _, id_ = name.partition(".")
        if scope == "decision" and id_ in self.definition.decisions:
            return self.definition.decisions[id_].title
        if scope == "params" and id_ in self.definition.params:
            return self.definition.params[id_].title
        return self.labels.get(name, name)

    def steps(self) -> Iterator[tuple[str, Step]]:
        """Every way and transition with its place, those of regions too."""
        yield from ((f"opens.{way.id}", way) for way in self.definition.opens)
        yield from ((f"transitions.{step.id}", step) for step in self.definition.transitions)
        for state in self.definition.states.values():
            for region in state.regions.values():
                place = f"states.{state.id}.regions.{region.id}.transitions"
                yield from ((f"{place}.{step.id}", step) for step in region.transitions)

    def fields_of(self, step: Step | None) -> tuple[FieldDefinition, ...]:
        """What a step asks."""
        form = self.forms.get(step.form or "") if step else None
        return form.fields if form else ()

    def asks(self, step: Step | None, field_id: str) -> bool:
        """Whether a step asks a field."""
        return any(one.id == field_id for one in self.fields_of(step))

    def state_title(self, state: str) -> str:
        """A state in words."""
        return self.definition.state_title(state)

    def role_title(self, role: str) -> str:
        """A role in words."""
        return self.definition.roles.get(role, role)

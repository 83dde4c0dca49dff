"""The parts of a process definition as plain frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from saas.fields.form import FormDefinition
from saas.workflow.process_parts import Decision, ExtraField, Figure, Paper, Param, PublicPage

VERB = "@"
"""What the name of an act begins with that is drawn in no process."""
VERBS = ("pass_on", "delegate", "copy", "cosign", "link", "merge", "send_back", "withdraw", "suspend", "extend")
"""What can be done in every process without being drawn; a process, or a state of it, says which are on."""
USUAL_VERBS = ("pass_on", "delegate", "copy", "cosign", "link")
"""Those that move no case and no limit are on unless a process says otherwise."""

OWN = "own"
"""The line of work of a process that the city made itself; parsed, each has a line of its own."""


def own_line(key: str) -> str:
    """The name of the line of work that a process of the city's own is."""
    return f"{OWN}_{key.replace('.', '_')}"


@dataclass(frozen=True)
class State:
    """Where a case can stand; `public` and `next` are the citizen's words.

    `regions` go on side by side while the case stands here; `verbs` replaces the process's own list.
    """

    id: str
    title: str
    public: str | None = None
    next: str | None = None
    queue: tuple[str, ...] = ()
    handler: bool = False
    end: bool = False
    phase: str | None = None
    outcome: str | None = None
    verbs: tuple[str, ...] | None = None
    regions: Mapping[str, "Region"] = field(default_factory=dict)


@dataclass(frozen=True)
class Region:
    """One of the things that go on side by side inside a state; done when it stands in one of `final`."""

    id: str
    title: str
    initial: str
    final: tuple[str, ...]
    states: Mapping[str, State]
    transitions: tuple["Transition", ...]


@dataclass(frozen=True)
class Sign:
    """Whose agreement a step needs before it is taken.

    `mode`: `all` of the roles, `any` one of them, in `sequence`, or `ratio`, at least that percentage of the roles.
    People asked besides (加签) count like a role each.
    """

    by: tuple[str, ...]
    mode: str = "all"
    ratio: int = 100


@dataclass(frozen=True)
class Assignment:
    """How a handler is proposed: by `load`, by `rotation`, or by `draw` with a seed that is kept.

    `skill` is the field that names the skill wanted; `cap` is how many open cases one person may have.
    """

    role: str
    strategy: str = "load"
    skill: str | None = None
    area: bool = False
    cap: int | None = None


@dataclass(frozen=True)
class Guard:
    """A CEL condition that must hold, and what to say when it does not."""

    that: str
    refuse: str
    law: str | None = None


@dataclass(frozen=True)
class Message:
    """What is told to whom (`citizen`, `handler` or `queue`) once the step is taken."""

    to: str
    title: str
    body: str


@dataclass(frozen=True)
class Way:
    """A way to open a case."""

    id: str
    title: str
    by: tuple[str, ...]
    form: str
    to: str
    documents: tuple[str, ...] = ()
    when: tuple[Guard, ...] = ()
    law: str | None = None
    checks: tuple[str, ...] = ()
    source: str | None = None
    message: Message | None = None


@dataclass(frozen=True)
class Transition:
    """A step that can be taken; `sources` are the states it leaves."""

    id: str
    title: str
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    form: str | None = None
    documents: tuple[str, ...] = ()
    when: tuple[Guard, ...] = ()
    checks: tuple[str, ...] = ()
    law: str | None = None
    only: str | None = None
    not_same_as: tuple[str, ...] = ()
    assign: str | None = None
    set_flags: tuple[str, ...] = ()
    clear_flags: tuple[str, ...] = ()
    confirm: str | None = None
    primary: bool = False
    quiet: bool = False
    comment: str | None = None
    file: str | None = None
    message: Message | None = None
    sign: Sign | None = None
    propose: Assignment | None = None
    cancel: bool = False
    """Whether the step may leave a state whose regions are not done."""


@dataclass(frozen=True)
class Invariant:
    """What no version may break.

    Pass one of `must_pass` before `before`; or no step by `by` to `to`; or the two steps `separate` by two persons.
    """

    must_pass: tuple[str, ...] = ()
    before: str | None = None
    by: str | None = None
    to: str | None = None
    separate: tuple[str, ...] = ()
    why: str | None = None
    law: str | None = None


@dataclass(frozen=True)
class Definition:
    """A whole process; `clocks` are plain rules by id, `fields` the types of guard variables.

    `forms` are the process's own forms by key, `extra_fields` what it adds to those of its line of work, by form;
    `papers`, `figures`, `page` and `number` (pattern of case numbers) are the city's own too. `scenarios` are plain,
    `layout` is where states are drawn.
    """

    key: str
    title: str
    version: int
    law: str | None
    initial: str
    domain: str
    roles: Mapping[str, str]
    opens: tuple[Way, ...]
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    clocks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    invariants: tuple[Invariant, ...] = ()
    phases: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, Any] | None = None
    verbs: tuple[str, ...] = USUAL_VERBS
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    params: Mapping[str, Param] = field(default_factory=dict)
    forms: Mapping[str, FormDefinition] = field(default_factory=dict)
    extra_fields: Mapping[str, tuple[ExtraField, ...]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    figures: tuple[Figure, ...] = ()
    page: PublicPage | None = None
    number: str | None = None
    scenarios: tuple[Mapping[str, Any], ...] = ()
    layout: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What it was parsed from, for comparing it with the pack it stands on."""

    def verbs_at(self, state: str) -> tuple[str, ...]:
        """The verbs that are on in a state."""
        own = self.states[state].verbs if state in self.states else None
        return self.verbs if own is None else own

    @cached_property
    def all_transitions(self) -> tuple[Transition, ...]:
        """The transitions of the process and of the regions of its states; ids are unique among them all."""
        inner = (region.transitions for state in self.states.values() for region in state.regions.values())
        return (*self.transitions, *(one for some in inner for one in some))

    @cached_property
    def _by_id(self) -> Mapping[str, Transition]:
        """The first of each id: what is checked may name two alike."""
        return {one.id: one for one in reversed(self.all_transitions)}

    @cached_property
    def leaving(self) -> Mapping[str, Sequence[Transition]]:
        """By state the steps of the process that leave it, in their order; nothing for one that none leaves."""
        found: dict[str, list[Transition]] = {}
        for step in self.transitions:
            for source in dict.fromkeys(step.sources):
                found.setdefault(source, []).append(step)
        return found

    def find_transition(self, action: str) -> Transition | None:
        """The transition of this id, if there is one."""
        return self._by_id.get(action)

    def find_way(self, way: str) -> Way | None:
        """The way of opening of this id, if there is one."""
        return next((one for one in self.opens if one.id == way), None)

    def state_title(self, state: str) -> str:
        """The staff's word for a state; the id itself if the version does not have it."""
        return self.states[state].title if state in self.states else state

    def title_of(self, action: str) -> str:
        """The title of a step or a way of opening; the id itself if the version has neither."""
        found = self.find_transition(action) or self.find_way(action)
        return found.title if found else action

"""The parts of a process definition as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class State:
    """Where a case can stand; `public` and `next` are the citizen's words."""

    id: str
    title: str
    public: str | None = None
    next: str | None = None
    queue: tuple[str, ...] = ()
    handler: bool = False
    end: bool = False
    phase: str | None = None
    outcome: str | None = None


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


@dataclass(frozen=True)
class Invariant:
    """What no version may break: pass one of `must_pass` before `before`, or no step by `by` to `to`."""

    must_pass: tuple[str, ...] = ()
    before: str | None = None
    by: str | None = None
    to: str | None = None
    why: str | None = None
    law: str | None = None


@dataclass(frozen=True)
class Definition:
    """A whole process; `clocks` are plain rules by id, `fields` the types of guard variables."""

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

    def find_transition(self, action: str) -> Transition | None:
        """The transition of this id, if there is one."""
        return next((one for one in self.transitions if one.id == action), None)

    def find_way(self, way: str) -> Way | None:
        """The way of opening of this id, if there is one."""
        return next((one for one in self.opens if one.id == way), None)

    def title_of(self, action: str) -> str:
        """The title of a step or a way of opening; the id itself if the version has neither."""
        found = self.find_transition(action) or self.find_way(action)
        return found.title if found else action

"""What goes into the engine and comes out of it: the case, who acts, what a step comes to, why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from saas.workflow.process import VERB, Message, Transition
from saas.workflow.tables import Hit

Identity = UUID | str | None
OUTER = ""
"""The name of what is held of a case outside any region."""


@dataclass(frozen=True)
class Reason:
    """One reason against a step: a sentence, the field to put right, the law, and what would help."""

    code: str
    sentence: str
    field: str | None = None
    law: str | None = None
    help: str | None = None


@dataclass(frozen=True)
class Standing:
    """Where a case stood at a moment, for going back there."""

    state: str
    regions: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    handler_id: Identity = None


@dataclass(frozen=True)
class Past:
    """An entry of the log: a drawn step, or a verb written ``@name``.

    ``void`` is ``withdrawn`` or ``sent_back`` for a step that no longer counts, ``issued`` says that a document was
    made by it, ``region`` that it moved inside one, ``before`` where the case stood before it, ``note`` what a
    signature says (action, role, agreed; action, person, name of one who is asked).
    """

    action: str
    by: Identity
    from_state: str | None
    to_state: str
    region: str | None = None
    void: str = ""
    issued: bool = False
    before: Standing | None = None
    note: Mapping[str, Any] = field(default_factory=dict)

    @property
    def moves(self) -> bool:
        """Whether a drawn step led somewhere else, or opened the case."""
        return not self.action.startswith(VERB) and (self.region is not None or self.from_state != self.to_state)


@dataclass(frozen=True)
class Signature:
    """What somebody said to a step before it is taken; ``role`` is empty for who was asked in person."""

    action: str
    by: Identity
    role: str = ""
    agreed: bool = True


@dataclass(frozen=True)
class Asked:
    """Somebody whose signature was wanted besides (加签)."""

    action: str
    person: Identity
    name: str = ""


@dataclass(frozen=True)
class Holding:
    """Who has taken what waits, and who gave it out for a while (委派) and gets it back."""

    by: Identity = None
    owner: Identity = None


@dataclass(frozen=True)
class Running:
    """A limit that runs: whether it stands still, and how often it was extended."""

    paused: bool = False
    extended: int = 0


@dataclass(frozen=True)
class CaseView:
    """What the engine needs of a case; `trace` is who took which step, oldest first, `log` the same in full.

    `regions` says where each region of the present state stands, `signed` and `asked` concern the steps that leave
    it, `held` is by region (`OUTER` for the case itself), `clocks` are those that run.
    """

    state: str
    flags: frozenset[str] = frozenset()
    handler_id: Identity = None
    trace: tuple[tuple[str, Identity], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    signed: tuple[Signature, ...] = ()
    asked: tuple[Asked, ...] = ()
    log: tuple[Past, ...] = ()
    held: Mapping[str, Holding] = field(default_factory=dict)
    clocks: Mapping[str, Running] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True)
class ActorView:
    """Who acts, and the roles held where the case lies."""

    id: Identity
    roles: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What a step or a verb comes to; the caller writes it down.

    `kind` is `step` or the verb's name. `region` is the one a step moved in, `regions` where all of them stand after
    it, `held` who has what waits where that changed, `void` the positions in the log that no longer count, `handler`
    whose case it is afterwards, `note` what a signature says. `decisions` and `params` are what the guards were
    answered with.
    """

    action: str
    title: str
    from_state: str | None
    to_state: str
    documents: tuple[str, ...]
    assign: str | None
    flags: frozenset[str]
    ends: bool
    outcome: str | None
    queue: tuple[str, ...]
    for_handler: bool
    message: Message | None
    kind: str = "step"
    regions: Mapping[str, str] = field(default_factory=dict)
    region: str | None = None
    handler: Identity = None
    held: Mapping[str, Holding] = field(default_factory=dict)
    void: tuple[int, ...] = ()
    note: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, Hit] = field(default_factory=dict)
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """Every reason why the step may not be taken."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Available:
    """A step that leaves the present state or a region's, and whether this person may take it."""

    action: Transition
    allowed: bool
    reasons: tuple[Reason, ...]
    region: str | None = None


def same(one: Identity, other: Identity) -> bool:
    """Whether two ids are one person's; a citizen without an account has no id to compare."""
    return one is not None and str(one) == str(other)

"""What a line of work declares to the platform: the table of contents of its folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any, Literal, Protocol

from flask import Blueprint, current_app

from saas.demo import DemoCase, DemoEntry, DemoSite
from saas.documents.form import Form
from saas.errors import NotFoundError
from saas.fields.definition import FormDefinition
from saas.identity.actor import Actor
from saas.identity.permissions import READING
from saas.identity.permissions import KernelPermission as Kernel
from saas.indicators.declaration import Indicator
from saas.inspections.declaration import InspectionKind
from saas.registers.declaration import Register
from saas.settings.declaration import Setting
from saas.workflow.engine import Reason
from saas.workflow.forms import extended
from saas.workflow.process import Definition

EXTENSION = "fengqiao.domains"
OWN = "fengqiao.own_lines"
"""What reads the lines of work that a city made itself stands above this module, so the application holds it."""
ENTRIES = "fengqiao.register_names"
"""So does what reads the entries of registers that questions of cases choose from."""

Rule = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[Reason]]
"""A check of the law: facts of the case and what was entered, to the reasons against the act.

``facts["entries"]`` are the entries of registers that were chosen now or before, by the questions they answer (see
:class:`RegisterNames`); a play of a draft has none.
"""


class EntryOptions(Protocol):
    """What can be chosen of a register at a unit."""

    def __call__(self, key: str, unit_path: str, *, public_only: bool) -> list[tuple[str, str]]:
        """The entries by id and name; citizens are shown public registers only."""


@dataclass(frozen=True)
class RegisterNames:
    """Entries of registers as answers: ``options`` of a register at a unit, for citizens or all; ``name`` of an id.

    ``told`` says of chosen ids, by the questions they answer, what rules go by: name, status, whether it is active,
    kind, expires_on (``YYYY-MM-DD`` or None) and the answers that lie open (``values``).
    """

    options: EntryOptions
    name: Callable[[str], str | None]
    told: Callable[[Mapping[str, str]], Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class RoleDeclaration:
    """A role that a new city begins with; ``code`` is what the processes name.

    ``clearance`` is the highest label of cases it sees; ``never`` are permissions the law keeps from it, whatever
    a city decides. Lines of work that declare the same code share the role: it has what each of them gives it, and
    reaches the cases of these lines only.
    """

    code: str
    title: str
    permissions: frozenset[str]
    clearance: int = 0
    never: frozenset[str] = frozenset()


KERNEL_ROLES = (
    RoleDeclaration(
        "admin",
        "系统管理员",
        frozenset(
            {
                *(Kernel.ADMIN, Kernel.IDENTITY_READ, Kernel.IDENTITY_MANAGE, Kernel.STATISTICS),
                *(Kernel.CONFIGURE, Kernel.CONFIG_READ),
            }
        ),
    ),
    RoleDeclaration(
        "security",
        "安全管理员",
        frozenset(
            {
                *(Kernel.IDENTITY_READ, Kernel.IDENTITY_APPROVE, Kernel.EXPORT_APPROVE),
                *(Kernel.CONFIG_READ, Kernel.CONFIG_APPROVE),
            }
        ),
    ),
    RoleDeclaration("auditor", "审计管理员", READING, clearance=2),
)
"""Roles every city has, one of each duty: who administers reads no case, who audits changes nothing."""


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the staff's side menu, shown to those who may open it."""

    title: str
    endpoint: str
    icon: str
    permission: str
    order: int = 50
    open_to: Callable[[Actor], bool] | None = None
    """Who of those who hold the permission sees it; all of them where nothing is said."""


@dataclass(frozen=True)
class ProcessPack:
    """A process with its national file and the local files that change it, by division number.

    A division of a city is looked up as it stands, then as its province: 520300 before 520000.
    """

    key: str
    national: Path
    local: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class VolumeItem:
    """A place in the prescribed order of a file: which forms and which attachments stand there.

    ``part`` is main for 正卷, which parties and courts may read, or sub for 副卷, which stays with the body.
    """

    title: str
    forms: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    required: bool = False
    part: Literal["main", "sub"] = "main"
    processes: tuple[str, ...] = ()
    """The processes in whose files it stands; in all of the line's when none is named."""


@dataclass(frozen=True)
class VolumeForms:
    """The codes of the forms that frame a file; absent ones are left out."""

    cover: str
    catalogue: str
    statement: str
    back: str


@dataclass(frozen=True)
class FileCategory:
    """A kind of attachment; evidence keeps its original bytes, metadata included."""

    code: str
    title: str
    evidence: bool = False


@dataclass(frozen=True)
class Guide:
    """What a citizen reads before applying: can I, what to bring, how long, whom to ask."""

    process: str
    way: str
    title: str
    summary: str
    who: tuple[str, ...]
    bring: tuple[str, ...]
    time: str
    fee: str
    place: str
    law: tuple[str, ...]


@dataclass(frozen=True)
class Domain:
    """One line of work; everything the platform knows of it stands here."""

    name: str
    title: str
    laws: tuple[str, ...]
    permissions: type[StrEnum]
    permission_titles: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[RoleDeclaration, ...] = ()
    processes: tuple[ProcessPack, ...] = ()
    forms: tuple[Form, ...] = ()
    fields: Mapping[str, FormDefinition] = field(default_factory=dict)
    code_lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    facts: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] | None = None
    label_for: Callable[[str, Mapping[str, Any]], int] | None = None
    """How closely a case is kept from its opening on; given the process and the values of the way in. Without: 一般."""
    documents_for: Callable[[str, Any], str] | None = None
    """Which form is issued where a step names one with variants; given the code and the snapshot."""
    volume: tuple[VolumeItem, ...] = ()
    volume_forms: VolumeForms | None = None
    file_categories: tuple[FileCategory, ...] = ()
    settings: tuple[Setting, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    registers: tuple[Register, ...] = ()
    """Whom and what the line keeps or supervises: institutions, licensed people, venues, volunteers."""
    inspections: tuple[InspectionKind, ...] = ()
    """What is inspected by drawn inspectors."""
    guides: tuple[Guide, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    views: tuple[Blueprint, ...] = ()
    handler_roles: tuple[str, ...] = ()
    """Roles whose holders may be made the handler of a case."""
    escalation: tuple[str, ...] = ()
    """Roles that are told of limits running out, the nearest to the case first."""
    demo: Callable[[DemoSite, int, Random], Iterable[DemoCase]] | None = None
    """Invented cases for a demonstration city, exactly as many as asked for where the city has who does them."""
    demo_weight: int = 1
    """How many of the invented cases are of this line, against the weights of the others."""
    demo_entries: Callable[[DemoSite, Random], Iterable[DemoEntry]] | None = None
    """Invented entries of registers for it; what others refer to comes first."""
    body_types: tuple[str, ...] = ()
    """Kinds of bodies that take cases of this line, nearest to the matter's area first."""


def domains() -> tuple[Domain, ...]:
    """All lines of work of this deployment, in the order of their folders; the same for every city."""
    found: tuple[Domain, ...] = current_app.extensions[EXTENSION]
    return found


def own_domains() -> tuple[Domain, ...]:
    """The lines of work the city made itself, by key; one statement for each session that asks."""
    read: Callable[[], tuple[Domain, ...]] = current_app.extensions[OWN]
    return read()


def register_names() -> RegisterNames:
    """How entries of registers are chosen and named in this deployment."""
    found: RegisterNames = current_app.extensions[ENTRIES]
    return found


def all_domains() -> tuple[Domain, ...]:
    """Every line of work of the city: the deployment's, then its own."""
    return (*domains(), *own_domains())


def _in_turn() -> Iterator[Domain]:
    """The same, the city's own read only by who comes to them: most requests never ask."""
    yield from domains()
    yield from own_domains()


def role_declarations() -> tuple[RoleDeclaration, ...]:
    """The roles a city begins with: the kernel's, then those of the lines of work, each once."""
    found: dict[str, RoleDeclaration] = {}
    for role in (role for domain in domains() for role in domain.roles):
        found[role.code] = _shared(found[role.code], role) if role.code in found else role
    return (*KERNEL_ROLES, *found.values())


def _shared(one: RoleDeclaration, other: RoleDeclaration) -> RoleDeclaration:
    return RoleDeclaration(
        one.code,
        one.title,
        one.permissions | other.permissions,
        max(one.clearance, other.clearance),
        one.never | other.never,
    )


def closed_to(role: str) -> frozenset[str]:
    """The lines of work whose cases a role does not reach: who serves some of them has no business with the others.

    The kernel's roles and those a city made itself serve every line, and every role the lines of the city's own.
    """
    served = {domain.name for domain in domains() if any(one.code == role for one in domain.roles)}
    return frozenset({domain.name for domain in domains()} - served) if served else frozenset()


def allowed_permissions(code: str) -> frozenset[str]:
    """The permissions that the role of a code may have in a city: all declared ones but those the law keeps from it."""
    declared = frozenset({*Kernel, *(str(one) for domain in domains() for one in domain.permissions)})
    return declared - next((role.never for role in role_declarations() if role.code == code), frozenset())


def get_domain(name: str) -> Domain:
    """The line of work of that name.

    Raises:
        NotFoundError: there is none.
    """
    for domain in _in_turn():
        if domain.name == name:
            return domain
    raise NotFoundError


def form_for(definition: Definition, key: str) -> FormDefinition:
    """A form as a version of a process asks it: its line's with the city's questions in their places, or its own.

    A case keeps its version, and with it the form its steps were answered in. What the law's line of work declares
    cannot be replaced by a form of the same name.

    Raises:
        NotFoundError: neither the line of work nor the process has it.
    """
    line = next((domain.fields[key] for domain in domains() if key in domain.fields), None)
    if line is not None:
        extra = definition.extra_fields.get(key)
        return extended(line, extra) if extra else line
    if key not in definition.forms:
        raise NotFoundError
    return definition.forms[key]

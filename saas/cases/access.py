"""Who reaches which case: by unit and line of work, or by helping, never above clearance. Nothing else decides it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from saas.cases.models import Case, Task
from saas.cases.people_models import Helper
from saas.domain import Domain, all_domains, closed_to
from saas.identity.actor import Actor, Granted
from saas.identity.permissions import KernelPermission

HIGHEST = 2
LABELS = ("一般", "敏感", "重要")
"""How closely a case is kept, from 0; a file or a document is kept as its case is."""

HELPING = frozenset(
    {
        KernelPermission.WORK,
        KernelPermission.CASE_READ,
        KernelPermission.CASE_ACT,
        KernelPermission.FILE_ADD,
        KernelPermission.DOCUMENT_READ,
    }
)
"""What helping with a case gives in it to who holds the permission in a unit of his own."""


@dataclass(frozen=True, order=True)
class Area:
    """Where cases are reached: under a path, up to a label, in every line of work but the closed ones."""

    path: str
    clearance: int
    closed: tuple[str, ...]

    def covers(self, other: "Area") -> bool:
        """Whether whoever reaches this reaches the other too."""
        wider = other.path.startswith(self.path) and other.clearance <= self.clearance
        return wider and set(self.closed) <= set(other.closed)

    def holds(self, case: Case) -> bool:
        """Whether a case lies in it."""
        inside = case.unit_path.startswith(self.path) and case.label <= self.clearance
        return inside and case.domain not in self.closed


def reach(actor: Actor, permission: str) -> ColumnElement[bool]:
    """A condition on cases: the actor may use the permission on them."""
    ways = [_lies_in(area) for area in _areas(actor, permission)]
    if permission in HELPING and actor.may(permission):
        ways.append(and_(_helped(Case.id, actor, permission), _kept(Case.label, clearance_of(actor, permission))))
    return or_(false(), *ways)


def lines_of(actor: Actor, permission: str) -> list[Domain]:
    """The lines of work in which the actor may use the permission, wherever it is."""
    closed = [closed_to(granted.role) for granted in actor.grants if permission in granted.permissions]
    return [line for line in all_domains() if any(line.name not in names for names in closed)]


def allows(actor: Actor, permission: str, case: Case) -> bool:
    """The same of one case that has been loaded."""
    if any(area.holds(case) for area in _areas(actor, permission)):
        return True
    helped = permission in HELPING and actor.may(permission) and helps(actor, case)
    return helped and case.label <= clearance_of(actor, permission, case.domain)


def roles_on(actor: Actor, case: Case) -> frozenset[str]:
    """The roles in which the actor meets a case: those held over its unit, and a helper's own."""
    held = {granted.role for granted in actor.grants if _area(granted).holds(case)}
    return frozenset(held | set(_helping_roles(actor, case)))


def titles_on(actor: Actor, case: Case) -> str:
    """What the log of a case calls the roles in which the actor meets it."""
    roles = roles_on(actor, case)
    return "、".join(sorted({granted.role_title for granted in actor.grants if granted.role in roles}))


def helps(actor: Actor, case: Case) -> bool:
    """Whether the actor helps with the case now."""
    return actor.id is not None and any(helper.user_id == actor.id for helper in case.helpers)


def waiting(actor: Actor) -> ColumnElement[bool]:
    """A condition on open tasks: they wait for the actor, or for others in a case he helps with."""
    queues = (
        and_(Task.roles.contains([granted.role]), _inside(Task.unit_path, Task.label, granted.path, granted.clearance))
        for granted in actor.grants
    )
    label = _kept(Task.label, clearance_of(actor, KernelPermission.WORK))
    helped = _helped(Task.case_id, actor, KernelPermission.WORK)
    mine = and_(or_(Task.assignee_id == actor.id, helped), label)
    return or_(mine, and_(Task.assignee_id.is_(None), or_(false(), *queues)))


def clearance_of(actor: Actor, permission: str, domain: str = "") -> int:
    """The highest label the actor may see with a permission, wherever it is held; -1 without it.

    Of a line of work that a role does not serve, the role shows nobody what is kept most closely.
    """
    held = (granted for granted in actor.grants if permission in granted.permissions)
    return max((_clearance(granted, domain) for granted in held), default=-1)


def _clearance(granted: Granted, domain: str) -> int:
    return min(granted.clearance, HIGHEST - 1) if domain in closed_to(granted.role) else granted.clearance


def _area(granted: Granted) -> Area:
    return Area(granted.path, granted.clearance, tuple(sorted(closed_to(granted.role))))


def _areas(actor: Actor, permission: str) -> list[Area]:
    """Where the permission is held, what another grant covers left out."""
    found = sorted({_area(granted) for granted in actor.grants if permission in granted.permissions})
    return [one for one in found if not any(other.covers(one) for other in found if other != one)]


def _lies_in(area: Area) -> ColumnElement[bool]:
    inside = _inside(Case.unit_path, Case.label, area.path, area.clearance)
    return and_(inside, Case.domain.not_in(area.closed)) if area.closed else inside


def _inside(
    path: InstrumentedAttribute[str], label: InstrumentedAttribute[int], scope: str, clearance: int
) -> ColumnElement[bool]:
    return and_(path.startswith(scope, autoescape=True), _kept(label, clearance))


def _kept(label: InstrumentedAttribute[int], clearance: int) -> ColumnElement[bool]:
    # Who may see every label is not asked about it: the indexes know paths only.
    return and_(True) if clearance >= HIGHEST else label <= clearance  # noqa: FBT003 - SQLAlchemy's way of saying no condition


def _helped(column: InstrumentedAttribute[object], actor: Actor, permission: str) -> ColumnElement[bool]:
    # As an array, so that it is asked once and the index of the column can be used.
    return column == func.any(func.array(_open_help(actor, permission).scalar_subquery()))


def _open_help(actor: Actor, permission: str) -> Select[object]:
    """The cases helped with, but for the most closely kept ones of lines in which no role of the actor shows these."""
    query = select(Helper.case_id).where(
        Helper.user_id == actor.id, Helper.ended_at.is_(None), Helper.until > func.now()
    )
    held = [one for one in actor.grants if permission in one.permissions and one.clearance >= HIGHEST]
    closed = frozenset.intersection(*(closed_to(one.role) for one in held)) if held else frozenset[str]()
    if not closed:
        return query
    return query.join(Case, Helper.case_id == Case.id).where(
        or_(Case.label < HIGHEST, Case.domain.not_in(sorted(closed)))
    )


def _helping_roles(actor: Actor, case: Case) -> Iterator[str]:
    acting = [granted for granted in actor.grants if KernelPermission.CASE_ACT in granted.permissions]
    if acting and helps(actor, case):
        yield from (granted.role for granted in acting if case.label <= _clearance(granted, case.domain))

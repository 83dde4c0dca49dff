"""Reading inspections: the kinds somebody has a part in, plans, what was drawn, who inspects."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from saas import clock
from saas.cases.models import Case
from saas.db.session import db
from saas.domain import all_domains, closed_to
from saas.errors import NotFoundError
from saas.identity.actor import Actor, Granted
from saas.identity.models import Grant, Role, User
from saas.inspections.declaration import InspectionKind
from saas.inspections.models import Assignment, Inspector, Item, Plan, Recusal
from saas.organisation.models import Person, Unit

PUBLISHED = ("published", "closed")


def kinds() -> dict[str, InspectionKind]:
    """Every declared kind by its key."""
    return {kind.key: kind for line in all_domains() for kind in line.inspections}


def get_kind(key: str) -> InspectionKind:
    """The kind of that key.

    Raises:
        NotFoundError: No line of work declares it.
    """
    found = kinds().get(key)
    if found is None:
        raise NotFoundError
    return found


def kinds_of(actor: Actor, permissions: Collection[str] = ("plan", "work", "publish")) -> list[InspectionKind]:
    """The kinds in which the actor holds one of these permissions, in the order they are declared."""
    return [kind for kind in kinds().values() if any(actor.may(getattr(kind, one)) for one in permissions)]


def takes_part(actor: Actor) -> bool:
    """Whether the actor has a part in any kind."""
    return bool(kinds_of(actor))


def plans_of(actor: Actor) -> Select[Plan]:
    """The plans the actor may see, newest first: in reach by a permission of the kind, or as one of its inspectors."""
    ways = [_reached(kind, actor) for kind in kinds_of(actor)]
    query = select(Plan).where(or_(false(), *ways)).options(joinedload(Plan.unit))
    return query.order_by(Plan.planned_at.desc(), Plan.id.desc())


def _reached(kind: InspectionKind, actor: Actor) -> ColumnElement[bool]:
    scopes = {scope for permission in kind.permissions for scope in actor.scopes(permission)}
    inside = [Plan.unit_path.startswith(scope, autoescape=True) for scope in sorted(scopes)]
    listed = exists().where(Inspector.plan_id == Plan.id, Inspector.user_id == actor.id)
    mine = listed if actor.may(kind.work) else false()
    return and_(Plan.kind == kind.key, or_(*inside, mine))


def under(paths: Sequence[str]) -> ColumnElement[bool]:
    """A condition on objects of plans: they lie at or under one of the paths."""
    return or_(false(), *(Item.unit_path.startswith(path, autoescape=True) for path in paths))


def counted(actor: Actor, permission: str) -> ColumnElement[bool]:
    """A condition on objects of plans: the actor may use a permission of the kernel in their unit and their line."""
    held = [granted for granted in actor.grants if permission in granted.permissions]
    return or_(false(), *(_counted(granted) for granted in held))


def _counted(granted: Granted) -> ColumnElement[bool]:
    closed = closed_to(granted.role)
    out = [kind.key for line in all_domains() if line.name in closed for kind in line.inspections]
    return Item.unit_path.startswith(granted.path, autoescape=True) & Plan.kind.not_in(out)


def get_plan(plan_id: UUID, actor: Actor, *, for_update: bool = False) -> Plan:
    """A plan the actor may see.

    Raises:
        NotFoundError: There is none.
    """
    query = plans_of(actor).where(Plan.id == plan_id)
    if for_update:
        query = query.with_for_update(of=Plan).execution_options(populate_existing=True)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def list_published(*, offset: int = 0, limit: int = 20) -> Sequence[Plan]:
    """The plans whose results everybody may read, the one published last first."""
    query = _public().options(joinedload(Plan.unit)).order_by(Plan.published_at.desc(), Plan.id.desc())
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def count_published() -> int:
    """How many plans everybody may read."""
    return count(_public())


def get_published(plan_id: UUID) -> Plan:
    """A plan that everybody may read.

    Raises:
        NotFoundError: There is none.
    """
    found = db.session.scalars(_public().where(Plan.id == plan_id).options(joinedload(Plan.unit))).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def _public() -> Select[Plan]:
    open_kinds = [kind.key for kind in kinds().values() if kind.public]
    return select(Plan).where(Plan.state.in_(PUBLISHED), Plan.kind.in_(open_kinds))


def count(query: Select[Any]) -> int:
    """How many rows a query finds."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def page(query: Select[Any], *, offset: int, limit: int) -> Sequence[Any]:
    """A page of what a query finds."""
    return db.session.scalars(query.offset(offset).limit(limit)).unique().all()


def list_items(plan: Plan) -> Sequence[Item]:
    """All that may be drawn, by what the draw knows them by."""
    return db.session.scalars(select(Item).where(Item.plan_id == plan.id).order_by(Item.ref)).all()


def items_of(plan: Plan) -> Select[Item]:
    """All that may be drawn, what was drawn first and in the order of the draw, with its inspectors."""
    order = (Item.position.asc().nulls_last(), Item.title, Item.ref)
    return select(Item).where(Item.plan_id == plan.id).order_by(*order).options(*_with_inspectors())


def drawn_items(plan: Plan) -> Select[Item]:
    """What was drawn, in the order of the draw, with its inspectors."""
    return items_of(plan).where(Item.position.is_not(None))


def list_drawn(plan: Plan) -> Sequence[Item]:
    """The same, all of it."""
    return db.session.scalars(drawn_items(plan)).all()


def get_item(plan: Plan, item_id: UUID, *, for_update: bool = False) -> Item:
    """Something on the list of a plan, with its inspectors.

    Raises:
        NotFoundError: Nothing of that id is.
    """
    query = items_of(plan).where(Item.id == item_id)
    if for_update:
        query = query.with_for_update(of=Item).execution_options(populate_existing=True)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def _with_inspectors() -> tuple[ExecutableOption, ...]:
    return (selectinload(Item.assignments).joinedload(Assignment.inspector),)


def list_inspectors(plan: Plan) -> Sequence[Inspector]:
    """Who may be drawn, by name."""
    query = select(Inspector).where(Inspector.plan_id == plan.id).order_by(Inspector.name, Inspector.user_id)
    return db.session.scalars(query).all()


def list_closed(process: str, start: datetime, end: datetime, within: ColumnElement[bool]) -> Sequence[Case]:
    """The cases of a process closed from one moment to before another, with units and steps, by number."""
    period = (Case.closed_at >= start, Case.closed_at < end)
    query = select(Case).where(Case.process_key == process, *period, within)
    return db.session.scalars(
        query.options(joinedload(Case.unit), selectinload(Case.steps)).order_by(Case.number)
    ).all()


def list_recusals(plan: Plan) -> Sequence[Recusal]:
    """Who keeps out of what, the first registered first."""
    query = select(Recusal).where(Recusal.plan_id == plan.id).order_by(Recusal.since, Recusal.id)
    return db.session.scalars(query.options(joinedload(Recusal.item), joinedload(Recusal.inspector))).all()


def list_waiting(actor: Actor, *, limit: int) -> Sequence[Item]:
    """What waits for the actor to write down its result, the soonest due first."""
    query = select(Item).join(Item.plan).where(Plan.state == "drawn", Item.grade.is_(None), _mine(actor))
    query = query.order_by(Plan.due_on, Plan.id, Item.position).options(joinedload(Item.plan))
    return db.session.scalars(query.limit(limit)).all()


def count_waiting(actor: Actor) -> int:
    """How much waits for the actor."""
    query = select(func.count(Item.id)).join(Item.plan)
    return db.session.scalar(query.where(Plan.state == "drawn", Item.grade.is_(None), _mine(actor))) or 0


def _mine(actor: Actor) -> ColumnElement[bool]:
    given = select(Assignment.item_id).join(Assignment.inspector)
    return Item.id.in_(given.where(Inspector.user_id == actor.id, Assignment.ended_at.is_(None)))


def count_load(plan: Plan) -> dict[UUID, int]:
    """How many objects each inspector of a plan has now, by the inspector's row; those without any too."""
    now = and_(Assignment.inspector_id == Inspector.id, Assignment.ended_at.is_(None))
    query = select(Inspector.id, func.count(Assignment.id)).outerjoin(Assignment, now)
    rows = db.session.execute(query.where(Inspector.plan_id == plan.id).group_by(Inspector.id))
    return {row[0]: row[1] for row in rows}


def count_grades(plans: Iterable[UUID]) -> dict[UUID, dict[str | None, int]]:
    """How many drawn objects of each plan have which grade; under None those that wait for a result."""
    query = select(Item.plan_id, Item.grade, func.count()).where(Item.plan_id.in_(list(plans)))
    found: dict[UUID, dict[str | None, int]] = {}
    for plan_id, grade, number in db.session.execute(
        query.where(Item.position.is_not(None)).group_by(Item.plan_id, Item.grade)
    ):
        found.setdefault(plan_id, {})[grade] = number
    return found


def count_open(plan: Plan) -> tuple[int, int]:
    """How many drawn objects wait for a result, and how many for being put right."""
    waiting = func.count(case((Item.grade.is_(None), 1)))
    wrong = func.count(case((and_(Item.rectify_by.is_not(None), Item.rectified_on.is_(None)), 1)))
    row = db.session.execute(select(waiting, wrong).where(Item.plan_id == plan.id, Item.position.is_not(None))).one()
    return row[0], row[1]


def last_recorded(plan: Plan) -> date | None:
    """The day on which the last result was written down."""
    last = db.session.scalar(select(func.max(Item.recorded_at)).where(Item.plan_id == plan.id))
    return clock.local(last).date() if last else None


def list_holders(role: str, path: str) -> Sequence[User]:
    """The active accounts that hold a role at a unit at or below a path, by name."""
    held = select(Grant.user_id).join(Unit, Grant.unit_id == Unit.id)
    held = held.where(Grant.role_code == role, Unit.path.startswith(path, autoescape=True))
    return _by_name(User.id.in_(held))


def list_able(usernames: Collection[str], permission: str) -> Sequence[User]:
    """Of these active accounts those that hold a permission anywhere, by name."""
    held = select(Grant.user_id).join(Role, Grant.role_code == Role.code)
    held = held.where(Role.permissions.contains([permission]))
    return _by_name(and_(User.username.in_(usernames), User.id.in_(held)))


def _by_name(condition: ColumnElement[bool]) -> Sequence[User]:
    query = select(User).join(User.person).where(User.active, condition).options(joinedload(User.person))
    return db.session.scalars(query.order_by(Person.name, User.username)).all()


def has_inspected(plan: Plan, actor: Actor) -> bool:
    """Whether the actor inspects an object of the plan or wrote down a result of it."""
    mine = select(Item.id).where(Item.plan_id == plan.id, or_(Item.recorded_by_id == actor.id, _mine(actor)))
    return db.session.scalar(mine.limit(1)) is not None

"""Reading cases: one by its number, and lists inside the actor's units."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from saas.cases import access
from saas.cases.models import Case, Clock, Draft, Helper, Task
from saas.db.session import db
from saas.errors import NotFoundError
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.organisation.models import Unit


def get_case(
    number: str, actor: Actor, *, permission: str = KernelPermission.CASE_READ, for_update: bool = False
) -> Case:
    """A case within the actor's reach, with its parties, steps, clocks, unit, handler and helpers.

    Raises:
        NotFoundError: there is none of that number where the actor may look.
    """
    query = (
        select(Case)
        .where(Case.number == number, access.reach(actor, permission))
        .options(
            joinedload(Case.unit),
            joinedload(Case.handler).joinedload(User.person),
            joinedload(Case.helpers).joinedload(Helper.user).joinedload(User.person),
            selectinload(Case.parties),
            selectinload(Case.steps),
            selectinload(Case.clocks),
        )
    )
    if for_update:
        query = query.with_for_update(of=Case).execution_options(populate_existing=True)
    case = db.session.scalars(query).unique().one_or_none()
    if case is None:
        raise NotFoundError
    return case


def get_case_by_id(case_id: UUID, *, for_update: bool = False) -> Case:
    """A case by its id, for code that has already settled who may see it.

    Raises:
        NotFoundError: there is none.
    """
    query = select(Case).where(Case.id == case_id)
    if for_update:
        query = query.with_for_update(of=Case).execution_options(populate_existing=True)
    case = db.session.scalars(query).one_or_none()
    if case is None:
        raise NotFoundError
    return case


def find_case_for_citizen(number: str, secret: str) -> Case | None:
    """The case of a number whose query code, or the last digits of whose applicant's phone, is given."""
    query = select(Case).where(
        Case.number == number,
        or_(Case.query_code == secret.upper(), Case.contact_tail == secret),
    )
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty values do not narrow."""

    text: str = ""
    process: str = ""
    state: str = ""
    kind: str = ""
    handler: str = ""
    due: str = ""
    mine: str = ""
    opened_from: date | None = None
    opened_to: date | None = None


def open_tasks(actor: Actor, wanted: Filter, today: date) -> Select[Task]:
    """Tasks that wait for the actor: his own, nobody's in the queues of his roles, and of cases he helps with."""
    query = select(Task).where(Task.done_at.is_(None), access.waiting(actor), *due_conditions(wanted.due, today))
    if narrowed := conditions(wanted):
        # Without them the tasks alone decide, and a scan of every case is saved.
        query = query.join(Task.case).where(*narrowed)
    if wanted.mine == "mine":
        query = query.where(Task.assignee_id == actor.id)
    if wanted.mine == "queue":
        query = query.where(Task.assignee_id.is_(None))
    return query.order_by(Task.due_on.asc().nulls_last(), Task.created_at, Task.id)


def count_waiting(actor: Actor, today: date) -> dict[str, int]:
    """How many tasks wait for the actor: ``all``, ``today``, ``overdue`` and ``queue`` (nobody's yet)."""
    waiting = (
        open_tasks(actor, Filter(), today).order_by(None).with_only_columns(Task.due_on, Task.assignee_id).subquery()
    )
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(waiting.c.due_on == today),
            func.count().filter(waiting.c.due_on < today),
            func.count().filter(waiting.c.assignee_id.is_(None)),
        ).select_from(waiting)
    ).one()
    return dict(zip(("all", "today", "overdue", "queue"), row, strict=True))


def due_conditions(due: str, today: date) -> list[ColumnElement[bool]]:
    """Narrowing to overdue tasks or those due today."""
    if due == "overdue":
        return [Task.due_on < today]
    if due == "today":
        return [Task.due_on == today]
    return []


def cases_of(actor: Actor, wanted: Filter, *, permission: str = KernelPermission.CASE_READ) -> Select[Case]:
    """Cases on which the actor may use the permission, newest first."""
    return (
        select(Case)
        .where(access.reach(actor, permission), *conditions(wanted))
        .order_by(Case.opened_at.desc(), Case.id.desc())
    )


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """A filter as conditions on the case."""
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        text = wanted.text.strip()
        found.append(
            or_(
                Case.number == text.upper(),
                Case.party_text.contains(text, autoescape=True),
                Case.title.contains(text, autoescape=True),
            )
        )
    for column, value in ((Case.process_key, wanted.process), (Case.state, wanted.state), (Case.kind, wanted.kind)):
        if value:
            found.append(column == value)
    if wanted.handler:
        found.append(Case.handler_id == UUID(wanted.handler))
    if wanted.opened_from:
        found.append(func.date(func.timezone("Asia/Shanghai", Case.opened_at)) >= wanted.opened_from)
    if wanted.opened_to:
        found.append(func.date(func.timezone("Asia/Shanghai", Case.opened_at)) <= wanted.opened_to)
    return found


def count(query: Select[Task] | Select[Case], key: object) -> int:
    """How many rows a list has in all; ``key`` is the id column of what it lists."""
    ids = query.order_by(None).with_only_columns(key)  # type: ignore[call-overload]
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def count_tasks(query: Select[Task]) -> int:
    """How many tasks a list has in all."""
    return count(query, Task.id)


def count_cases(query: Select[Case]) -> int:
    """How many cases a list has in all."""
    return count(query, Case.id)


def list_tasks(query: Select[Task], *, offset: int, limit: int) -> list[Task]:
    """A page of a list of tasks with what a row shows, in a fixed number of statements."""
    details = (
        joinedload(Task.case).joinedload(Case.unit),
        joinedload(Task.case).selectinload(Case.parties),
        joinedload(Task.case).selectinload(Case.clocks),
        joinedload(Task.case).selectinload(Case.steps),
        joinedload(Task.assignee).joinedload(User.person),
    )
    return list(db.session.scalars(query.options(*details).offset(offset).limit(limit)))


def list_cases(query: Select[Case], *, offset: int, limit: int) -> list[Case]:
    """A page of a list of cases with what a row shows, in a fixed number of statements."""
    details = (
        joinedload(Case.unit),
        joinedload(Case.handler).joinedload(User.person),
        selectinload(Case.parties),
        selectinload(Case.clocks),
        selectinload(Case.steps),
    )
    return list(db.session.scalars(query.options(*details).offset(offset).limit(limit)))


def open_task(case: Case) -> Task | None:
    """The task that is open on a case, if any."""
    query = (
        select(Task).where(Task.case_id == case.id, Task.done_at.is_(None)).order_by(Task.created_at.desc()).limit(1)
    )
    return db.session.scalars(query).first()


def running_clocks(case: Case) -> list[Clock]:
    """The clocks of a case that have not stopped, soonest first."""
    return sorted((row for row in case.clocks if row.stopped_on is None), key=lambda row: (row.due_on, row.code))


def find_draft(resume_hash: str, phone_tail: str) -> Draft | None:
    """A citizen's draft by the digest of its code and the last digits of the phone given in it."""
    query = select(Draft).where(Draft.resume_hash == resume_hash, Draft.phone_tail == phone_tail)
    return db.session.scalars(query).first()


def units_of(case: Case) -> list[Unit]:
    """The units from the city down to the case's own."""
    prefixes = [case.unit_path[: i + 1] for i, char in enumerate(case.unit_path) if char == "/"]
    return list(db.session.scalars(select(Unit).where(Unit.path.in_(prefixes)).order_by(func.length(Unit.path))))

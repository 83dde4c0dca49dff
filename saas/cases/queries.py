"""Reading cases: one by its number, and lists inside the actor's units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from saas.cases import access, parts, timing
from saas.cases.clock_models import Clock
from saas.cases.models import Case, CaseLink, Draft, Party, Task
from saas.cases.people_models import Helper, Recusal
from saas.crypto import blind
from saas.db.session import db
from saas.documents.models import Document
from saas.documents.queries import latest_numbers
from saas.errors import NotFoundError
from saas.files.models import File
from saas.files.queries import list_files
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.organisation.models import Unit

MOST_OWN = 50  # cases of one person that are listed


def get_case(
    number: str, actor: Actor, *, permission: str = KernelPermission.CASE_READ, for_update: bool = False
) -> Case:
    """A case within the actor's reach, with its parties, steps, clocks, unit, handler and helpers.

    Two statements: what hangs on the case is read once it is locked, so that nothing of it is older than the case.

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
        )
    )
    if for_update:
        query = query.with_for_update(of=Case).execution_options(populate_existing=True)
    case = db.session.scalars(query).unique().one_or_none()
    if case is None:
        raise NotFoundError
    parts.load(case, fresh=for_update)
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


def list_cases_of_phone(phone: str) -> Sequence[Case]:
    """The cases with an applicant of this phone number, newest first."""
    return _of_applicant(Party.phone_index == blind.index_of("party.phone", phone))


def list_cases_of_id_number(number: str) -> Sequence[Case]:
    """The cases with an applicant of this identity number, newest first."""
    return _of_applicant(Party.id_number_index == blind.index_of("party.id_number", number))


def _of_applicant(condition: ColumnElement[bool]) -> Sequence[Case]:
    theirs = select(Party.case_id).where(Party.side == "applicant", condition)
    query = select(Case).where(Case.id.in_(theirs)).order_by(Case.opened_at.desc(), Case.id.desc())
    return db.session.scalars(query.limit(MOST_OWN)).all()


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


def count_waiting(query: Select[Task], today: date) -> dict[str, int]:
    """How many of a list's tasks there are: ``all``, ``today``, ``overdue`` and ``queue`` (nobody's yet)."""
    waiting = query.order_by(None).with_only_columns(Task.due_on, Task.assignee_id).subquery()
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


def count(query: Select[Task] | Select[Case] | Select[Document, Case, str | None], key: object) -> int:
    """How many rows a list has in all; ``key`` is the id column of what it lists."""
    ids = query.order_by(None).with_only_columns(key)  # type: ignore[call-overload]
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def count_tasks(query: Select[Task]) -> int:
    """How many tasks a list has in all."""
    return count(query, Task.id)


def count_by_version() -> dict[UUID, int]:
    """How many cases that are not closed stand on each version of a process, whoever works on them."""
    query = select(Case.process_id, func.count()).where(Case.closed_at.is_(None)).group_by(Case.process_id)
    return dict(db.session.execute(query).all())


def count_cases(query: Select[Case]) -> int:
    """How many cases a list has in all."""
    return count(query, Case.id)


def list_ids(query: Select[Case]) -> Sequence[UUID]:
    """The ids of all cases of a list, in its order."""
    return db.session.scalars(query.with_only_columns(Case.id)).all()


def list_tasks(query: Select[Task], *, offset: int, limit: int) -> list[Task]:
    """A page of a list of tasks with what a row shows, in a fixed number of statements."""
    found = list(db.session.scalars(query.options(*_shown_of_tasks()).offset(offset).limit(limit)))
    _load_steps([task.case for task in found])
    return found


def list_cases(query: Select[Case], *, offset: int, limit: int) -> list[Case]:
    """A page of a list of cases with what a row shows, in a fixed number of statements."""
    found = list(db.session.scalars(query.options(*_shown_of_cases()).offset(offset).limit(limit)))
    _load_steps(found)
    return found


@cache
def _shown_of_tasks() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Task.case).joinedload(Case.unit),
        joinedload(Task.case).selectinload(Case.parties),
        joinedload(Task.case).selectinload(Case.clocks),
        joinedload(Task.assignee).joinedload(User.person),
    )


@cache
def _shown_of_cases() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Case.unit),
        joinedload(Case.handler).joinedload(User.person),
        selectinload(Case.parties),
        selectinload(Case.clocks),
    )


def _load_steps(cases: Sequence[Case]) -> None:
    """Load the steps of those cases whose clocks cannot be read without them."""
    ids = [case.id for case in cases if any(timing.moves(row) for row in running_clocks(case))]
    if ids:
        db.session.scalars(select(Case).where(Case.id.in_(ids)).options(selectinload(Case.steps))).all()


def open_task(case: Case) -> Task | None:
    """The task that is open on a case itself, if any; those of its regions and signatures are not asked for."""
    open_now = select(Task).where(Task.case_id == case.id, Task.done_at.is_(None), Task.region.is_(None))
    query = open_now.order_by(Task.created_at.desc()).limit(1)
    return parts.recall(case, Task, lambda: db.session.scalars(query).first())


def file_categories(case: Case) -> list[str]:
    """The kinds of attachments a case has, sorted."""
    return parts.recall(case, File, lambda: sorted({file.category for file in list_files(case.id)}))


def document_numbers(case: Case) -> dict[str, str]:
    """The number of the document issued last in a case, by the code of its form; void ones do not count."""
    return parts.recall(case, Document, lambda: latest_numbers(case.id))


def list_open_tasks(case: Case) -> Sequence[Task]:
    """Everything that waits in a case, its own task first, with who has taken it."""
    query = select(Task).where(Task.case_id == case.id, Task.done_at.is_(None))
    people = joinedload(Task.assignee).joinedload(User.person)
    return db.session.scalars(query.options(people).order_by(Task.region.nulls_first(), Task.created_at)).all()


def list_recusals(case: Case) -> Sequence[Recusal]:
    """Who keeps out of a case now, first entered first."""
    open_now = select(Recusal).where(Recusal.case_id == case.id, Recusal.ended_at.is_(None))
    named = open_now.options(joinedload(Recusal.user).joinedload(User.person))
    return db.session.scalars(named.order_by(Recusal.since, Recusal.id)).all()


def list_links(case: Case) -> Sequence[CaseLink]:
    """The cases a case belongs together with, oldest first."""
    query = select(CaseLink).where(or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id))
    both = (joinedload(CaseLink.case), joinedload(CaseLink.other))
    return db.session.scalars(query.options(*both).order_by(CaseLink.made_at, CaseLink.id)).all()


def running_clocks(case: Case) -> list[Clock]:
    """The clocks of a case that have not stopped, soonest first."""
    return sorted((row for row in case.clocks if row.stopped_on is None), key=lambda row: (row.due_on, row.code))


def parties_of_person(*, id_number: str | None = None, phone: str | None = None) -> Sequence[tuple[UUID, UUID]]:
    """A person's rows in all cases: pairs of the party's and the case's id; either number finds them."""
    asked = (("id_number", Party.id_number_index, id_number), ("phone", Party.phone_index, phone))
    wanted = [index == blind.index_of(f"party.{name}", value) for name, index, value in asked if value]
    query = select(Party.id, Party.case_id).where(or_(false(), *wanted)).order_by(Party.id)
    return [(row.id, row.case_id) for row in db.session.execute(query)]


def find_draft(resume_hash: str, phone_tail: str) -> Draft | None:
    """A citizen's draft by the digest of its code and the last digits of the phone given in it."""
    query = select(Draft).where(Draft.resume_hash == resume_hash, Draft.phone_tail == phone_tail)
    return db.session.scalars(query).first()


def units_of(case: Case) -> list[Unit]:
    """The units from the city down to the case's own."""
    prefixes = [case.unit_path[: i + 1] for i, char in enumerate(case.unit_path) if char == "/"]
    return list(db.session.scalars(select(Unit).where(Unit.path.in_(prefixes)).order_by(func.length(Unit.path))))

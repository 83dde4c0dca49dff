"""All that hangs on one case, read in one statement after the case itself: so that a lock comes first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, distinct, event, func, literal, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from saas.cases.clock_models import Clock
from saas.cases.models import Case, Party, Step, Task
from saas.cases.people_models import Recusal
from saas.db.session import TenantSession, db
from saas.documents.models import Document
from saas.files.models import File
from saas.identity.models import User

Found = TypeVar("Found")
Kind = type[Task] | type[File] | type[Document] | type[Recusal]

KINDS: tuple[Kind, ...] = (Task, File, Document, Recusal)
Read = dict[UUID, dict[Kind, object]]

_READ = "fengqiao.case_parts"
_MISSING = object()


def load(case: Case, *, fresh: bool = False) -> None:
    """Read parties, steps, clocks, the open task, and what is said of attachments and documents, in one statement.

    Args:
        case: The case.
        fresh: Whether rows the session knows already are read again, as under a lock.
    """
    options = {"populate_existing": fresh}
    rows = db.session.execute(_statement(), {"case_id": case.id}, execution_options=options).all()
    for place, name in enumerate(("parties", "steps", "clocks")):
        set_committed_value(case, name, [row[place] for row in rows if row[place] is not None])
    _, _, _, task, categories, numbers, out = rows[0]
    read: Read = db.session.info.setdefault(_READ, {})
    read[case.id] = {
        Task: task,
        File: sorted(categories or ()),
        Document: numbers or {},
        Recusal: [str(user_id) for user_id in out or ()],
    }


def recall(case: Case, kind: Kind, read: Callable[[], Found]) -> Found:
    """What was read along with a case, else what is read now: as soon as the session wrote such a row itself.

    Args:
        case: The case.
        kind: The open task, the kinds of its attachments, the numbers of its documents, or who keeps out of it.
        read: Asks for it alone.
    """
    session = db.session()
    if kind in _touched(session):
        return read()
    found = session.info.get(_READ, {}).get(case.id, {}).get(kind, _MISSING)
    return read() if found is _MISSING else cast("Found", found)


def forget(case: Case, kind: Kind) -> None:
    """Drop what was read along: a statement of its own changed it."""
    db.session.info.get(_READ, {}).get(case.id, {}).pop(kind, None)


@cache
def _statement() -> Select[Any]:
    """The rows of each kind numbered and laid side by side, the longest kind deciding how many rows there are."""
    one = select(literal(1).label("n")).subquery()
    task = _open_task()
    party, step, clock = _numbered(Party, Party.seq), _numbered(Step, Step.seq), _numbered(Clock, Clock.code)
    numbers = [one.c.n, party.n, step.n, clock.n]
    return (
        select(party.rows, step.rows, clock.rows, task, _categories(), _document_numbers(), _recused())
        .select_from(one)
        .outerjoin(task, true())
        .join(party.rows, party.n == one.c.n, full=True)
        .join(step.rows, step.n == func.coalesce(*numbers[:2]), full=True)
        .join(clock.rows, clock.n == func.coalesce(*numbers[:3]), full=True)
        .options(joinedload(task.assignee).joinedload(User.person))
        .order_by(func.coalesce(*numbers))
    )


@dataclass(frozen=True)
class _Numbered:
    """The rows of one kind, and the number each has among them."""

    rows: Any
    n: ColumnElement[int]


def _numbered(model: type[Party | Step | Clock], order: InstrumentedAttribute[Any]) -> _Numbered:
    n = func.row_number().over(order_by=order).label("n")
    rows = select(model, n).where(model.case_id == bindparam("case_id")).subquery()
    return _Numbered(aliased(model, rows), rows.c.n)


def _open_task() -> Any:  # noqa: ANN401 - an alias has the type of its model
    waiting = select(Task).where(Task.case_id == bindparam("case_id"), Task.done_at.is_(None), Task.region.is_(None))
    return aliased(Task, waiting.order_by(Task.created_at.desc(), Task.id).limit(1).subquery())


def _categories() -> ColumnElement[Any]:
    found = select(func.array_agg(distinct(File.category))).where(File.case_id == bindparam("case_id"))
    return found.scalar_subquery()


def _document_numbers() -> ColumnElement[Any]:
    # Of equal keys an object keeps the last.
    ordered = aggregate_order_by(Document.number, Document.issued_at, Document.id)
    latest = func.jsonb_object_agg(Document.form_code, ordered)
    valid = (Document.case_id == bindparam("case_id"), Document.state != "void")
    return select(latest).where(*valid).scalar_subquery()


def _recused() -> ColumnElement[Any]:
    out = select(func.array_agg(Recusal.user_id)).where(Recusal.case_id == bindparam("case_id"))
    return out.where(Recusal.ended_at.is_(None)).scalar_subquery()


def _touched(session: Session) -> set[Kind]:
    changed = (*session.new, *session.dirty, *session.deleted)
    return {kind for kind in KINDS if any(isinstance(row, kind) for row in changed)}


@event.listens_for(TenantSession, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    for kind in _touched(session):
        for read in session.info.get(_READ, {}).values():
            read.pop(kind, None)

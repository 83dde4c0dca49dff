"""Rows of a case that change together, written in one statement where the session would send several."""

from collections.abc import Sequence

from sqlalchemy import Table, inspect, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import make_transient_to_detached, object_mapper
from sqlalchemy.orm.attributes import set_committed_value

from saas.cases import parts
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Task
from saas.db.base import Model
from saas.db.session import db

CLOCKS: Table = Model.metadata.tables[Clock.__tablename__]
TASKS: Table = Model.metadata.tables[Task.__tablename__]
KEYS = frozenset({"id", "case_id", "code"})


def start_clocks(case: Case, started: Sequence[Clock]) -> None:
    """Add clocks to a case; those that were moved or stopped at the same time go along."""
    moved = [row for row in case.clocks if db.session.is_modified(row)]
    if inspect(case).pending or not (started and moved):
        case.clocks.extend(started)
        return
    for row in started:
        row.case_id = case.id
    rows = [_columns(row) for row in (*started, *moved)]
    put = insert(CLOCKS)
    changed = {column.name: put.excluded[column.name] for column in CLOCKS.columns if column.name not in KEYS}
    put = put.on_conflict_do_update(index_elements=[CLOCKS.c.case_id, CLOCKS.c.code], set_=changed)
    with db.session.no_autoflush:
        db.session.execute(put, rows)
    _keep(started, moved)
    every = sorted((*case.clocks, *started), key=lambda row: row.code)
    set_committed_value(case, "clocks", every)


def _keep(started: Sequence[Clock], moved: Sequence[Clock]) -> None:
    """Tell the session that the rows are as the database has them."""
    for row in moved:
        for name, value in _columns(row).items():
            set_committed_value(row, name, value)
    for row in started:
        make_transient_to_detached(row)
        db.session.add(row)


def replace_task(case: Case, current: Task, following: Task) -> None:
    """Close the open task and open the one that follows it."""
    closed = update(TASKS).where(TASKS.c.id == current.id).values(done_at=following.created_at).cte("closed")
    db.session.execute(insert(TASKS).values(**_columns(following)).add_cte(closed))
    db.session.expire(current)
    parts.forget(case, Task)


def _columns(row: Clock | Task) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in object_mapper(row).column_attrs}

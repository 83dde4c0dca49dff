"""Reading plans, their counts and examples, and how many cases run on which version."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from saas.cases.models import Case
from saas.db.session import db
from saas.errors import NotFoundError
from saas.moving.models import UNDER_WAY, Move, MovedCase
from saas.workflow.models import ProcessVersion

EXAMPLES = 10
AT_ONCE = 200


def get_move(move_id: UUID, *, for_update: bool = False) -> Move:
    """A plan by its id.

    Raises:
        NotFoundError: The city has none of that id.
    """
    query = select(Move).where(Move.id == move_id)
    found = db.session.scalar(query.with_for_update() if for_update else query)
    if found is None:
        raise NotFoundError
    return found


def list_moves(key: str) -> Sequence[Move]:
    """The plans of a process, newest first, with their versions."""
    query = (
        select(Move)
        .where(Move.key == key)
        .options(joinedload(Move.from_version).defer(ProcessVersion.body))
        .options(joinedload(Move.to_version).defer(ProcessVersion.body))
        .order_by(Move.planned_at.desc(), Move.id.desc())
    )
    return db.session.scalars(query).all()


def lock_process(key: str) -> None:
    """Hold whoever else wants to begin a plan of a process until this transaction ends; cases go on meanwhile."""
    first = select(ProcessVersion.id).where(ProcessVersion.key == key).order_by(ProcessVersion.version).limit(1)
    db.session.execute(first.with_for_update(key_share=True))


def is_busy(key: str) -> bool:
    """Whether a plan of a process is under way."""
    query = select(Move.id).where(Move.key == key, Move.state.in_(UNDER_WAY))
    return db.session.scalar(query.limit(1)) is not None


@lru_cache(maxsize=256)
def number_of(version_id: UUID) -> int:
    """The number of a version; read once per process, since it never changes."""
    return db.session.scalars(select(ProcessVersion.version).where(ProcessVersion.id == version_id)).one()


def count_by_version(key: str) -> dict[UUID, tuple[int, int]]:
    """How many cases run, and how many have ended, on each version of a process."""
    running = func.count().filter(Case.closed_at.is_(None))
    query = select(Case.process_id, running, func.count()).where(Case.process_key == key).group_by(Case.process_id)
    return {version: (open_, whole - open_) for version, open_, whole in db.session.execute(query)}


def count_states(version_id: UUID) -> dict[str, int]:
    """How many running cases of a version stand in each state."""
    query = (
        select(Case.state, func.count())
        .where(Case.process_id == version_id, Case.closed_at.is_(None))
        .group_by(Case.state)
        .order_by(Case.state)
    )
    return dict(db.session.execute(query).all())


def count_verdicts(move: Move) -> dict[str, int]:
    """How many cases got which verdict."""
    query = select(MovedCase.verdict, func.count()).where(MovedCase.move_id == move.id).group_by(MovedCase.verdict)
    return dict(db.session.execute(query).all())


def count_settled(move: Move) -> dict[str, int]:
    """How many cases are waiting, moved, kept where they were, failed or brought back."""
    query = select(MovedCase.state, func.count()).where(MovedCase.move_id == move.id).group_by(MovedCase.state)
    return dict(db.session.execute(query).all())


def count_failed(move: Move, most: int) -> int:
    """How many cases could not be moved or brought back, counted as far as it matters."""
    failed = select(MovedCase.case_id).where(MovedCase.move_id == move.id, MovedCase.state == "failed").limit(most)
    return db.session.scalar(select(func.count()).select_from(failed.subquery())) or 0


def list_examples(move: Move, verdict: str) -> Sequence[MovedCase]:
    """The first cases that got a verdict, by number."""
    query = _with_cases(move).where(MovedCase.verdict == verdict)
    return db.session.scalars(query.order_by(Case.number).limit(EXAMPLES)).all()


def list_failed(move: Move) -> Sequence[MovedCase]:
    """The first cases that could not be moved or brought back, by number."""
    query = _with_cases(move).where(MovedCase.problem.is_not(None))
    return db.session.scalars(query.order_by(Case.number).limit(EXAMPLES)).all()


def next_cases(move_id: UUID, state: str, most: int) -> list[UUID]:
    """The ids of the next cases of a plan in a state."""
    query = select(MovedCase.case_id).where(MovedCase.move_id == move_id, MovedCase.state == state)
    return list(db.session.scalars(query.order_by(MovedCase.case_id).limit(most)))


def lock_case(move_id: UUID, case_id: UUID) -> MovedCase:
    """What a plan says of a case, both locked."""
    case = select(Case).where(Case.id == case_id).with_for_update()
    db.session.scalars(case.options(selectinload(Case.steps), selectinload(Case.clocks))).one()
    return db.session.get_one(MovedCase, (move_id, case_id), with_for_update=True)


def running_cases(version_id: UUID) -> Iterator[Sequence[Case]]:
    """The running cases of a version with their steps, some at a time; those before are let go of."""
    db.session.flush()
    after = UUID(int=0)
    with Session(db.session.connection(), join_transaction_mode="rollback_only") as apart:
        while found := apart.scalars(_running(version_id, after)).all():
            yield found
            after = found[-1].id
            apart.expunge_all()


def _running(version_id: UUID, after: UUID) -> Select[Case]:
    running = select(Case).where(Case.process_id == version_id, Case.closed_at.is_(None), Case.id > after)
    steps = selectinload(Case.steps)
    return running.order_by(Case.id).limit(AT_ONCE).options(steps, defer(Case.data_sealed))


def _with_cases(move: Move) -> Select[MovedCase]:
    return (
        select(MovedCase)
        .join(MovedCase.case)
        .where(MovedCase.move_id == move.id)
        .options(joinedload(MovedCase.case).load_only(Case.number, Case.state))
    )

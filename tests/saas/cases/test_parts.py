"""A case read with all that hangs on it in one statement: the same rows as one by one, and never older ones."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import inspect

from saas.cases import queries
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Task
from saas.db.counting import Counted
from saas.db.session import TenantRef, db
from saas.files import services as files
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.files.samples import pdf

Counting = Callable[[], AbstractContextManager[Counted]]


def found(number: str) -> Case:
    """The case as a request finds it, locked."""
    db.session.expunge_all()
    return queries.get_case(number, factory.actor("zhaoxh"), for_update=True)


def facts(case: Case) -> tuple[list[object], ...]:
    """What hangs on the case, by ids and in order."""
    return tuple([row.id for row in rows] for rows in (case.parties, case.steps, case.clocks))


def test_the_rows_are_those_of_the_relationships(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        for made in (factory.open_application(), factory.agreed()):
            db.session.flush()
            read = facts(found(made.number))
            db.session.expire_all()
            alone = queries.get_case_by_id(made.id)
            assert read == facts(alone)
            assert all(read)


def test_a_case_is_read_in_two_statements(beijing: TenantRef, in_tenant: InTenant, count_queries: Counting) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
        by = factory.actor("zhaoxh")
        db.session.flush()
        db.session.expunge_all()
        with count_queries() as counted:
            case = queries.get_case(number, by, for_update=True)
            task = queries.open_task(case)
            numbers, kinds = queries.document_numbers(case), queries.file_categories(case)
            names = [case.unit.name, case.handler and case.handler.person.name, task and task.assignee_id]

    assert counted.count == 2, "\n".join(counted.statements)
    assert set(numbers) == {"mediation.application", "mediation.register", "mediation.rights"}
    assert (kinds, all(names)) == ([], True)


def test_what_the_session_adds_itself_is_seen(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = found(_flushed(factory.mediating()))
        files.add(case, "evidence", "墙面.pdf", pdf(), by=factory.actor("sunli"))
        assert queries.file_categories(case) == ["evidence"]
        before = queries.open_task(case)
        factory.act(case, "session", factory.SESSION, "sunli")
        assert queries.open_task(case) is before
        assert "mediation.record" in queries.document_numbers(case)


def test_the_next_task_takes_the_place_of_the_one_before(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = found(_flushed(factory.open_application()))
        waiting = queries.open_task(case)
        factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
        following = queries.open_task(case)
        assert waiting is not None
        assert following is not None
        assert (waiting.state, following.state) == ("pending", "accepted")
        assert waiting.done_at == following.created_at
        assert db.session.query(Task).where(Task.case_id == case.id, Task.done_at.is_(None)).count() == 1


def test_clocks_started_and_stopped_by_one_step_are_in_the_table_and_in_the_session(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = found(_flushed(factory.open_application()))
        factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
        known = {row.code: (row.stopped_on, row.due_on, list(row.trail)) for row in case.clocks}
        assert not any(inspect(row).pending or db.session.is_modified(row) for row in case.clocks)
        db.session.flush()
        db.session.expire_all()
        stored = db.session.query(Clock).where(Clock.case_id == case.id)
        assert {row.code: (row.stopped_on, row.due_on, row.trail) for row in stored} == known
        assert set(known) == {"acceptance", "mediation"}
        assert [code for code, (stopped, _, _) in known.items() if stopped] == ["acceptance"]


def _flushed(case: Case) -> str:
    db.session.flush()
    return case.number

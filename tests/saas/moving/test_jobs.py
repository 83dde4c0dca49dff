from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from saas.cases.models import Case, Step
from saas.db.session import TenantRef, db
from saas.errors import ConflictError
from saas.moving import jobs, queries, services
from saas.moving.models import Move, MovedCase
from saas.workflow.models import ProcessVersion
from saas.workflow.queries import get_version
from tests import queues
from tests.conftest import Drain, InTenant
from tests.mediation import factory
from tests.saas.moving.conftest import planned, published, quicker

CASES = 5


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two, so that five cases need three."""
    monkeypatch.setattr(jobs, "BATCH", 2)


@pytest.fixture
def move(app: Flask, city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, few: None) -> Move:
    """A plan for five cases, judged; their documents are printed by nobody."""
    with in_tenant(city):
        for _ in range(CASES):
            factory.mediating()
    queues.forget(app)
    with in_tenant(city):
        made = planned(*published(quicker), stop_after=2)
        db.session.flush()
        db.session.expunge(made)
    drain_jobs()
    return made


def reversed_versions(move: Move) -> tuple[ProcessVersion, ProcessVersion]:
    """The versions of a plan, the other way round."""
    return get_version(move.to_id), get_version(move.from_id)


def settled(move: Move) -> tuple[str, dict[str, int]]:
    found = queries.get_move(move.id)
    return found.state, queries.count_settled(found)


def act(city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, verb: Callable[..., None], move: Move) -> None:
    with in_tenant(city):
        verb(queries.get_move(move.id, for_update=True), by=factory.actor("wanghy"))
    drain_jobs()


def test_a_plan_is_judged_run_and_undone(city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, move: Move) -> None:
    moved = select(func.count()).where(Step.action == "@moved")
    with in_tenant(city):
        before = db.session.scalars(moved).one()  # other plans move cases of this city as well
        state, counts = settled(move)
        assert (state, queries.count_verdicts(move)) == ("judged", {"replays": counts["waiting"]})
        assert len(queries.list_examples(move, "replays")) >= CASES
        assert queries.count_by_version(move.key)[move.from_id][0] == counts["waiting"]

    act(city, in_tenant, drain_jobs, services.start, move)
    with in_tenant(city):
        assert settled(move) == ("done", {"moved": counts["waiting"]})
        assert queries.count_by_version(move.key)[move.to_id][0] == counts["waiting"]

    act(city, in_tenant, drain_jobs, services.undo, move)
    with in_tenant(city):
        assert settled(move) == ("undone", {"undone": counts["waiting"]})
        assert db.session.scalars(moved).one() - before == 2 * counts["waiting"]


def test_a_plan_stops_when_too_many_cases_cannot_be_moved(
    city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_move: Move, item: object) -> None:
        raise ValueError(item)

    with monkeypatch.context() as patch:
        patch.setitem(jobs.CARRIES, "running", ("waiting", fail, "done"))
        act(city, in_tenant, drain_jobs, services.start, move)
    with in_tenant(city):
        state, counts = settled(move)
        assert (state, counts["failed"]) == ("stopped", 2)
        assert queries.list_failed(move)[0].problem == jobs.FAULT
        on_new = select(func.count()).where(Case.process_id == move.to_id)
        assert db.session.scalar(on_new) == 0

    act(city, in_tenant, drain_jobs, services.start, move)
    with in_tenant(city):
        assert settled(move)[0] == "done"
        assert "failed" not in settled(move)[1]
    act(city, in_tenant, drain_jobs, services.undo, move)


def test_a_plan_that_stopped_by_itself_is_undone_all_the_same(
    city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, carry, done = jobs.CARRIES["running"]
    left = iter((True, True))

    def after_two(plan: Move, item: MovedCase) -> None:
        if not next(left, False):
            raise ValueError(item)
        carry(plan, item)

    with monkeypatch.context() as patch:
        patch.setitem(jobs.CARRIES, "running", (expected, after_two, done))
        act(city, in_tenant, drain_jobs, services.start, move)
    with in_tenant(city):
        state, counts = settled(move)
        assert (state, counts["moved"], counts["failed"]) == ("stopped", 2, 2)

    act(city, in_tenant, drain_jobs, services.undo, move)
    with in_tenant(city):
        state, counts = settled(move)
        assert (state, counts["undone"], counts["kept"]) == ("undone", 2, 2)
        on_new = select(func.count()).where(Case.process_id == move.to_id)
        assert db.session.scalar(on_new) == 0


def test_one_plan_of_a_process_at_a_time(city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, move: Move) -> None:
    with in_tenant(city):
        other = planned(*reversed_versions(move))
        with pytest.raises(ConflictError, match="还有一份转版计划"):
            services.start(queries.get_move(move.id, for_update=True), by=factory.actor("wanghy"))
        other_id = other.id
    drain_jobs()
    with in_tenant(city):
        services.drop(queries.get_move(other_id, for_update=True), by=factory.actor("wanghy"))


def test_a_stopped_plan_moves_nothing_more(city: TenantRef, in_tenant: InTenant, drain_jobs: Drain, move: Move) -> None:
    with in_tenant(city):
        found = queries.get_move(move.id, for_update=True)
        services.start(found, by=factory.actor("wanghy"))
        services.stop(found, by=factory.actor("wanghy"))
    drain_jobs()
    with in_tenant(city):
        state, counts = settled(move)
        assert (state, set(counts)) == ("stopped", {"waiting"})

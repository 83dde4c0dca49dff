from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from saas.config import Config
from saas.db.session import TenantRef
from saas.errors import ConflictError
from saas.jobs import beside
from tenants import facts, registry
from tenants.data import deletion
from tenants.models import PlatformEvent, Task
from tenants.tasks import asking, running, shelf

CITY: Mapping[str, Any] = {
    "name": "三沙市", "division": "4603", "pack": "", "demo": False, "server": "main", "hosts": [],
    "quotas": {"users": 9}, "admin_username": "xukt", "admin_name": "许开通",
}  # fmt: skip


def let_the_holder_die(task: UUID) -> None:
    """As if the process that took the task had been killed a while ago."""
    assert running.take() is not None
    with registry.platform_session() as session:
        past = func.now() - timedelta(seconds=1)
        session.execute(update(Task).where(Task.id == task).values(lease_until=past))


def backups_of(code: str) -> list[str]:
    return [kept.name for kept in shelf.list_backups(code)]


def test_a_task_is_held_by_one_process_only(beijing: TenantRef) -> None:
    asking.ask_for_backup("beijing", by="op", key=uuid4())

    held = running.take()

    assert held is not None
    assert (held.order.city, held.order.by, held.tries) == ("beijing", "op", 1)
    assert running.take() is None


def test_a_task_whose_holder_died_is_taken_again_and_done_whole(app: Flask, beijing: TenantRef) -> None:
    task = asking.ask_for_backup("beijing", by="op", key=uuid4())
    let_the_holder_die(task)
    half = shelf.folder() / f".beijing-20261122T010203-{task.hex[-12:]}.backup.77"
    half.write_bytes(b"half")

    assert running.do_next(app)

    done = facts.get_task(task)
    assert (done.state, done.tries, done.lease_until) == ("done", 2, None)
    assert [name for name in backups_of("beijing") if task.hex[-12:] in name] == [done.result["file"]]
    assert not half.exists()


def test_a_city_that_was_made_before_its_holder_died_is_made_once(app: Flask) -> None:
    code = f"again{uuid4().hex[:6]}"
    task = asking.ask_for_city(code, CITY, by="op", key=uuid4())
    assert running.do_next(app)
    made = registry.get_tenant(code)
    # The end was never noted: the process died between the two.
    with registry.platform_session() as session:
        gone = {"state": "running", "finished_at": None, "lease_until": func.now() - timedelta(seconds=1)}
        session.execute(update(Task).where(Task.id == task).values(**gone))

    assert running.do_next(app)

    assert facts.get_task(task).state == "done"
    assert registry.get_tenant(code).id == made.id
    assert made.limits.users == 9
    deletion.erase(made)
    assert registry.list_tenants().count(made) == 0


def test_a_task_whose_holders_keep_dying_is_given_up_in_words(app: Flask, beijing: TenantRef) -> None:
    task = asking.ask_for_backup("beijing", by="op", key=uuid4())
    for _ in range(running.TRIES):
        let_the_holder_die(task)

    assert running.do_next(app)

    given_up = facts.get_task(task)
    assert (given_up.state, given_up.error) == ("failed", running.BROKEN_OFF)


def test_a_process_that_lost_its_task_does_not_note_its_end(app: Flask, beijing: TenantRef) -> None:
    task = asking.ask_for_backup("beijing", by="op", key=uuid4())
    late = running.take()
    assert late is not None
    with registry.platform_session() as session:
        session.execute(update(Task).where(Task.id == task).values(lease_until=func.now() - timedelta(seconds=1)))
    assert running.take() is not None

    running._finish(late, "failed", error="too late")

    assert facts.get_task(task).state == "running"


def test_what_cannot_be_done_is_said_in_the_task_and_recorded_with_the_operators_name(
    app: Flask, beijing: TenantRef
) -> None:
    asking.ask_for_backup("beijing", by="op", key=uuid4())
    assert running.do_next(app)
    name = backups_of("beijing")[0]
    (shelf.folder() / name).write_bytes(b"no backup at all")
    task = asking.ask_for_restore(name, f"broken{uuid4().hex[:4]}", "main", by="op", key=uuid4())

    assert running.do_next(app)

    failed = facts.get_task(task)
    assert failed.state == "failed"
    assert failed.error
    with registry.platform_session() as session:
        told = (
            select(PlatformEvent.action, PlatformEvent.actor_name).order_by(PlatformEvent.recorded_at.desc()).limit(1)
        )
        assert tuple(session.execute(told).one()) == ("task.restore.failed", "op")
    (shelf.folder() / name).unlink()


def test_the_same_form_asks_once(beijing: TenantRef) -> None:
    key = uuid4()

    assert {asking.ask_for_backup("beijing", by="op", key=key) for _ in range(2)} == {key}
    assert len(facts.list_tasks("beijing")) == 1


def test_a_city_has_one_unfinished_task_at_a_time(beijing: TenantRef) -> None:
    asking.ask_for_backup("beijing", by="op", key=uuid4())

    with pytest.raises(ConflictError, match="有一项工作还没有结束"):
        asking.ask_for_export("beijing", by="op", key=uuid4())


@pytest.mark.parametrize(("address", "leads"), [("postgresql://op@db/f", True), ("postgresql://db/f", False)])
def test_a_worker_without_the_administrators_login_leaves_tasks_to_others(
    config: Config, address: str, *, leads: bool
) -> None:
    worker = Flask("worker")
    worker.extensions["fengqiao.config"] = replace(config, database_url=address)

    running.init_app(worker)

    assert (running.do_next in worker.extensions.get(beside.EXTENSION, ())) is leads

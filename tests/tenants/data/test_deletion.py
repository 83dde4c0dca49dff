"""Two operators end a city after a waiting period; a certificate says so, and nothing of the city is left."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from psycopg import sql
from sqlalchemy import select, text

from saas import clock
from saas.config import Config
from saas.db.session import TenantRef
from saas.errors import ConflictError, InvalidInputError
from saas.files import store
from saas.jobs import queue
from tenants import connections, context, placement, registry
from tenants.data import backup, deletion, moving, restore, search
from tenants.data.tables import raw
from tenants.models import PlatformEvent, Tenant
from tenants.web import operators
from tests.browsers import Browser
from tests.mediation import factory
from tests.tenants.data.conftest import open_city

AFTER = timedelta(days=8)
EVERY_TABLE = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"


@pytest.fixture(scope="module")
def pair(app: Flask) -> tuple[str, str]:
    """Two operators."""
    names = (f"op{uuid4().hex[:8]}", f"op{uuid4().hex[:8]}")
    with app.app_context():
        for name in names:
            operators.create(name, name, "brook willow lantern")
    return names


@pytest.fixture
def city(app: Flask, second: str) -> Iterator[TenantRef]:
    """A city with a case, a file and a job, and its old rows on a server it moved away from."""
    made = open_city(app, "zhuxiao9")
    with context.transaction(app, made):
        factory.open_application(applicant_name="欧阳待删")
        store.put(b"to be gone", tenant=made)
        queue.enqueue("test.later", {}, key="only")
    with app.app_context():
        moving.move("zhuxiao9", second, wait=lambda _seconds: None)
        there = registry.get_tenant("zhuxiao9")
    yield there
    with app.app_context():
        deletion.erase(there)


def _delete(app: Flask, by: str, *more: str) -> Result:
    return app.test_cli_runner().invoke(args=["tenant", "delete", "zhuxiao9", "--by", by, *more])


def _everywhere(app: Flask, config: Config, marks: list[str]) -> list[str]:
    """Every table of every schema of every server, every catalogue of names, and every file, that has a mark."""
    found = []
    with app.app_context():
        for name in placement.list_servers():
            with connections.admin_engine(name).connect() as connection:
                places = [tuple(row) for row in connection.execute(text(EVERY_TABLE))]
                places += [("pg_catalog", view) for view in ("pg_roles", "pg_stat_activity", "pg_prepared_statements")]
                for schema, table in dict.fromkeys(places):
                    question = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE ANY (%s)")
                    asked = question.format(sql.Identifier(schema, table))
                    row = raw(connection).execute(asked, [[f"%{mark}%" for mark in marks]]).fetchone()
                    found += [f"{name} {schema}.{table}"] if row and row[0] else []
    for path in config.storage_dir.rglob("*"):
        if any(mark in str(path) or (path.is_file() and mark.encode() in path.read_bytes()) for mark in marks):
            found.append(str(path))
    memory = repr(vars(app.extensions["fengqiao.tenants"])) + repr(vars(app.extensions["fengqiao.engines"]))
    return found + [mark for mark in marks if mark in memory]


def test_a_city_that_two_operators_ended_leaves_nothing(
    app: Flask, config: Config, city: TenantRef, pair: tuple[str, str], tmp_path: Path
) -> None:
    marks = [str(city.id), city.id.hex, city.schema, "zhuxiao9", "欧阳待删"]
    assert len(_everywhere(app, config, marks)) > 10

    assert _delete(app, pair[0]).exit_code == 0
    with clock.business_time(clock.now() + AFTER):
        done = _delete(app, pair[1], "--certificate", str(tmp_path / "proof.json"))

    assert done.exit_code == 0, done.output
    assert _everywhere(app, config, marks) == []
    assert Browser(app, city).get("/").status_code == 404


def test_the_certificate_says_who_ended_what_and_where_was_searched(
    app: Flask, city: TenantRef, pair: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "proof.json"
    with app.app_context():
        deletion.ask("zhuxiao9", pair[0])
        with clock.business_time(clock.now() + AFTER):
            digest = deletion.confirm("zhuxiao9", pair[1], path)
        with registry.platform_session() as session:
            event = session.scalars(
                select(PlatformEvent).where(PlatformEvent.detail["certificate"].as_string() == digest)
            ).one()
            assert (event.action, event.tenant_id, event.detail["asked_by"]) == ("tenant.deleted", None, pair[0])

    told = json.loads(path.read_text())
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert (told["asked_by"], told["confirmed_by"], told["city"]["code"]) == (*pair, "zhuxiao9")
    assert (told["rows"]["case_file"], told["jobs"]) == (1, 2)
    assert told["files"]["count"] >= 1
    assert set(told["searched"].values()) == {0}
    assert {"main platform.tenant", "second queue.procrastinate_jobs", "main pg_roles"} <= told["searched"].keys()
    assert told["history"][0]["action"] == "tenant.created"


def test_one_operator_is_not_enough(app: Flask, city: TenantRef, pair: tuple[str, str], tmp_path: Path) -> None:
    with app.app_context():
        deletion.ask("zhuxiao9", pair[0])
        with clock.business_time(clock.now() + AFTER), pytest.raises(ConflictError, match="两名"):
            deletion.confirm("zhuxiao9", pair[0], tmp_path / "proof")


def test_before_the_waiting_period_is_over_nothing_is_deleted(
    app: Flask, city: TenantRef, pair: tuple[str, str], tmp_path: Path
) -> None:
    with app.app_context():
        deletion.ask("zhuxiao9", pair[0])
        with clock.business_time(clock.now() + timedelta(days=6)), pytest.raises(ConflictError, match="等待期未满"):
            deletion.confirm("zhuxiao9", pair[1], tmp_path / "proof")
        assert registry.get_tenant("zhuxiao9").state == "active"


def test_nobody_asked(app: Flask, city: TenantRef, pair: tuple[str, str], tmp_path: Path) -> None:
    with app.app_context(), pytest.raises(ConflictError, match="没有人申请"):
        deletion.confirm("zhuxiao9", pair[1], tmp_path / "proof")


def test_it_is_asked_for_once_and_can_be_taken_back(app: Flask, city: TenantRef, pair: tuple[str, str]) -> None:
    with app.app_context():
        deletion.ask("zhuxiao9", pair[0])
        with pytest.raises(ConflictError, match="另一名"):
            deletion.ask("zhuxiao9", pair[1])
        deletion.withdraw("zhuxiao9", pair[1])
        with pytest.raises(ConflictError, match="撤回"):
            deletion.withdraw("zhuxiao9", pair[1])
        deletion.ask("zhuxiao9", pair[1])


def test_what_is_taken_back_at_the_last_moment_is_not_deleted(
    app: Flask, city: TenantRef, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = deletion.check_confirmable

    def check_and_be_overtaken(tenant: TenantRef, by: str) -> object:
        found = check(tenant, by)
        deletion.withdraw(tenant.code, pair[0])
        return found

    monkeypatch.setattr(deletion, "check_confirmable", check_and_be_overtaken)
    with app.app_context():
        deletion.ask("zhuxiao9", pair[0])
        with clock.business_time(clock.now() + AFTER), pytest.raises(ConflictError, match="没有人申请"):
            deletion.confirm("zhuxiao9", pair[1], tmp_path / "proof")
        assert registry.get_tenant("zhuxiao9").state == "active"
    assert not (tmp_path / "proof").exists()


@pytest.mark.parametrize("act", [deletion.ask, deletion.withdraw])
def test_only_operators_may(app: Flask, city: TenantRef, act: object) -> None:
    assert callable(act)
    with app.app_context(), pytest.raises(InvalidInputError):
        act("zhuxiao9", "nobody")


def test_a_city_with_a_copy_is_not_ended_before_the_copy(
    app: Flask, city: TenantRef, pair: tuple[str, str], tmp_path: Path
) -> None:
    with app.app_context():
        backup.back_up("zhuxiao9", tmp_path / "file")
        copy = restore.restore(tmp_path / "file", "zhuxiao9copy")
        deletion.ask("zhuxiao9", pair[0])
        with clock.business_time(clock.now() + AFTER), pytest.raises(ConflictError, match="zhuxiao9copy"):
            deletion.confirm("zhuxiao9", pair[1], tmp_path / "proof")
        deletion.erase(copy)


def test_a_deletion_that_was_cut_off_goes_on(
    app: Flask, config: Config, city: TenantRef, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_id: object) -> None:
        raise RuntimeError("cut")

    with app.app_context():
        deletion.ask("zhuxiao9", pair[0])
        with clock.business_time(clock.now() + AFTER):
            monkeypatch.setattr(store, "remove_all", fail)
            with pytest.raises(RuntimeError, match="cut"):
                deletion.confirm("zhuxiao9", pair[1], tmp_path / "proof")
            monkeypatch.undo()
            assert not (tmp_path / "proof").exists()
            assert Browser(app, city).get("/").status_code == 503
            deletion.confirm("zhuxiao9", pair[1], tmp_path / "proof")
    assert _everywhere(app, config, [str(city.id), city.schema]) == []


def test_what_is_left_is_found(app: Flask, city: TenantRef) -> None:
    with app.app_context():
        found = search.search(city, search.marks_of(city, ["zhuxiao9.localhost"]))

    assert {place for place, count in found.items() if count} >= {
        "files", "main platform.tenant", "main platform.tenant_host", "main pg_namespace",
        "second queue.procrastinate_jobs", "second pg_roles",
    }  # fmt: skip


def test_another_city_is_not_touched(app: Flask, city: TenantRef, original: TenantRef) -> None:
    with app.app_context():
        kept = len(list(store.list_keys(original.id)))
        deletion.erase(city)
        with registry.platform_session() as session:
            assert session.get(Tenant, original.id) is not None
        assert len(list(store.list_keys(original.id))) == kept

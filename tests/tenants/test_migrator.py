"""Cities are migrated one by one; one that fails holds up no other, and what was broken off goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from flask import Flask
from sqlalchemy import column, table, text, update

from saas.config import Config
from saas.db.session import TenantRef
from saas.embedded import ROOT
from saas.errors import UnavailableError
from saas.jobs.perform import ENTER
from tenants import connections, context, migrator, provisioning, registry, starter
from tenants.histories import TENANT, VERSIONS
from tenants.models import Tenant
from tests.browsers import Browser

FURTHER = "209912310000"
REVISION = '''
"""A further column."""

from alembic import op
import sqlalchemy as sa

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None
served_before = {served_before}


def upgrade() -> None:
    op.execute("SELECT pg_sleep({seconds})")
    op.add_column("unit", sa.Column("seen", sa.Text(), nullable=True))
'''
BROKEN_OFF = """
    import blueprints, tenants
    from pathlib import Path
    from saas import web
    from saas.app import create_app
    from saas.config import Config
    from tenants import migrator
    from tenants.histories import TENANT, VERSIONS

    app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    TENANT.folders.append(Path({folder!r}))
    with app.app_context():
        migrator.migrate_tenants(1)
"""


@pytest.fixture(scope="module")
def cities(app: Flask) -> list[TenantRef]:
    """A few small cities."""
    with app.app_context():
        plain = starter.plain("三沙市", "4603")
        return [provisioning.create(provisioning.NewCity(f"small{n}", f"小城{n}", plain)) for n in range(4)]


@pytest.fixture
def further(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A folder in which a test writes a further revision; every city is taken back afterwards."""
    before = TENANT.head
    yield tmp_path
    if tmp_path in TENANT.folders:
        TENANT.folders.remove(tmp_path)
    with app.app_context(), connections.admin_engine().begin() as connection:
        for city in registry.list_tenants():
            connection.execute(text(f"ALTER TABLE {city.schema}.unit DROP COLUMN IF EXISTS seen"))
            versions_row = table(VERSIONS, column("version_num"), schema=city.schema)
            connection.execute(update(versions_row).values(version_num=before))
        connection.execute(update(Tenant).values(version=before))
        registry.forget()


def write(folder: Path, *, served_before: bool = False, seconds: float = 0) -> None:
    """Write the further revision and let this process know it."""
    values = {"revision": FURTHER, "before": TENANT.head, "served_before": served_before, "seconds": seconds}
    (folder / f"{FURTHER}_further.py").write_text(REVISION.format_map(values))
    TENANT.folders.append(folder)


def versions(app: Flask) -> dict[str, str | None]:
    with app.app_context():
        return dict(registry.list_versions())


def migrate(app: Flask, jobs: int = 1) -> dict[str, migrator.Migrated]:
    with app.app_context():
        return {city.code: city for city in migrator.migrate_tenants(jobs)}


def spoil(app: Flask, city: TenantRef) -> None:
    """Let the further revision fail in a city."""
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text(f"ALTER TABLE {city.schema}.unit ADD COLUMN seen text"))


def test_a_city_at_the_head_is_left_alone(app: Flask, cities: list[TenantRef], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise AssertionError("the city's schema was touched")

    monkeypatch.setattr(migrator, "migrate_schema", fail)

    assert migrate(app)["small0"] == migrator.Migrated("small0", TENANT.head)


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_city_that_fails_is_on_its_maintenance_page_and_the_others_are_served(
    app: Flask, cities: list[TenantRef], further: Path, jobs: int
) -> None:
    write(further)
    spoil(app, cities[1])
    done = migrate(app, jobs)

    assert "already exists" in (done["small1"].problem or "")
    assert {code for code, city in done.items() if city.problem is None} == set(done) - {"small1"}
    answers = {city.code: Browser(app, city).get("/") for city in cities}
    assert {code: answer.status_code for code, answer in answers.items()} == {
        "small0": 200,
        "small1": 503,
        "small2": 200,
        "small3": 200,
    }
    assert "正在升级" in answers["small1"].get_data(as_text=True)


def test_a_city_that_failed_is_migrated_when_the_cause_is_gone(
    app: Flask, cities: list[TenantRef], further: Path
) -> None:
    write(further)
    spoil(app, cities[1])
    migrate(app)
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text(f"ALTER TABLE {cities[1].schema}.unit DROP COLUMN seen"))

    assert migrate(app)["small1"] == migrator.Migrated("small1", FURTHER)
    assert Browser(app, cities[1]).get("/").status_code == 200


def test_a_city_behind_is_served_when_the_revision_says_that_it_may_be(
    app: Flask, cities: list[TenantRef], further: Path
) -> None:
    write(further, served_before=True)

    assert Browser(app, cities[0]).get("/").status_code == 200


def test_a_city_behind_is_not_served_when_the_revision_does_not_say_so(
    app: Flask, cities: list[TenantRef], further: Path
) -> None:
    write(further)

    assert Browser(app, cities[0]).get("/").status_code == 503


def test_a_city_ahead_of_the_program_is_not_served(app: Flask, cities: list[TenantRef], further: Path) -> None:
    write(further)
    migrate(app)
    TENANT.folders.remove(further)

    assert Browser(app, cities[0]).get("/").status_code == 503


def test_no_job_is_done_in_a_city_that_is_behind(app: Flask, cities: list[TenantRef], further: Path) -> None:
    write(further)

    with pytest.raises(UnavailableError), app.extensions[ENTER](cities[0].schema):
        pass


def test_who_holds_a_table_for_a_moment_is_waited_for(
    app: Flask, cities: list[TenantRef], further: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(further)
    monkeypatch.setattr(migrator, "BEGIN", migrator.BEGIN.replace("2s", "100ms"))
    with app.app_context():
        holder = connections.admin_engine().connect()
    holder.execute(text(f"LOCK TABLE {cities[0].schema}.unit"))
    monkeypatch.setattr(time, "sleep", lambda _seconds: holder.close())

    assert migrate(app)["small0"].problem is None


def test_who_holds_a_table_for_long_is_told(
    app: Flask, cities: list[TenantRef], further: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(further)
    monkeypatch.setattr(migrator, "BEGIN", migrator.BEGIN.replace("2s", "50ms"))
    monkeypatch.setattr(migrator, "PAUSES", (0.01,))
    with app.app_context(), connections.admin_engine().connect() as holder:
        holder.execute(text(f"LOCK TABLE {cities[0].schema}.unit"))
        done = migrate(app, 2)

    assert "lock timeout" in (done["small0"].problem or "")
    assert done["small3"].problem is None


def test_killed_midway_it_goes_on_where_it_was(
    app: Flask, config: Config, cities: list[TenantRef], further: Path
) -> None:
    write(further, seconds=0.5)
    code = dedent(BROKEN_OFF).format(folder=str(further))
    environment = os.environ | {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": config.master_key,
    }
    running = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)
    while running.poll() is None and FURTHER not in versions(app).values():
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    left = [code for code, version in versions(app).items() if version != FURTHER]

    assert running.returncode == -signal.SIGKILL
    assert 0 < len(left) < len(versions(app))
    assert {city.problem for city in migrate(app).values()} == {None}
    assert set(versions(app).values()) == {FURTHER}


def test_a_held_city_stays_held_and_so_do_its_new_tables(app: Flask, cities: list[TenantRef], further: Path) -> None:
    write(further)
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(update(Tenant).where(Tenant.code == "small0").values(state="read_only"))
    migrate(app)
    with context.entered(app, cities[0]), connections.admin_engine().begin() as connection:
        may = text("SELECT has_table_privilege(:login, :table, 'UPDATE')")
        held = connection.scalar(may, {"login": cities[0].schema, "table": f"{cities[0].schema}.unit"})
        connection.execute(update(Tenant).where(Tenant.code == "small0").values(state="active"))

    assert held is False

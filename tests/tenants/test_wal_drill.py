"""The whole deployment comes back to the second before an accident: archived by the settings we hand out."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from psycopg.sql import Identifier
from sqlalchemy import make_url, select, text

from saas.db.logins import conninfo
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.files import services as files
from saas.files import store
from saas.files.models import File
from saas.jobs import worker
from tenants import connections, context, migrator
from tenants.statements import run
from tests import deployments
from tests.deployments import TunedServer
from tests.mediation import factory
from tests.portal.applying import PNG
from tests.tenants.data.snapshots import contents, pages

HANDED_OUT = ROOT / "saas" / "deploy" / "postgresql.conf"
ARCHIVING = ("wal_level", "archive_mode", "archive_timeout", "archive_command")
LONGEST_LOSS = 60  # seconds of work, should the machine go with its disks
LONGEST_RETURN = 120  # seconds for the little that is in this drill
CODES = {"one": "beijing", "two": "zunyi"}
COMMITTEE = {"one": "兴和人民调解委员会", "two": "汇川区人民调解委员会"}
PERSON = {"one": "sunli", "two": "shiqiang"}
PASSING = frozenset({"web_session", "rate_count"})
"""What signing in to look adds."""


def handed_out(archive: Path) -> dict[str, str]:
    """The settings of archiving that a deployment gets, with the archive in this folder."""
    text_ = HANDED_OUT.read_text("utf-8")
    found = {name: re.search(rf"^{name} = '?(.*?)'?$", text_, re.MULTILINE) for name in ARCHIVING}
    return {name: match[1].replace("/archive", str(archive)) for name, match in found.items() if match}


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where everything of the drill lies."""
    made = Path(tempfile.mkdtemp(prefix="fqw"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def _ask(app: Flask, question: str) -> Any:  # noqa: ANN401 - whatever is asked
    with app.app_context(), connections.admin_engine().begin() as connection:
        return connection.scalar(text(question))


def _accident(app: Flask, cities: Sequence[TenantRef]) -> None:
    """All cases are gone, and the record of them."""
    with app.app_context(), connections.admin_engine().begin() as connection:
        for city in cities:
            run(connection, "TRUNCATE {schema}.case_file, {schema}.audit_event CASCADE", schema=Identifier(city.schema))


def _base_backup(server: TunedServer, target: Path) -> None:
    """Copy the running server's files, as its own account."""
    with (server.data / "pg_hba.conf").open("a") as rules:
        rules.write("local replication all scram-sha-256\n")
    server.account.run([str(server.binaries / "pg_ctl"), "-D", str(server.data), "reload"])
    address = conninfo(make_url(server.url))
    command = [str(server.binaries / "pg_basebackup"), "-D", str(target), "-c", "fast", "-d", address]
    assert server.account.run(command, output=subprocess.DEVNULL) == 0


def _work(app: Flask, city: TenantRef) -> None:
    """A case with papers and an attachment."""
    with context.transaction(app, city):
        case = factory.open_application(COMMITTEE[city.code])
        files.add(case, "identity", "身份证.png", PNG, by=factory.actor(PERSON[city.code]))
    worker.drain(app)


def _restore(server: TunedServer, backup: Path, archive: Path, moment: str, there: Path) -> TunedServer:
    """Another server from the copy and the archive, as everything was at a moment."""
    shutil.copytree(server.var, there / "var", ignore=lambda _folder, _names: {"pg", "run", "log", "lock"})
    restored = TunedServer(there)
    shutil.move(backup, restored.data)
    lines = {
        "archive_mode": "off",
        "restore_command": f"cp {archive}/%f %p",
        "recovery_target_time": moment,
        "recovery_target_action": "promote",
    }
    with (restored.data / "postgresql.auto.conf").open("a") as written:
        written.writelines(f"{name} = '{value}'\n" for name, value in lines.items())
    (restored.data / "recovery.signal").touch()
    restored.ensure_running()
    return restored


def _until(done: Callable[[], bool]) -> float:
    started = time.monotonic()
    while not done() and time.monotonic() - started < LONGEST_RETURN:
        time.sleep(0.1)
    return time.monotonic() - started


def test_what_is_handed_out_archives_within_a_minute() -> None:
    found = handed_out(Path("/archive"))

    assert set(found) == set(ARCHIVING)
    assert (found["archive_mode"], found["archive_timeout"]) == ("on", f"{LONGEST_LOSS}s")


@pytest.mark.slow
def test_everything_is_as_it_was_the_second_before_the_accident(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, backup, there = folder / "archive", folder / "backup", folder / "there"
    there.mkdir(mode=0o755)
    with ExitStack() as stack:
        server = deployments.start(folder / "here", **handed_out(archive))
        stack.callback(server.stop)
        for made in (archive, backup):
            made.mkdir(mode=0o700)
            server.account.own(made)
        config = deployments.settings(server, folder / "files")
        app = deployments.application(config)
        stack.callback(deployments.close, app)
        with app.app_context():
            migrator.migrate_platform()
        cities = [deployments.open_city(app, code, pack) for code, pack in CODES.items()]
        _work(app, cities[0])
        _base_backup(server, backup)
        for city in cities:
            _work(app, city)

        before = {city.code: contents(app, city, PASSING) for city in cities}
        seen = {city.code: pages(app, city, PERSON[city.code]) for city in cities}
        before = {city.code: contents(app, city, PASSING) for city in cities}
        moment = str(_ask(app, "SELECT clock_timestamp()"))
        _accident(app, cities)
        last = _ask(app, "SELECT pg_walfile_name(pg_switch_wal())")
        behind = _until((archive / str(last)).exists)
        shutil.copytree(folder / "files", folder / "kept")

        started = time.monotonic()
        restored = _restore(server, backup, archive, moment, there)
        stack.callback(restored.stop)
        again = deployments.application(deployments.settings(restored, folder / "kept"))
        stack.callback(deployments.close, again)
        _until(lambda: _ask(again, "SELECT pg_is_in_recovery()") is False)
        back = {city.code: contents(again, city, PASSING) for city in cities}
        returned = time.monotonic() - started

        lost = {code: [name for name in rows if rows[name] != back[code][name]] for code, rows in before.items()}
        assert lost == {"one": [], "two": []}
        assert {code: len(rows["case_file"]) for code, rows in back.items()} == {"one": 2, "two": 1}
        for city in cities:
            assert _missing(again, city) == []
            assert pages(again, city, PERSON[city.code]) == seen[city.code]
        assert behind < LONGEST_LOSS
        assert returned < LONGEST_RETURN
    with capsys.disabled():
        size = sum(len(rows) for city in before.values() for rows in city.values())
        figures = f"archive {behind:.1f} s behind, 0 rows lost, back in {returned:.1f} s"
        sys.stdout.write(f"\nWAL drill: {size} rows back; {figures}\n")


def _missing(app: Flask, city: TenantRef) -> list[str]:
    """The files of a city whose bytes are not what they were."""
    with context.entered(app, city):
        rows = list(db.session.scalars(select(File)))
        assert rows
        return [row.name for row in rows if store.digest_of(store.get(row.storage_key)) not in row.storage_key]

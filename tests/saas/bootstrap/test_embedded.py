"""PostgreSQL of our own: made, started, reached with a password only, stopped."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from saas import embedded
from saas.embedded import LONGEST_SOCKET_FOLDER, EmbeddedError, Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="fq"))
    folder.chmod(0o755)
    made = Server(folder)
    made.ensure_running()
    yield made
    made.stop()
    shutil.rmtree(folder)


def _connect(server: Server, password: str | None = None) -> "psycopg.Connection[tuple[object, ...]]":
    used = password or server.instance()["postgres_password"]
    return psycopg.connect(host=str(server.sockets), dbname="fengqiao", user="fengqiao", password=used)


def test_the_right_password_opens_the_database(server: Server) -> None:
    with _connect(server) as connection:
        row = connection.execute("SELECT current_database(), current_setting('server_encoding')").fetchone()
    assert row == ("fengqiao", "UTF8")


def test_a_wrong_password_is_refused(server: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        _connect(server, "wrong")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", ""),
        ("max_connections", "200"),
        ("max_locks_per_transaction", "256"),
        ("TimeZone", "UTC"),
        ("fsync", "on"),
    ],
)
def test_the_server_runs_with_our_settings(server: Server, setting: str, value: str) -> None:
    with _connect(server) as connection:
        assert connection.execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_it_does_not_run_as_root(server: Server) -> None:
    assert server.data.stat().st_uid != 0


def test_a_running_server_is_not_started_again(server: Server) -> None:
    assert server.ensure_running() is False


def test_the_secrets_are_kept_and_private(server: Server) -> None:
    path = server.var / "instance.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert replace(server).instance() == server.instance()
    assert set(server.instance()) == embedded.SECRETS


def test_the_address_is_in_the_form_sqlalchemy_reads(server: Server) -> None:
    assert server.url.startswith("postgresql+psycopg://fengqiao:")
    assert server.url.endswith(f"@/fengqiao?host={server.sockets}")


def test_many_who_start_it_at_once_start_it_once_and_data_survives_the_stop(server: Server) -> None:
    with _connect(server) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
    assert server.stop() is True
    assert server.is_running() is False
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: Server(server.root).ensure_running(), range(4)))
    assert started.count(True) == 1
    with _connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_stopping_what_does_not_run_says_so(tmp_path: Path) -> None:
    assert Server(tmp_path).stop() is False


def test_a_deep_folder_gets_a_short_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * LONGEST_SOCKET_FOLDER)
    assert len(bytes(Server(deep).sockets)) <= LONGEST_SOCKET_FOLDER


def test_another_database_address_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://elsewhere/db")
    monkeypatch.setattr(Server, "ensure_running", lambda _self: pytest.fail("started"))
    assert embedded.ensure_running() == "postgresql+psycopg://elsewhere/db"


def test_a_machine_without_postgresql_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_binaries", lambda _root: None)
    with pytest.raises(EmbeddedError, match="make setup"):
        _ = Server(tmp_path).binaries

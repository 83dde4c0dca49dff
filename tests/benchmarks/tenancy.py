"""What is timed of a city as a whole: creating, backing up, restoring; each beside the least it can cost.

``python -m tests.benchmarks.tenancy -o build/bench-tenancy.json`` alone, or :func:`measure` from elsewhere.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from psycopg import sql
from sqlalchemy import Connection

from saas.config import Config
from saas.db.session import TenantRef, db
from tenants import connections, provisioning, registry, starter
from tenants.data import backup, deletion, restore, tables
from tenants.data.tables import Table
from tenants.histories import base_script
from tenants.statements import run
from tests import databases
from tests.benchmarks import city
from tests.benchmarks.city import Bench
from tests.benchmarks.measures import Row

FULL = {"cases": 10_000, "real": 300, "turns": 7}
SMALL = {"cases": 300, "real": 40, "turns": 3}
TARGET = "<= 2 x floor"
FLOOR = "t_f100f100f1"
NEW, COPY = "benchnew", "benchcopy"
Act = Callable[[], object]


@dataclass(frozen=True)
class Timed:
    """Seconds of each turn of the product and of its floor, taken by turns in one run."""

    own: list[float]
    floor: list[float]

    def row(self, name: str, cases: int | None = None) -> Row:
        """One line of the report."""
        own, floor = median(self.own), median(self.floor)
        ratio = round(own / floor, 2)
        return Row(name, round(own, 3), "s", round(floor, 3), ratio, len(self.own), cases=cases, target=TARGET)


def measure(bench: Bench, turns: int, folder: Path) -> list[Row]:
    """Create, back up and restore, by turns with the same rows by COPY alone.

    Args:
        bench: A full city; the floor copies its tables and leaves its files alone.
        turns: How often each is timed.
        folder: Where backups and the floor's rows are written.
    """
    file, given = folder / "city.backup", starter.load("beijing")
    rows = folder / "rows"
    rows.mkdir()
    with bench.app.app_context():
        out = _by_turns(turns, lambda: backup.back_up(bench.city.code, file), lambda: _copy_out(bench.city, rows))
        back = _by_turns(turns, lambda: restore.restore(file, COPY), lambda: _copy_in(rows), COPY)
        new = provisioning.NewCity(NEW, "新市", given)
        provisioning.create(new)
        _copy_out(registry.get_tenant(NEW), rows)
        deletion.erase(registry.get_tenant(NEW))
        made = _by_turns(turns, lambda: provisioning.create(new), lambda: _copy_in(rows), NEW)
    return [made.row("create_tenant"), out.row("backup", bench.cases), back.row("restore", bench.cases)]


def _by_turns(turns: int, own: Act, floor: Act, made: str | None = None) -> Timed:
    timed = Timed([], [])
    for _ in range(turns):
        timed.own.append(_seconds(own))
        timed.floor.append(_seconds(floor))
        if made is not None:
            deletion.erase(registry.get_tenant(made))
            _drop_floor()
    return timed


def _seconds(act: Act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _copy_out(tenant: TenantRef, folder: Path) -> None:
    """The floor of a backup: every table by COPY into a file, in one transaction."""
    with backup.snapshot(tenant) as connection:
        for table in tables.list_tables(connection, tenant.schema):
            with (folder / table.name).open("wb") as stream:
                for piece in _plainly(connection, tenant.schema, table):
                    stream.write(piece)


def _plainly(connection: Connection, schema: str, table: Table) -> Iterator[bytes]:
    statement = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(schema, table.name))
    with tables.raw(connection).cursor() as cursor, cursor.copy(statement) as copy:
        yield from map(bytes, copy)


def _copy_in(folder: Path) -> None:
    """The floor: the tables by one script, indexes and keys in place, and their rows by COPY out of files."""
    with connections.admin_engine().begin() as connection:
        run(connection, "CREATE SCHEMA {schema}", schema=sql.Identifier(FLOOR))
        tables.enter(connection, FLOOR)
        run(connection, "SET LOCAL session_replication_role = replica")  # keys are taken on trust
        tables.raw(connection).execute(base_script().encode())
        for table in tables.list_tables(connection, FLOOR):
            tables.write(connection, FLOOR, table, _pieces(folder / table.name))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(tables.PIECE):
            yield piece


def _drop_floor() -> None:
    with connections.admin_engine().begin() as connection:
        run(connection, "DROP SCHEMA {schema} CASCADE", schema=sql.Identifier(FLOOR))


def main() -> int:
    """Measure in a database of its own and write the rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.tenancy", description=__doc__)
    parser.add_argument("-o", dest="output", type=Path, default=Path("build/bench-tenancy.json"))
    parser.add_argument("--small", action="store_true", help="300 cases instead of 10,000")
    given = parser.parse_args()
    rows = _measure_apart(SMALL if given.small else FULL)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps([row.as_dict() for row in rows], indent=2) + "\n")
    for row in rows:
        _say(f"{row.name}: {row.value} {row.unit}, floor {row.floor}, ratio {row.ratio}, n {row.n}")
    return 0


def _measure_apart(size: dict[str, int]) -> list[Row]:
    admin = Config.from_env().database_url
    url = databases.make_new(admin).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            url,
            "k" * 32,
            "d" * 32,
            storage_dir=Path(folder) / "storage",
            backup_key="b" * 32,
            master_key="m" * 32,
            plain_http=True,
        )
        app = city.make_app(config)
        try:
            bench = city.fill(app, "bench", size["cases"], size["real"], 0, _say)
            return measure(bench, size["turns"], Path(folder))
        finally:
            with app.app_context():
                connections.dispose()
                db.engine.dispose()
            databases.drop(admin)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

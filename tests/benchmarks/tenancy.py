"""What is timed of a city as a whole: opening, backing up, restoring, moving; each beside the least it can cost."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from psycopg import sql
from sqlalchemy import Connection

from saas.db.session import TenantRef
from tenants import connections, placement, provisioning, registry, starter
from tenants.data import backup, deletion, moving, restore, tables
from tenants.data.tables import Table
from tenants.histories import base_script
from tenants.starter import Starter
from tenants.statements import run, send
from tests.benchmarks.city import Bench
from tests.benchmarks.crowd import DIVISION, NAME
from tests.benchmarks.deployment import SECOND
from tests.benchmarks.measures import Row

TARGET = "ratio <= 2"
FLOOR = "t_f100f100f1"
NEW, COPY = "benchnew", "benchcopy"
Act = Callable[[], object]


@dataclass
class Timed:
    """Seconds of each turn of the product and of its floor, taken by turns in one run."""

    own: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    def row(self, name: str, cases: int | None = None) -> Row:
        """One line of the report."""
        own, floor = median(self.own), median(self.floor)
        ratio, cities = round(own / floor, 2), len(registry.list_tenants())
        n = len(self.own)
        return Row(name, round(own, 3), "s", round(floor, 3), ratio, n, cases=cases, target=TARGET, cities=cities)


def measure_opening(turns: int, folder: Path) -> list[Row]:
    """A small city beside its tables alone, and 北京市 with all its units beside its tables and rows.

    Args:
        turns: How often each is timed.
        folder: Where the floor's rows are written.
    """
    small = _opening(turns, starter.plain(NAME, DIVISION), _lay_bare)
    large, rows = replace(starter.load("beijing"), hosts=[]), _folder(folder, "units")
    provisioning.create(provisioning.NewCity(NEW, "新市", large))
    _copy_out(registry.get_tenant(NEW), rows)
    deletion.erase(registry.get_tenant(NEW))
    whole = _opening(turns, large, lambda: _copy_in(rows))
    return [small.row("create_tenant"), whole.row("create_tenant_units")]


def measure_backup(name: str, bench: Bench, turns: int, folder: Path) -> Row:
    """One full city of all there are: into a sealed file, and its tables alone by COPY."""
    file, rows, timed = folder / "city.backup", _folder(folder, "rows"), Timed()
    tenant = registry.get_tenant(bench.city.code)
    for _ in range(turns):
        timed.own.append(_seconds(lambda: backup.back_up(tenant.code, file)))
        timed.floor.append(_seconds(lambda: _copy_out(tenant, rows)))
    return timed.row(name, bench.cases)


def measure_restore(bench: Bench, turns: int, folder: Path) -> Row:
    """A copy of the city out of its sealed file, and its rows by COPY into tables with their indexes."""
    file, rows, timed = folder / "city.backup", _folder(folder, "rows"), Timed()
    for _ in range(turns):
        timed.own.append(_seconds(lambda: restore.restore(file, COPY)))
        timed.floor.append(_seconds(lambda: _copy_in(rows)))
        deletion.erase(registry.get_tenant(COPY))
        _drop_floor()
    return timed.row("restore", bench.cases)


def measure_move(bench: Bench, turns: int, folder: Path) -> Row:
    """The city to the other server and back, and its rows by COPY into tables with their indexes there.

    The seconds until every process has heard of the new place are not waited for.
    """
    rows, timed, code = _folder(folder, "rows"), Timed(), bench.city.code
    for _ in range(turns):
        for server in (SECOND, placement.MAIN):
            timed.own.append(_seconds(lambda to=server: moving.move(code, to, wait=lambda _seconds: None)))  # type: ignore[misc]
            timed.floor.append(_seconds(lambda to=server: _copy_in(rows, to)))  # type: ignore[misc]
            moving.forget(code)
            _drop_floor(server)
    return timed.row("move", bench.cases)


def _opening(turns: int, given: Starter, floor: Act) -> Timed:
    timed = Timed()
    for _ in range(turns):
        timed.own.append(_seconds(lambda: provisioning.create(provisioning.NewCity(NEW, "新市", given))))
        timed.floor.append(_seconds(floor))
        deletion.erase(registry.get_tenant(NEW))
        _drop_floor()
    return timed


def _seconds(act: Act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _folder(inside: Path, name: str) -> Path:
    made = inside / name
    made.mkdir(exist_ok=True)
    return made


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


def _copy_in(folder: Path, server: str = placement.MAIN) -> None:
    """The floor: the tables by one script, indexes and keys in place, and their rows by COPY out of files."""
    with connections.admin_engine(server).begin() as connection:
        _lay(connection)
        run(connection, "SET LOCAL session_replication_role = replica")  # keys are taken on trust
        for table in tables.list_tables(connection, FLOOR):
            tables.write(connection, FLOOR, table, _pieces(folder / table.name))


def _lay_bare() -> None:
    """The floor of a small city: its tables by one script."""
    with connections.admin_engine().begin() as connection:
        _lay(connection)


def _lay(connection: Connection) -> None:
    run(connection, "CREATE SCHEMA {schema}", schema=sql.Identifier(FLOOR))
    tables.enter(connection, FLOOR)
    send(connection, base_script())


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(tables.PIECE):
            yield piece


def _drop_floor(server: str = placement.MAIN) -> None:
    with connections.admin_engine(server).begin() as connection:
        run(connection, "DROP SCHEMA {schema} CASCADE", schema=sql.Identifier(FLOOR))

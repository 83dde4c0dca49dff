"""What sealing costs: a page of rows opened against the same page in the clear, and a look-up by a blind index.

``python -m tests.benchmarks.sealing`` prints the rows alone; :func:`measure` from elsewhere.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import LargeBinary, bindparam, column, select, table, text

from saas.config import Config
from saas.crypto import blind, objects, rings, sealing
from saas.crypto.rings import Key, Ring
from saas.crypto.suites import SUITES
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from tenants import connections, context, provisioning, starter
from tests import databases
from tests.benchmarks import city
from tests.benchmarks.measures import Row

PAGE = 20  # rows
FIELDS = {
    "probe.id_number": "990101199001011234",
    "probe.phone": "13900007788",
    "probe.address": "大兴区兴丰街道黄村西里",
}
PROBES = 50_000  # rows of the look-up
MILLISECONDS = 1000.0
MEBIBYTE = 1 << 20
Turn = Callable[[], object]


def measure(turns: int = 200) -> list[Row]:
    """Both suites on a page of rows and on a file; no database is needed.

    Args:
        turns: How often each is timed.
    """
    return [row for name in sorted(SUITES) for row in (_page(name, turns), _file(name, max(turns // 40, 3)))]


def measure_lookup(found: TenantRef, turns: int = 500, rows: int = PROBES) -> Row:
    """Finding one of many by a blind index, beside finding it by its plain number; inside the city's context.

    Args:
        found: The city.
        turns: How often each is timed.
        rows: How many there are.
    """
    numbers = [f"9901011990{n:08}" for n in range(rows)]
    with connections.admin_engine(found.server).begin() as connection:
        connection.execute(text(f"SET LOCAL search_path = {found.schema}"))
        connection.execute(text("CREATE TABLE probe (plain text, hidden bytea)"))
        ring = rings.read(connection, found.origin_id)
        probe = table("probe", column("plain"), column("hidden", LargeBinary))
        fresh = [{"plain": one, "hidden": blind.index_under(ring, "probe.plain", one)} for one in numbers]
        connection.execute(probe.insert(), fresh)
        connection.execute(text("CREATE INDEX ON probe (plain)"))
        connection.execute(text("CREATE INDEX ON probe (hidden)"))
        connection.execute(text("ANALYZE probe"))
        plain = select(probe.c.plain).where(probe.c.plain == bindparam("value"))
        hidden = select(probe.c.plain).where(probe.c.hidden == bindparam("value"))
        wanted = numbers[rows // 2]

        def by_index() -> object:
            value = blind.index_under(ring, "probe.plain", wanted)
            return connection.execute(hidden, {"value": value}).scalar_one()

        def by_number() -> object:
            return connection.execute(plain, {"value": wanted}).scalar_one()

        equal = by_index() == by_number() == wanted
        value, floor = _timed(by_index, by_number, turns)
        connection.execute(text("DROP TABLE probe"))
    return Row("sealing_lookup", value, "ms", floor, round(value / floor, 2), turns, cases=rows, equal=equal)


def _page(name: str, turns: int) -> Row:
    ring = _ring(name)
    rows = [(new_id(), one) for _ in range(PAGE) for one in FIELDS.items()]
    blobs = [(column_, row, sealing.seal_under(ring, column_, row, value)) for row, (column_, value) in rows]
    plain = [value.encode() for _, (_, value) in rows]

    def opened() -> list[str]:
        return [sealing.unseal_under(ring, column_, row, blob).decode() for column_, row, blob in blobs]

    def read() -> list[str]:
        return [value.decode() for value in plain]

    equal = opened() == read()
    value, floor = _timed(opened, read, turns)
    ratio = round(value / floor, 2)
    return Row(f"sealing_page_{name}", value, "ms", floor, ratio, turns, equal=equal, target="<= 5 ms CPU")


def _file(name: str, turns: int) -> Row:
    ring, data = _ring(name), os.urandom(MEBIBYTE)
    blob = objects.seal(ring, b"file", data)

    def opened() -> bytes:
        return b"".join(objects.unseal(ring, b"file", blob))

    equal = opened() == data
    value, floor = _timed(opened, lambda: bytes(bytearray(data)), turns)
    return Row(f"sealing_file_mib_{name}", value, "ms", floor, round(value / floor, 2), turns, equal=equal)


def _ring(name: str) -> Ring:
    key = Key(SUITES[name], os.urandom(SUITES[name].key_bytes))
    return Ring(new_id(), {0: key, 1: key}, 0.0)


def _timed(ours: Turn, least: Turn, turns: int) -> tuple[float, float]:
    """The medians of both in milliseconds of this process's CPU, turn by turn."""
    took = [(_cpu(ours), _cpu(least)) for _ in range(turns)]
    return (
        round(median(one for one, _ in took) * MILLISECONDS, 4),
        round(median(one for _, one in took) * MILLISECONDS, 4),
    )


def _cpu(turn: Turn) -> float:
    start = time.process_time()
    turn()
    return time.process_time() - start


def main() -> None:
    """Make a city of its own, measure, and print one JSON document."""
    admin = os.environ["DATABASE_URL"]
    url = databases.make_new(admin).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as storage:
        app = city.make_app(Config(url, "k" * 32, "d" * 32, Path(storage), master_key="m" * 32, plain_http=True))
        with app.app_context():
            made = provisioning.create(provisioning.NewCity("seal", "封市", starter.plain("三沙市", "4603")))
        with context.entered(app, made):
            rows = [*measure(), measure_lookup(made)]
        with app.app_context():
            connections.dispose()
            db.engine.dispose()
    databases.drop(admin)
    sys.stdout.write(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()

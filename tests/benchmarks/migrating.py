"""One column more in every city: the migrator beside the bare statements, and one city of them failing.

``python -m tests.benchmarks.migrating --cities 50`` alone, or :func:`measure` from elsewhere.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psycopg
from sqlalchemy import make_url, text, update

from saas.config import Config, current_config
from saas.db.logins import conninfo
from saas.db.session import TenantRef, db
from tenants import connections, migrator, provisioning, registry, starter
from tenants.histories import TENANT
from tenants.models import Tenant
from tests import databases
from tests.benchmarks.city import make_app
from tests.benchmarks.measures import Row

FURTHER = "209912310000"
REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{further}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("seen", sa.Text(), nullable=True))
"""


def measure(cities: Sequence[TenantRef], turns: int, folder: Path) -> list[Row]:
    """Migrate all cities so often, taking them back each time.

    Args:
        cities: All there are.
        turns: How often.
        folder: Where the further revision is written.
    """
    before = TENANT.head
    (folder / "further.py").write_text(REVISION.format(further=FURTHER, before=before))
    TENANT.folders.append(folder)
    try:
        rows = [_row(jobs, cities, before, turns) for jobs in (1, 2)]
        return [*rows, _failing(cities, before)]
    finally:
        TENANT.folders.remove(folder)


def _row(jobs: int, cities: Sequence[TenantRef], before: str, turns: int) -> Row:
    """The migrator and the floor, turn by turn."""
    taken = [(_timed(jobs, cities, before), _floor(cities, before)) for _ in range(turns)]
    value, floor = (median(side) for side in zip(*taken, strict=True))
    name = f"migrate {len(cities)} tenants, {jobs} at a time"
    return Row(name, round(value, 3), "s", round(floor, 3), round(value / floor, 2), turns, target="ratio <= 3")


def _timed(jobs: int, cities: Sequence[TenantRef], before: str) -> float:
    started = time.perf_counter()
    done = migrator.migrate_tenants(jobs)
    taken = time.perf_counter() - started
    assert all(city.problem is None for city in done)
    _take_back(cities, before)
    return taken


def _failing(cities: Sequence[TenantRef], before: str) -> Row:
    """One city of all cannot be migrated: how many are."""
    with connections.admin_engine().begin() as connection:
        connection.execute(text(f"ALTER TABLE {cities[len(cities) // 2].schema}.unit ADD COLUMN seen text"))
    done = migrator.migrate_tenants(2)
    migrated = sum(city.version == FURTHER for city in done)
    _take_back(cities, before)
    name = f"migrated of {len(cities)} tenants when one fails"
    return Row(name, migrated, "tenants", None, None, 1, equal=migrated == len(cities) - 1)


def _floor(cities: Sequence[TenantRef], before: str) -> float:
    """The bare statements, a transaction for each city, on one connection."""
    address = conninfo(make_url(current_config().database_url))
    with psycopg.connect(address, autocommit=True) as connection:
        started = time.perf_counter()
        for city in cities:
            statements = (
                f"BEGIN; SET LOCAL search_path = {city.schema}; ALTER TABLE unit ADD COLUMN seen text;"  # noqa: S608
                f" UPDATE alembic_version SET version_num = '{FURTHER}'; COMMIT"
            )
            connection.execute(statements.encode())
        taken = time.perf_counter() - started
    _take_back(cities, before)
    return taken


def _take_back(cities: Sequence[TenantRef], before: str) -> None:
    with connections.admin_engine().begin() as connection:
        for city in cities:
            connection.execute(text(f"ALTER TABLE {city.schema}.unit DROP COLUMN IF EXISTS seen"))
            back = f"UPDATE {city.schema}.alembic_version SET version_num = '{before}'"  # noqa: S608 - made here
            connection.execute(text(back))
        connection.execute(update(Tenant).values(version=before))
    registry.forget()


def main() -> int:
    """Measure in a database of its own and print the rows as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.migrating", description=__doc__)
    parser.add_argument("--cities", type=int, default=50)
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args()
    admin = Config.from_env().database_url
    url = databases.make_new(admin).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as storage, tempfile.TemporaryDirectory() as folder:
        app = make_app(
            Config(
                url,
                secret_key="k" * 32,
                database_secret="d" * 32,
                storage_dir=Path(storage),
                master_key="m" * 32,
                plain_http=True,
            )
        )
        try:
            with app.app_context():
                plain = starter.plain("三沙市", "4603")
                cities = [
                    provisioning.create(provisioning.NewCity(f"m{n}", f"城{n}", plain)) for n in range(given.cities)
                ]
                rows = measure(cities, given.turns, Path(folder))
                connections.dispose()
                db.engine.dispose()
        finally:
            databases.drop(admin)
    sys.stdout.write(json.dumps([row.as_dict() for row in rows], indent=2) + "\n")
    return int(any(row.equal is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())

"""One column more in every city: the migrator beside the bare statements, and one city of them failing."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psycopg
from sqlalchemy import make_url, text, update

from saas.config import current_config
from saas.db.logins import conninfo
from saas.db.session import TenantRef
from tenants import connections, migrator, registry
from tenants.histories import TENANT
from tenants.models import Tenant
from tests.benchmarks.measures import MILLISECONDS, Row

FURTHER = "209912310000"
TARGET = "ratio <= 3"
LINEAR = "growth <= 1.5"
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


def measure(name: str, turns: int, folder: Path, before: Row | None = None) -> Row:
    """Migrate all cities there are so often, taking them back each time.

    Args:
        name: Of the row.
        turns: How often.
        folder: Where the further revision is written.
        before: What fewer cities took, to show whether it grows in line with them.
    """
    cities, head = registry.list_tenants(), _further(folder)
    try:
        taken = [(_timed(cities, head), _floor(cities, head)) for _ in range(turns)]
    finally:
        TENANT.folders.remove(folder)
    value, floor = (median(side) for side in zip(*taken, strict=True))
    per_city = value / len(cities) * MILLISECONDS
    growth = round(per_city / before.per_city, 2) if before and before.per_city else None
    return Row(
        name,
        round(value, 3),
        "s",
        round(floor, 3),
        round(value / floor, 2),
        turns,
        target=LINEAR if before else TARGET,
        cities=len(cities),
        per_city=round(per_city, 2),
        growth=growth,
    )


def measure_failing(folder: Path) -> Row:
    """One city of all cannot be migrated: how many are."""
    cities, head = registry.list_tenants(), _further(folder)
    try:
        with connections.admin_engine().begin() as connection:
            connection.execute(text(f"ALTER TABLE {cities[len(cities) // 2].schema}.unit ADD COLUMN seen text"))
        migrated = sum(city.version == FURTHER for city in migrator.migrate_tenants(2))
        _take_back(cities, head)
    finally:
        TENANT.folders.remove(folder)
    equal = migrated == len(cities) - 1
    return Row("migrate_failing", migrated, "cities", None, None, 1, equal=equal, cities=len(cities))


def _further(folder: Path) -> str:
    """Write the further revision and let this process know it; the revision before it."""
    head = TENANT.head
    (folder / "further.py").write_text(REVISION.format(further=FURTHER, before=head))
    TENANT.folders.append(folder)
    return head


def _timed(cities: Sequence[TenantRef], before: str) -> float:
    started = time.perf_counter()
    done = migrator.migrate_tenants()
    taken = time.perf_counter() - started
    assert [city.problem for city in done] == [None] * len(cities)
    _take_back(cities, before)
    return taken


def _floor(cities: Sequence[TenantRef], before: str) -> float:
    """The bare statements, a transaction for each city, on one connection."""
    started = time.perf_counter()
    with psycopg.connect(conninfo(make_url(current_config().database_url)), autocommit=True) as connection:
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

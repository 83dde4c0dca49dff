"""Searching everything that cities share for what marks one of them."""

from collections.abc import Sequence

from psycopg import sql
from sqlalchemy import Connection, text

from saas.db.session import TenantRef
from saas.files import store
from tenants import connections, placement
from tenants.data.tables import raw

SHARED = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('platform', 'queue', 'public') AND c.relkind = 'r' ORDER BY 1, 2
"""

CATALOGUE = {
    "pg_namespace": "SELECT count(*) FROM pg_namespace WHERE nspname LIKE ANY (%s)",
    "pg_roles": "SELECT count(*) FROM pg_roles WHERE rolname LIKE ANY (%s)",
    "pg_class": "SELECT count(*) FROM pg_class WHERE relname LIKE ANY (%s)",
}


def marks_of(tenant: TenantRef, hosts: Sequence[str]) -> list[str]:
    """What marks a city wherever it is written: ids in both ways of writing them, its schema, its hosts."""
    return [str(tenant.id), tenant.id.hex, tenant.schema, *hosts]


def search(tenant: TenantRef, marks: Sequence[str]) -> dict[str, int]:
    """How often a mark is found in each place: tables that cities share, catalogues of each server, the store."""
    patterns = [f"%{_plain(mark)}%" for mark in marks]
    found: dict[str, int] = {}
    for name in placement.list_servers():
        with connections.admin_engine(name).connect() as connection:
            found |= {f"{name} {place}": count for place, count in _search(connection, patterns).items()}
    return found | {"files": sum(1 for _ in store.list_keys(tenant.id))}


def _search(connection: Connection, patterns: list[str]) -> dict[str, int]:
    driver, found = raw(connection), dict[str, int]()
    for place, question in CATALOGUE.items():
        found[place] = _count(driver.execute(question.encode(), [patterns]).fetchone())
    for schema, table in connection.execute(text(SHARED)).all():
        name = sql.Identifier(schema, table)
        asked = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE ANY (%s)").format(name)
        found[f"{schema}.{table}"] = _count(driver.execute(asked, [patterns]).fetchone())
    return found


def _count(row: tuple[object, ...] | None) -> int:
    return int(str(row[0])) if row else 0


def _plain(mark: str) -> str:
    return mark.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

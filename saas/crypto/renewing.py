"""Sealing a city's values anew under the newest key, in batches, while everybody goes on working."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, column, func, select, table, update

from saas.crypto import sealing
from saas.crypto.fields import list_sealed
from saas.crypto.rings import Ring

AT_ONCE = 500  # rows in one transaction


@dataclass(frozen=True)
class Place:
    """A column of ciphertexts: the table, the column and the name they are sealed under."""

    table: str
    column: str
    name: str


def list_places() -> list[Place]:
    """Every column of ciphertexts there is."""
    return [
        Place(table_name, attribute.sealed, attribute.column)
        for table_name, attributes in sorted(list_sealed().items())
        for attribute in attributes
    ]


def renew_batch(connection: Connection, ring: Ring, place: Place, after: UUID) -> UUID | None:
    """Seal the next values under the newest key; the last row looked at, None when there are no more.

    Rows that somebody is writing are waited for, so that nothing written meanwhile is lost.
    """
    rows = table(place.table, column("id"), column(place.column))
    blob: Any = rows.c[place.column]
    old = func.substring(blob, 3, 2) != ring.newest.to_bytes(2, "big")
    query = select(rows.c.id, blob).where(rows.c.id > after, blob.is_not(None), old).order_by(rows.c.id).limit(AT_ONCE)
    found = connection.execute(query.with_for_update()).all()
    if not found:
        return None
    change = update(rows).where(rows.c.id == bindparam("row")).values({place.column: bindparam("blob")})
    fresh = [
        {
            "row": row,
            "blob": sealing.seal_under(ring, place.name, row, sealing.unseal_under(ring, place.name, row, old_)),
        }
        for row, old_ in found
    ]
    connection.execute(change, fresh)
    last: UUID = found[-1][0]
    return last


def count_old(connection: Connection, ring: Ring) -> int:
    """How many values lie under an older key."""
    total = 0
    for place in list_places():
        rows = table(place.table, column(place.column))
        old = func.substring(rows.c[place.column], 3, 2) != ring.newest.to_bytes(2, "big")
        total += connection.scalar(select(func.count()).select_from(rows).where(old)) or 0
    return total

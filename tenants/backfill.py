"""Sealing what lay open in a city before its columns were sealed; between two revisions, in their transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Text, bindparam, cast, column, select, table, update

from saas.crypto import blind, rings, sealing
from saas.crypto.rings import Ring
from saas.text import mask_address, mask_id_number, mask_phone

AT_ONCE = 500  # rows
EMPTY = ("", "{}")


@dataclass(frozen=True)
class Open:
    """A column that lay open, and what is kept of it beside the ciphertext."""

    table: str
    name: str
    mask: Callable[[str], str] | None = None
    index: bool = False

    def sealed(self, ring: Ring, row: UUID, value: str | None) -> dict[str, Any]:
        """What the columns that take its place hold."""
        known = value if value not in EMPTY else None
        place = f"{self.table}.{self.name}"
        found: dict[str, Any] = {"sealed": sealing.seal_under(ring, place, row, known) if known else None}
        if self.mask:
            found["mask"] = self.mask(known) if known else None
        if self.index:
            found["index"] = blind.index_under(ring, place, known) if known else None
        return found


COLUMNS = (
    Open("party", "id_number", mask_id_number, index=True),
    Open("party", "phone", mask_phone, index=True),
    Open("party", "address", mask_address),
    Open("party", "birth"),
    Open("person", "phone", mask_phone),
    Open("case_file", "data"),
    Open("step_taken", "input"),
    Open("draft", "data"),
    Open("document", "values"),
    Open("web_session", "data"),
)


def seal(connection: Connection, origin: UUID) -> None:
    """Seal every value that lies open in the schema the connection works in."""
    rings.ensure(connection, origin)
    ring = rings.read(connection, origin)
    for known in COLUMNS:
        _seal_column(connection, ring, known)


def _seal_column(connection: Connection, ring: Ring, known: Open) -> None:
    kept = [part for part, wanted in (("sealed", True), ("mask", known.mask), ("index", known.index)) if wanted]
    rows = table(known.table, column("id"), column(known.name), *(column(f"{known.name}_{part}") for part in kept))
    value = cast(rows.c[known.name], Text)
    page = select(rows.c.id, value).where(value.is_not(None), rows.c.id > bindparam("last"))
    changed: dict[str, Any] = {f"{known.name}_{part}": bindparam(part) for part in kept}
    change = update(rows).where(rows.c.id == bindparam("row")).values(changed)
    last = UUID(int=0)
    while found := connection.execute(page.order_by(rows.c.id).limit(AT_ONCE), {"last": last}).all():
        connection.execute(change, [{"row": row} | known.sealed(ring, row, text) for row, text in found])
        last = found[-1][0]

"""Many cases out of some: rows copied inside a city's schema, every id changed the same way."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, Connection, Table, bindparam, select, sql, text, update

from saas.cases.clock_models import Clock
from saas.cases.models import Case, Party, Step, Task
from saas.crypto import rings, sealing
from saas.crypto.fields import list_sealed
from saas.documents.models import Document
from saas.files.models import File
from saas.messages.models import Message

TABLES: tuple[Table, ...] = tuple(
    model.metadata.tables[model.__tablename__] for model in (Case, Party, Step, Clock, Task, Document, File, Message)
)
CHOSEN = "SELECT id FROM case_file WHERE number !~ :copied AND id = coalesce(CAST(:only AS uuid), id)"
NUMBERED = frozenset({("case_file", "number"), ("document", "number")})


def twin(id_: UUID, n: int) -> UUID:
    """The id that copy ``n`` of a row has."""
    return UUID(hashlib.md5(f"{id_}:{n}".encode(), usedforsecurity=False).hexdigest())


def twin_number(number: str, n: int) -> str:
    """The number that copy ``n`` of a case or document has."""
    return f"{number}C{n:04}"


def copy_cases(
    connection: Connection, schema: str, origin: UUID, numbers: Sequence[int], case_id: UUID | None = None
) -> None:
    """Copy every case that is no copy itself, or one of them, once for each number.

    Documents keep the file they point to, and the audit is not copied: nobody did these things.

    Args:
        connection: The administrator's, in a transaction.
        schema: The city's.
        origin: What its ciphertexts are bound to.
        numbers: Of the copies; a number used before would give the same ids again.
        case_id: The only case to copy.
    """
    connection.execute(text(f"SET LOCAL search_path = {schema}"))
    for table in TABLES:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(_value(table, column) for column in table.columns)
        case = "id" if table.name == Case.__tablename__ else "case_id"
        source = f'"{table.name}" t CROSS JOIN unnest(CAST(:numbers AS int[])) n'
        # The names are those of our own tables.
        statement = f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM {source} WHERE t.{case} IN ({CHOSEN})'  # noqa: S608
        connection.execute(text(statement), {"numbers": list(numbers), "only": case_id, "copied": "C[0-9]{4}$"})
        for attribute in list_sealed().get(table.name, ()):
            _seal_copies(connection, origin, attribute.column, list(numbers))


def _seal_copies(connection: Connection, origin: UUID, place: str, numbers: Sequence[int]) -> None:
    """Seal a column of the copies anew: a ciphertext opens in the row it was made for only."""
    ring = rings.read(connection, origin)
    name, column = place.split(".")
    rows = sql.table(name, sql.column("id"), sql.column(f"{column}_sealed"))
    blob = rows.c[f"{column}_sealed"]
    change = update(rows).where(rows.c.id == bindparam("row")).values({blob.name: bindparam("blob")})
    sources = connection.execute(select(rows.c.id, blob).where(blob.is_not(None))).all()
    there = set(connection.scalars(select(rows.c.id)))
    for id_, sealed in sources:
        copies = [copy for copy in (twin(id_, n) for n in numbers) if copy in there]
        if copies:
            plain = sealing.unseal_under(ring, place, id_, sealed)
            fresh = [{"row": copy, "blob": sealing.seal_under(ring, place, copy, plain)} for copy in copies]
            connection.execute(change, fresh)


def _value(table: Table, column: Column[object]) -> str:
    """What a column of a copy holds: ids of copied rows change, numbers stay unique, the rest is the same."""
    copied = column.primary_key or any(key.column.table in TABLES for key in column.foreign_keys)
    if copied:
        return f"md5(t.\"{column.name}\"::text || ':' || n)::uuid"
    if (table.name, column.name) in NUMBERED:
        return f"t.\"{column.name}\" || 'C' || lpad(n::text, 4, '0')"
    return f't."{column.name}"'

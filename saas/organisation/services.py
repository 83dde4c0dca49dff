"""Building and changing the city's tree, and employing people in it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import psycopg

from saas.audit import services as audit
from saas.db.ids import new_id, new_ids
from saas.db.session import db
from saas.organisation.divisions import Area
from saas.organisation.models import Person, Post, Unit

if TYPE_CHECKING:
    from saas.identity.actor import Actor

COPY = "COPY unit (id, code, name, kind, parent_id, path, scope, active) FROM STDIN"
NOTHING = r"\N"

OVERSEERS = frozenset({"bureau", "office"})
"""Kinds of bodies that answer for the area they are attached to, with every body in it."""


def plant(areas: Sequence[Area], *, by: "Actor") -> int:
    """Put a city's areas into its empty tree, all in one stream; how many there are."""
    connection = db.session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write("".join(_lines(areas)))
    audit.record("organisation.planted", ("unit", areas[0].code), by=by, detail={"areas": len(areas)})
    return len(areas)


def add_body(area: Unit, body_type: str, name: str, short_name: str | None = None, *, by: "Actor") -> Unit:
    """Attach a body to an area.

    A bureau or an office of one answers for the whole area, every other body only for itself.

    Args:
        area: Where it is.
        body_type: Such as ``bureau``, ``office``, ``committee``.
        name: Its full name.
        short_name: How it is called inside a document's number.
        by: Who adds it.
    """
    id_ = new_id()
    code = f"{area.code}-{id_.hex[-8:]}"
    path = f"{area.path}{code}/"
    body = Unit(
        id=id_,
        code=code,
        name=name,
        kind="body",
        body_type=body_type,
        parent_id=area.id,
        path=path,
        scope=area.path if body_type in OVERSEERS else path,
        short_name=short_name or name,
        active=True,
    )
    db.session.add(body)
    audit.record("organisation.body_added", ("unit", code), by=by, detail={"name": name, "type": body_type})
    return body


def appoint(person: Person, unit: Unit, title: str, starts_on: date, *, by: "Actor") -> Post:
    """Give a person a post in a unit."""
    post = Post(person_id=person.id, unit_id=unit.id, title=title, starts_on=starts_on)
    db.session.add(post)
    audit.record("organisation.appointed", ("person", person.id), by=by, detail={"unit": unit.code, "title": title})
    return post


def _lines(areas: Sequence[Area]) -> Iterator[str]:
    """The rows of areas as COPY takes them; names and codes are letters and digits and need no escape."""
    known: dict[str | None, tuple[str, str]] = {None: (NOTHING, "")}
    for id_, (code, name, parent) in zip(new_ids(len(areas)), areas, strict=True):
        parent_id, above = known[parent]
        path = f"{above}{code}/"
        known[code] = (id_, path)
        yield f"{id_}\t{code}\t{name}\tarea\t{parent_id}\t{path}\t{path}\tt\n"

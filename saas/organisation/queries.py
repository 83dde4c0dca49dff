"""Looking up units of the city's tree."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from saas.db.session import db
from saas.errors import NotFoundError
from saas.organisation.models import Unit

TOWN_DIGITS = 9


def get_unit(unit_id: UUID) -> Unit:
    """The unit with this id.

    Raises:
        NotFoundError: There is none.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFoundError
    return unit


def find_by_code(code: str) -> Unit | None:
    """The unit with this code: an area's division code, or a body's own."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def area_name(code: str) -> str | None:
    """The area's name with those it lies in, the city left out: 大兴区黄村地区; None for an unknown code."""
    area = select(Unit.path).where(Unit.code == code, Unit.kind == "area").scalar_subquery()
    above = select(Unit.name, Unit.parent_id).where(
        Unit.kind == "area", Unit.code == func.any(func.string_to_array(area, "/"))
    )
    rows = db.session.execute(above.order_by(func.length(Unit.path))).all()
    if not rows:
        return None
    return "".join(name for name, parent in rows if parent is not None) or str(rows[0].name)


def list_children(code: str) -> Sequence[Unit]:
    """The areas right below an area, by code."""
    parent = select(Unit.id).where(Unit.code == code).scalar_subquery()
    query = select(Unit).where(Unit.parent_id == parent, Unit.kind == "area").order_by(Unit.code)
    return db.session.scalars(query).all()


def list_bodies(path: str = "", body_types: Sequence[str] = ()) -> Sequence[Unit]:
    """The bodies at or below a path, by path; of these kinds only, when any are named."""
    query = select(Unit).where(Unit.kind == "body", Unit.active, Unit.path.startswith(path, autoescape=True))
    if body_types:
        query = query.where(Unit.body_type.in_(body_types))
    return db.session.scalars(query.order_by(Unit.path)).all()


def list_units(ids: Iterable[str]) -> Sequence[Unit]:
    """The units with these ids, active or not, by name; ids of none are left out."""
    wanted = [UUID(one) for one in ids]
    return db.session.scalars(select(Unit).where(Unit.id.in_(wanted)).order_by(Unit.name, Unit.code)).all()


def longest_name() -> str:
    """The longest name of a body of the city; empty where it has none."""
    query = select(Unit.name).where(Unit.kind == "body", Unit.active)
    return db.session.scalar(query.order_by(func.length(Unit.name).desc(), Unit.name).limit(1)) or ""


def nearest_bodies(area: str, body_types: Sequence[str]) -> Sequence[Unit]:
    """The bodies that answer for an area, nearest first: attached to it or to an area above it.

    Args:
        area: An area's division code.
        body_types: The kinds that will do; at the same area the earlier kind comes first.
    """
    place = select(Unit.path).where(Unit.code == area, Unit.kind == "area").scalar_subquery()
    attached = select(Unit.id).where(Unit.kind == "area", Unit.code == func.any(func.string_to_array(place, "/")))
    query = select(Unit).where(
        Unit.kind == "body", Unit.active, Unit.body_type.in_(body_types), Unit.parent_id.in_(attached)
    )
    nearest = (func.length(Unit.path).desc(), func.array_position(list(body_types), Unit.body_type), Unit.code)
    return db.session.scalars(query.order_by(*nearest)).all()


def town_options() -> list[tuple[str, str]]:
    """Every town-level area of the city as code and name with its district: 大兴区 兴丰街道."""
    town, district = aliased(Unit), aliased(Unit)
    query = (
        select(town.code, town.name, district.name)
        .join(district, town.parent_id == district.id)
        .where(town.kind == "area", func.length(town.code) == TOWN_DIGITS)
        .order_by(town.code)
    )
    return [(code, f"{above} {name}") for code, name, above in db.session.execute(query)]


def list_town_codes(body: Unit) -> list[str]:
    """The codes of the towns a body can be responsible for: its own town, or those of the district it is at."""
    area = db.session.get(Unit, body.parent_id)
    assert area is not None, "a body is attached to an area"
    query = select(Unit.code).where(
        Unit.kind == "area", func.length(Unit.code) == TOWN_DIGITS, Unit.path.startswith(area.path, autoescape=True)
    )
    return list(db.session.scalars(query.order_by(Unit.code)))

"""Counting what was drawn in inspections, and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from saas.clock import ZONE
from saas.db.session import db
from saas.inspections.models import Item, Plan


def _day(moment: InstrumentedAttribute[datetime | None]) -> ColumnElement[date]:
    return func.date(func.timezone(ZONE.key, moment))


STAGES: dict[str, ColumnElement[date]] = {
    "drawn": _day(Plan.drawn_at),
    "published": _day(Plan.published_at),
    "rectified": cast(Item.rectified_on, Date),
}
"""What may stand for a state besides the grades of a kind."""


def count(kind: str, states: Sequence[str], paths: Sequence[str], start: date, end: date) -> int:
    """How many drawn objects there are under some units: at a stage in these days, or inspected in them with a grade.

    Args:
        kind: The key of the inspections' kind.
        states: One of the stages, or grades; without any, every grade.
        paths: The units at or below these.
        start: The first day.
        end: The last day.
    """
    query = select(func.count(Item.id)).join(Item.plan).where(Plan.kind == kind, Item.position.is_not(None))
    query = query.where(or_(*(Item.unit_path.startswith(path, autoescape=True) for path in paths)))
    stage = next((state for state in states if state in STAGES), None)
    query = query.where((STAGES[stage] if stage else Item.inspected_on).between(start, end))
    if states and stage is None:
        query = query.where(Item.grade.in_(states))
    return db.session.scalar(query) or 0

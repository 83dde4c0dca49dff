"""Counting what was drawn in inspections, and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, cast, func, select
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


def count(kind: str, states: Sequence[str], within: ColumnElement[bool], start: date, end: date) -> int:
    """How many drawn objects there are: at a stage in these days, or inspected in them with a grade.

    Args:
        kind: The key of the inspections' kind.
        states: One of the stages, or grades; without any, every grade.
        within: A condition on the objects that are counted.
        start: The first day.
        end: The last day.
    """
    query = select(func.count(Item.id)).join(Item.plan).where(within, Plan.kind == kind, Item.position.is_not(None))
    stage = next((state for state in states if state in STAGES), None)
    query = query.where((STAGES[stage] if stage else Item.inspected_on).between(start, end))
    if states and stage is None:
        query = query.where(Item.grade.in_(states))
    return db.session.scalar(query) or 0

"""Computing declared indicators from the steps of cases inside some units."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from saas import clock
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Step
from saas.db.session import db
from saas.documents.models import Document
from saas.indicators import inspected
from saas.indicators.declaration import Indicator
from saas.inspections import queries as inspections
from saas.registers import queries as registers

ZONE_NAME = "Asia/Shanghai"
FEN_PER_YUAN = 100
Within = ColumnElement[bool]


@dataclass(frozen=True)
class _Where:
    """Conditions on what is counted: cases, entries of registers, what was drawn in inspections."""

    within: Within
    entries: Within
    items: Within


def compute(
    indicators: Sequence[Indicator],
    within: Within,
    start: date,
    end: date,
    *,
    paths: Sequence[str] = ("",),
    entries: Within | None = None,
    items: Within | None = None,
) -> dict[str, Any]:
    """The value of each indicator by code, for the days from ``start`` through ``end``.

    ``within`` is a condition on the cases that are counted; what is no case is counted under ``paths``, but entries of
    registers and what was drawn in inspections by conditions of their own where these are given (see
    :func:`saas.registers.access.counted` and :func:`saas.inspections.queries.counted`).

    Counts are integers, amounts yuan with two decimals as text, ratios percent with two decimals as
    text (None where the denominator is zero).
    """
    counted = {one.code: one for one in indicators if one.measure != "ratio"}
    others = registers.under(paths) if entries is None else entries
    where = _Where(within, others, inspections.under(paths) if items is None else items)
    values: dict[str, Any] = {code: _value(one, where, start, end) for code, one in counted.items()}
    for one in indicators:
        if one.measure == "ratio":
            values[one.code] = _ratio(values[one.numerator or ""], values[one.denominator or ""])
    return {code: _shown(counted[code], value) if code in counted else value for code, value in values.items()}


def _value(one: Indicator, where: _Where, start: date, end: date) -> int:
    if one.measure == "inspected":
        return inspected.count(one.process, one.states, where.items, start, end)
    if one.measure == "entries":
        return registers.count_on(one.process, end, where.entries, kinds=one.kinds, statuses=one.states)
    if one.measure in OTHERS:
        return OTHERS[one.measure](one, where.within, start, end)
    cases = _matching(one, where.within, start, end)
    if one.measure in {"amount", "total"}:
        amount = cast(Case.figures[one.amount_field].astext, BigInteger)
        return int(db.session.scalar(select(func.coalesce(func.sum(amount), 0)).where(Case.id.in_(cases))) or 0)
    return db.session.scalar(select(func.count()).select_from(cases.subquery())) or 0


def _day(step: type[Step]) -> ColumnElement[date]:
    return func.date(func.timezone(ZONE_NAME, step.happened_at))


def _on_the_day_of(step: type[Step], actions: Sequence[str]) -> ColumnElement[bool]:
    """Whether one of the actions was taken in the case on the same day as a step of it."""
    other = aliased(Step)
    same = (other.case_id == step.case_id, other.action.in_(actions), other.void.is_(None), _day(other) == _day(step))
    return exists().where(*same)


def _matching(one: Indicator, within: Within, start: date, end: date) -> Select[Any]:
    query = (
        select(Case.id)
        .join(Step, Step.case_id == Case.id)
        .where(Case.process_key == one.process, Step.action.in_(one.event), _day(Step).between(start, end), within)
        .where(Step.void.is_(None))
        .distinct()
    )
    if one.states:
        query = query.where(Case.state.in_(one.states))
    for group in one.same_day:
        query = query.where(_on_the_day_of(Step, group))
    if one.kinds:
        query = query.where(Case.kind.in_(one.kinds))
    if one.sources:
        query = query.where(Case.source.in_(one.sources))
    if one.flags:
        query = query.where(Case.flags.overlap(list(one.flags)))
    return query


def _documents(one: Indicator, within: Within, start: date, end: date) -> int:
    day = func.date(func.timezone(ZONE_NAME, Document.issued_at))
    query = (
        select(func.count(Document.id))
        .join(Case, Case.id == Document.case_id)
        .where(Case.process_key == one.process, Document.form_code.in_(one.event), Document.state != "void", within)
        .where(day.between(start, end))
    )
    if one.words:
        query = query.where(or_(*(Document.number.contains(word, autoescape=True) for word in one.words)))
    return db.session.scalar(query) or 0


def _late(one: Indicator, within: Within, start: date, end: date) -> int:
    today = clock.today()
    over = or_(
        and_(Clock.stopped_on > Clock.due_on, Clock.stopped_on.between(start, end)),
        and_(
            Clock.stopped_on.is_(None), Clock.paused.is_(False), Clock.due_on.between(start, end), Clock.due_on < today
        ),
    )
    query = select(func.count(Clock.case_id.distinct())).join(Case, Case.id == Clock.case_id)
    return db.session.scalar(query.where(Case.process_key == one.process, Clock.code.in_(one.event), within, over)) or 0


def _days(one: Indicator, within: Within, start: date, end: date) -> int:
    taken = func.round(func.avg(Clock.stopped_on - Clock.started_on))
    query = select(func.coalesce(taken, 0)).join(Case, Case.id == Clock.case_id)
    done = Clock.stopped_on.between(start, end)
    return int(db.session.scalar(query.where(Case.process_key == one.process, Clock.code.in_(one.event), within, done)))


OTHERS: Mapping[str, Callable[[Indicator, Within, date, date], int]] = {
    "documents": _documents,
    "late": _late,
    "days": _days,
}
"""What is counted by something else than the steps of cases."""


def _ratio(part: int, whole: int) -> str | None:
    if not whole:
        return None
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")))


def _shown(one: Indicator, value: int) -> int | str:
    return f"{Decimal(value) / FEN_PER_YUAN:.2f}" if one.measure == "amount" else value

"""Computing declared indicators from the steps of cases inside some units."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, func, or_, select

from saas import clock
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Step
from saas.db.session import db
from saas.documents.models import Document
from saas.indicators import inspected
from saas.indicators.declaration import Indicator

ZONE_NAME = "Asia/Shanghai"
FEN_PER_YUAN = 100
Within = ColumnElement[bool]


def compute(
    indicators: Sequence[Indicator], within: Within, start: date, end: date, *, paths: Sequence[str] = ("",)
) -> dict[str, Any]:
    """The value of each indicator by code, for the days from ``start`` through ``end``.

    ``within`` is a condition on the cases that are counted; what is no case is counted under ``paths``.

    Counts are integers, amounts yuan with two decimals as text, ratios percent with two decimals as
    text (None where the denominator is zero).
    """
    counted = {one.code: one for one in indicators if one.measure != "ratio"}
    values: dict[str, Any] = {code: _value(one, within, start, end, paths) for code, one in counted.items()}
    for one in indicators:
        if one.measure == "ratio":
            values[one.code] = _ratio(values[one.numerator or ""], values[one.denominator or ""])
    return {code: _shown(counted[code], value) if code in counted else value for code, value in values.items()}


def _value(one: Indicator, within: Within, start: date, end: date, paths: Sequence[str]) -> int:
    if one.measure == "inspected":
        return inspected.count(one.process, one.states, paths, start, end)
    if one.measure in OTHERS:
        return OTHERS[one.measure](one, within, start, end)
    cases = _matching(one, within, start, end)
    if one.measure in {"amount", "total"}:
        amount = cast(Case.figures[one.amount_field].astext, BigInteger)
        return int(db.session.scalar(select(func.coalesce(func.sum(amount), 0)).where(Case.id.in_(cases))) or 0)
    return db.session.scalar(select(func.count()).select_from(cases.subquery())) or 0


def _matching(one: Indicator, within: Within, start: date, end: date) -> Select[Any]:
    day = func.date(func.timezone(ZONE_NAME, Step.happened_at))
    query = (
        select(Case.id)
        .join(Step, Step.case_id == Case.id)
        .where(Case.process_key == one.process, Step.action.in_(one.event), day.between(start, end), within)
        .where(Step.void.is_(None))
        .distinct()
    )
    if one.states:
        query = query.where(Case.state.in_(one.states))
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

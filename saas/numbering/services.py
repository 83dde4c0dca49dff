"""Numbers without gaps: the next one is taken in the transaction that uses it."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from saas.db.session import db
from saas.numbering.models import Counter


def take(kind: str, series: str, year: int, pattern: str, **words: object) -> str:
    """The next number of a kind in a series and year, written by the pattern.

    The counter's row stays locked until the transaction ends, so a number is never given twice, and
    a transaction that fails gives it back.

    Args:
        kind: What is numbered, such as ``case`` or a form's code.
        series: Who numbers: a unit's short name, or ``""`` for the whole city.
        year: Business year; numbers begin again at 1.
        pattern: A format with ``{n}``, ``{year}``, ``{series}`` and the given words.
        words: Further names the pattern may use.
    """
    start = insert(Counter).values(kind=kind, series=series, year=year, last=1)
    step = start.on_conflict_do_update(
        index_elements=[Counter.kind, Counter.series, Counter.year],
        set_={"last": Counter.last + 1},
    ).returning(Counter.last)
    n = db.session.execute(step).scalar_one()
    return pattern.format(n=n, year=year, series=series, **words)


def last_given(kind: str, series: str, year: int) -> int:
    """The last number of a kind in a series and year, 0 where none was given; nothing is locked."""
    row = (Counter.kind == kind, Counter.series == series, Counter.year == year)
    return db.session.scalar(select(Counter.last).where(*row)) or 0

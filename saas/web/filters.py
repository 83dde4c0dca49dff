"""How templates write times, dates and sums."""

from datetime import date, datetime

from flask import Flask

from saas import clock
from saas.text import chinese_date, money_text


def local_time(moment: datetime) -> str:
    """A moment in the city's zone: 2026年11月22日 09:05."""
    here = clock.local(moment)
    return f"{chinese_date(here.date())} {here:%H:%M}"


def local_date(day: date | datetime) -> str:
    """A day, or the day of a moment in the city's zone: 2026年11月22日."""
    return chinese_date(clock.local(day).date() if isinstance(day, datetime) else day)


def init_app(app: Flask) -> None:
    """Give the filters to templates; ``money`` takes fen."""
    app.jinja_env.filters.update(local_time=local_time, local_date=local_date, money=money_text)

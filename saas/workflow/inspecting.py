"""Everything wrong with a definition as the city that is served would run it."""

from collections.abc import Callable

from flask import current_app

from saas import clock
from saas.calendar import Calendar
from saas.settings import services as settings
from saas.workflow import checks, queries
from saas.workflow.checks import Around
from saas.workflow.form_checks import check_forms
from saas.workflow.problem import Problem
from saas.workflow.process import Definition
from saas.workflow.surroundings import Surroundings, around

CALENDAR = "fengqiao.calendar_of_city"
"""The city's working calendar is kept with the cases, above this package: what gives it is known by the application."""


def problems_of(parsed: Definition, *, city: bool = True) -> list[Problem]:
    """Every problem of a definition, with its line of work and its pack.

    Args:
        parsed: What is to be published.
        city: Whether a city is served, whose people and calendar count too.
    """
    known = around(parsed)
    here = city_around() if city else Around(limits=settings.limits())
    found = checks.check(parsed, known.line_fields, known.form_codes, known.rules, base=known.base, around=here)
    return [*found, *_forms(parsed, known)]


def _forms(parsed: Definition, known: Surroundings) -> list[Problem]:
    return list(check_forms(parsed, {**parsed.forms, **known.line_fields}, known.form_codes, known.lists))


def city_around() -> Around:
    """The people of the city by their roles, how far its calendar reaches, and the bounds of its settings."""
    calendar: Callable[[], Calendar] = current_app.extensions[CALENDAR]
    return Around(
        clock.today(), queries.people_by_role(), calendar_until=calendar().published_through, limits=settings.limits()
    )

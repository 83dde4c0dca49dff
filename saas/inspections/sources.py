"""Where the objects of an inspection come from: a function for each sort of object, hung on the application."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import and_

from saas import clock
from saas.cases.access import reach
from saas.cases.models import Case
from saas.identity.actor import Actor
from saas.inspections import queries

EXTENSION = "fengqiao.inspections.sources"


@dataclass(frozen=True)
class Drawable:
    """Something that may be drawn.

    Attributes:
        id: What the draw knows it by; never changes.
        title: What it is called, also where results are published: no party's name.
        unit_path: Where it belongs.
        unit_name: The same in words.
        kept_out: Accounts that may not inspect it, each with the reason.
    """

    id: str
    title: str
    unit_path: str
    unit_name: str = ""
    kept_out: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What a plan asks a source for.

    Attributes:
        name: What stands behind the colon of the kind's ``objects``.
        path: The units at or below it.
        starts_on: First day of the period.
        ends_on: Last day of the period.
        permission: The planner's, in whose reach the objects have to be.
        by: The planner.
    """

    name: str
    path: str
    starts_on: date
    ends_on: date
    permission: str
    by: Actor


Source = Callable[[Asked], Sequence[Drawable]]


def declare(app: Flask, sort: str, source: Source) -> None:
    """Let kinds name their objects ``<sort>:<name>``."""
    app.extensions[EXTENSION] = {**app.extensions.get(EXTENSION, {}), sort: source}


def known() -> frozenset[str]:
    """The sorts of objects there are."""
    return frozenset(current_app.extensions.get(EXTENSION, {}))


def collect(objects: str, asked: Asked) -> Sequence[Drawable]:
    """What may be drawn for the ``objects`` of a kind, each once."""
    source: Source = current_app.extensions[EXTENSION][objects.partition(":")[0]]
    return list({one.id: one for one in source(asked)}.values())


def closed_cases(asked: Asked) -> Sequence[Drawable]:
    """The cases of a process that were closed in the period; whoever acted in one does not inspect it."""
    start, end = _midnight(asked.starts_on), _midnight(asked.ends_on + timedelta(days=1))
    within = and_(Case.unit_path.startswith(asked.path, autoescape=True), reach(asked.by, asked.permission))
    found = queries.list_closed(asked.name, start, end, within)
    return [Drawable(str(case.id), case.number, case.unit_path, case.unit.name, _hands(case)) for case in found]


def _hands(case: Case) -> dict[UUID, str]:
    acted = {step.actor_id for step in case.steps if step.actor_id is not None}
    handled = {case.handler_id} if case.handler_id else set()
    return dict.fromkeys(acted, "经手过这一件案件") | dict.fromkeys(handled, "是这一件案件的承办人")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)

"""Inspections for tests: the kinds, a plan, and what an inspector writes down."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from blueprints.mediation.domain import FILE_REVIEW
from saas import clock
from saas.identity.actor import Actor
from saas.inspections import queries, services
from saas.inspections.declaration import InspectionKind
from saas.inspections.grading import Entered
from saas.inspections.models import Item, Plan
from saas.inspections.services import Planned
from tests.mediation import factory

RIGHT = "mediation.review"
REVIEW = InspectionKind(
    key="sample.review",
    title="抽样评查",
    objects="sample:file",
    inspectors="office_head",
    criteria=(("form", "形式", 40), ("matter", "实体", 60)),
    grades=(("excellent", "优秀", 90), ("qualified", "合格", 60)),
    plan=RIGHT,
    work=RIGHT,
    publish=RIGHT,
    law="评查办法第三条",
)
TEST = InspectionKind(
    key="sample.test",
    title="能力验证",
    objects="sample:entry",
    inspectors="",
    grades=(("good", "满意", 0), ("passed", "通过", 0), ("failed", "不通过", 0)),
    per_object=1,
    plan=RIGHT,
    work=RIGHT,
    publish=RIGHT,
    law="验证办法第九条",
    public=False,
)

FILES = replace(FILE_REVIEW, objects="sample:file", inspectors="office_head")
"""A line's own kind, over the tests' objects."""


def planned(by: Actor, **changed: Any) -> Planned:  # noqa: ANN401 - any part of a plan
    """A plan of everything of this year."""
    today = clock.today()
    unit = next(str(one.unit_id) for one in by.grants if RIGHT in one.permissions)
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    values = {"title": "年度抽查", "unit_id": unit, "share": 100, "starts_on": year[0], "ends_on": year[1]}
    return Planned(**{**values, "due_on": today + timedelta(days=30), "content": "程序和文书", **changed})


def plan(kind: InspectionKind = REVIEW, by: str = "zhangwei", **changed: Any) -> Plan:  # noqa: ANN401 - as above
    """A plan of 大兴区, as its bureau makes it."""
    actor = factory.actor(by)
    return services.plan(kind, planned(actor, **changed), by=actor)


def drawn(kind: InspectionKind = REVIEW, **changed: Any) -> Plan:  # noqa: ANN401 - as above
    """A plan whose lists are fixed and whose objects are drawn."""
    made, actor = plan(kind, **changed), factory.actor("zhangwei")
    services.freeze(made, by=actor)
    services.draw(made, by=actor)
    return made


def inspector_of(item: Item) -> Actor:
    """Who was drawn first for an object."""
    return factory.actor(item.assignments[0].inspector.user.username)


def scores(form: int, matter: int) -> Entered:
    """Today's result of the review."""
    later = clock.today() + timedelta(days=15)
    return Entered(clock.today(), {"form": form, "matter": matter}, findings="文书缺少日期。", rectify_by=later)


def record_all(made: Plan, entered: Entered) -> None:
    """Write the same down for everything that was drawn."""
    for item in queries.list_drawn(made):
        services.record(made, item, entered, by=inspector_of(item))

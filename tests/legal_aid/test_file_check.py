"""A sampled check of files: the figures of 遵义市 in 2017, 682 files drawn, all of them passed, 53 excellent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import true

from blueprints.legal_aid.checking import FILE_CHECK
from saas import clock
from saas.db.session import TenantRef
from saas.domain import EXTENSION
from saas.indicators import services as indicators
from saas.inspections import queries, services, sources
from saas.inspections.grading import Entered
from saas.inspections.services import Planned
from saas.inspections.sources import Asked, Drawable
from tests.conftest import InTenant
from tests.legal_aid import factory

FILES, EXCELLENT = 682, 53
BUREAU = "大兴区司法局"
FULL = {code: most for code, _, most in FILE_CHECK.criteria}
FAIR = {code: most * 7 // 10 for code, _, most in FILE_CHECK.criteria}


@pytest.fixture(autouse=True)
def _names_to_draw(app: Flask) -> Iterator[None]:
    """The kind draws from names in the place of hundreds of closed cases."""
    lines, known = app.extensions[EXTENSION], app.extensions[sources.EXTENSION]

    def list_them(asked: Asked) -> Sequence[Drawable]:
        path = factory.body(BUREAU).path
        return [Drawable(f"{asked.name}-{number}", f"第{number}卷", path, BUREAU) for number in range(FILES)]

    sources.declare(app, "sample", list_them)
    kind = replace(FILE_CHECK, objects="sample:file", per_object=1)
    app.extensions[EXTENSION] = tuple(
        replace(line, inspections=(kind,)) if line.name == "legal_aid" else line for line in lines
    )
    yield
    app.extensions[EXTENSION], app.extensions[sources.EXTENSION] = lines, known


def planned() -> Planned:
    """Everything of this year."""
    today = clock.today()
    unit = str(factory.body(BUREAU).id)
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    return Planned("年度案卷检查", unit, 100, *year, today + timedelta(days=30), "质量", (factory.BUREAU,))


@pytest.mark.slow
def test_682_files_with_53_excellent_ones_make_100_and_7_77_percent(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        by = factory.actor(factory.BUREAU)
        made = services.plan(queries.get_kind(FILE_CHECK.key), planned(), by=by)
        services.freeze(made, by=by)
        services.draw(made, by=by)
        for place, item in enumerate(queries.list_drawn(made)):
            points = FULL if place < EXCELLENT else FAIR
            services.record(made, item, Entered(clock.today(), points), by=by)
        path = factory.body(BUREAU).path
        report = indicators.report(str(clock.today().year), true(), BUREAU, paths=(path,))

    values = {row["code"].removeprefix("legal_aid."): row["value"] for row in report["indicators"]}
    assert (values["checked"], values["check_passed"], values["check_excellent"]) == (FILES, FILES, EXCELLENT)
    assert (values["check_pass_rate"], values["check_excellent_rate"]) == ("100.00", "7.77")

"""What the benchmark measures is right, and pages ask no more of the database in a fuller city."""

import pytest
from flask import Flask

from tests.benchmarks import auditing, city, measures
from tests.benchmarks.__main__ import acts_needed
from tests.benchmarks.measures import Row

TURNS = 2
MOST = {"work_list": 12, "case_page": 20}


@pytest.fixture(scope="module")
def rows(app: Flask) -> dict[str, Row]:
    bench = city.fill(app, "bench", cases=300, real=8, twins=acts_needed(TURNS), report=lambda _line: None)
    return {row.name: row for row in measures.measure(bench, TURNS)}


def test_the_city_is_as_full_as_was_asked(rows: dict[str, Row]) -> None:
    assert {row.cases >= 300 for row in rows.values() if row.cases} == {True}


@pytest.mark.parametrize("name", ["case_page", "one_action", "work_list"])
def test_a_request_and_its_floor_do_the_same(rows: dict[str, Row], name: str) -> None:
    assert rows[name].equal
    assert rows[name].ratio


@pytest.mark.parametrize(("name", "most"), sorted(MOST.items()))
def test_a_page_sends_few_statements(rows: dict[str, Row], name: str, most: int) -> None:
    assert 0 < (rows[name].statements or 0) <= most


def test_the_record_under_load_is_measured(app: Flask) -> None:
    bench = city.fill(app, "benchaudit", cases=20, real=8, twins=0, report=lambda _line: None)

    rows = {row.name: row for row in auditing.measure(bench, auditing.Size(0.5, 2, 2000, 2))}

    assert rows["audit_insert"].value > 0
    assert rows["audit_verify"].equal
    assert rows["audit_who_saw"].n >= 2000

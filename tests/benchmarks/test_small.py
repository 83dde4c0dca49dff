"""The benchmark has every row, what it measures is right, and pages ask no more of the database in a fuller city."""

import json
import subprocess
import sys
from typing import Any

import pytest

from saas.embedded import ROOT

PAGES = ("case_page", "one_action", "work_list")
TRIALS = ("backtest", "backtest_opened")
LISTS = ("list_request_3", "list_request_300", "list_request_rotation")
CITIES = (
    "backup_5",
    "backup_500",
    "create_tenant",
    "create_tenant_units",
    "memory",
    "migrate_50",
    "migrate_500",
    "move",
    "restore",
)
MOVING = ("move_cases", "work_list_moving_p95")
PEOPLE = (
    "sign_in_storm",
    "sign_in_storm_p95",
    "audit_insert",
    "audit_seal_age",
    "audit_verify",
    "audit_who_saw",
)
CHECKS = ("check_12", "check_500")
PURE = ("clock_due", "engine_apply")
BOUND = ("dossier_300", "dossier_again", "dossiers_two_workers")
PRINTS = ("print_agreement", "print_case_forms")
SAME = (*PAGES, *TRIALS, *LISTS, *CHECKS, *PURE, *PRINTS, *BOUND, "move_cases", "migrate_failing")
MOST = {"work_list": 10, "case_page": 20}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every row of a small run, by its name."""
    output = tmp_path_factory.mktemp("bench") / "bench.json"
    subprocess.run([sys.executable, "-m", "tests.benchmarks", "--small", "-o", str(output)], cwd=ROOT, check=True)
    return {row["name"]: row for row in json.loads(output.read_text())}


def test_every_row_is_there(rows: dict[str, dict[str, Any]]) -> None:
    assert rows.keys() >= {
        *PAGES,
        *TRIALS,
        *LISTS,
        *CITIES,
        *PEOPLE,
        *CHECKS,
        *PURE,
        *PRINTS,
        *BOUND,
        *MOVING,
        "migrate_failing",
    }


@pytest.mark.parametrize("name", [*PAGES, *TRIALS, *LISTS, *CITIES, *CHECKS, *PURE, *PRINTS, *BOUND, *MOVING])
def test_a_row_stands_beside_its_floor(rows: dict[str, dict[str, Any]], name: str) -> None:
    row = rows[name]

    assert row["n"] > 0
    assert row["floor"] > 0
    assert row["ratio"] == pytest.approx(row["value"] / row["floor"], rel=0.1)


@pytest.mark.parametrize(
    "name", [*PAGES, *TRIALS, *LISTS, *CHECKS, *PURE, *PRINTS, *BOUND, "move_cases", "migrate_failing"]
)
def test_a_request_and_its_floor_do_the_same(rows: dict[str, dict[str, Any]], name: str) -> None:
    assert rows[name]["equal"] is True


@pytest.mark.parametrize(("name", "most"), sorted(MOST.items()))
def test_a_page_sends_few_statements(rows: dict[str, dict[str, Any]], name: str, most: int) -> None:
    assert 0 < rows[name]["statements"] <= most


def test_the_time_of_a_migration_is_given_for_each_city(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["migrate_500"]["cities"] > rows["migrate_50"]["cities"]
    assert rows["migrate_500"]["growth"] > 0


def test_a_form_of_one_page_is_a_small_file(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["print_agreement"]["kilobytes"] <= 70
    assert rows["print_agreement"]["peers"]["weasyprint"] > 0


def test_a_dossier_is_bound_in_little_memory(rows: dict[str, dict[str, Any]]) -> None:
    assert 0 < rows["dossier_300"]["megabytes"] <= 300
    assert 0 < rows["dossiers_two_workers"]["megabytes"] <= 300

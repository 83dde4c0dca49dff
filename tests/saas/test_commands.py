import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import load_workbook

from saas import clock
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.workflow.queries import current_version, list_versions
from tests import offering
from tests.conftest import InTenant
from tests.mediation.factory import PROCESS, body, mediating

NATIONAL = ROOT / "blueprints" / "mediation" / "processes" / "people_mediation.yaml"
LOCAL = ROOT / "blueprints" / "mediation" / "local" / "110000.yaml"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, beijing: TenantRef) -> Run:
    """``flask …``."""
    return lambda *arguments: app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def number(in_tenant: InTenant, beijing: TenantRef) -> str:
    """The number of the newest case."""
    with in_tenant(beijing):
        return mediating().number


def test_cases_are_listed_newest_first(run: Run, number: str) -> None:
    result = run("case", "list", "--tenant", "beijing", "--limit", "1", "--json")

    (row,) = json.loads(result.output)
    assert row["number"] == number
    assert list(row) == ["number", "process", "version", "state", "unit", "opened"]
    assert row["process"] == PROCESS
    assert row["unit"] == "兴和人民调解委员会"


@pytest.mark.parametrize("narrowed", [("--process", "none.such"), ("--state", "none")])
def test_a_filter_narrows_the_list_of_cases(run: Run, number: str, narrowed: tuple[str, str]) -> None:
    assert json.loads(run("case", "list", "--tenant", "beijing", *narrowed, "--json").output) == []


def test_a_list_for_people_names_no_party(run: Run, number: str) -> None:
    output = run("case", "list", "--tenant", "beijing").output

    assert number in output
    assert "赵小燕" not in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("case", "list", "--tenant", "atlantis"),
        ("indicator", "report", "--tenant", "atlantis", "--period", "2026"),
        ("process", "check", "--tenant", "atlantis"),
        ("process", "publish", str(NATIONAL), "--tenant", "atlantis"),
    ],
)
def test_an_unknown_city_is_said_in_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.exit_code == 1
    assert "没有代码为“atlantis”的城市" in result.output


def test_every_indicator_is_reported(run: Run, number: str) -> None:
    result = run("indicator", "report", "--tenant", "beijing", "--period", f"{clock.today():%Y-%m}", "--json")

    report = json.loads(result.output)
    assert report["unit"] == "北京市"
    assert {"code", "title", "value", "unit", "source"} == set(report["indicators"][0])
    assert any(one["value"] not in (0, None, "0.00") for one in report["indicators"])


def test_a_report_of_a_unit_counts_only_what_lies_under_it(
    run: Run, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        code = body("通州区人民调解委员会").code

    result = run("indicator", "report", "--tenant", "beijing", "--period", "2026", "--unit", code, "--json")

    report = json.loads(result.output)
    assert report["unit"] == "通州区人民调解委员会"
    assert {one["value"] for one in report["indicators"]} <= {0, None, "0.00"}


def test_a_report_can_be_an_excel_file(run: Run, number: str, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"

    result = run("indicator", "report", "--tenant", "beijing", "--period", "2026", "--xlsx", str(file))

    assert result.exit_code == 0, result.output
    sheet = load_workbook(file).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:2] == ("北京市", "2026")
    assert len(lines) > 2


@pytest.mark.parametrize(
    ("arguments", "sentence"), [(("--period", "last"), "的格式填写期间"), (("--period", "2026", "--unit", "x"), "单位")]
)
def test_what_is_wrong_with_a_report_is_said(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    result = run("indicator", "report", "--tenant", "beijing", *arguments)

    assert result.exit_code == 1
    assert sentence in result.output


@pytest.mark.parametrize("file", [NATIONAL, LOCAL])
def test_the_processes_of_this_repository_have_no_faults(run: Run, file: Path) -> None:
    found = json.loads(run("process", "check", str(file), "--json").output)

    assert [problem for problem in found if problem["severity"] == "error"] == []


def test_what_a_city_runs_is_checked_where_it_runs(run: Run) -> None:
    result = run("process", "check", "--tenant", "beijing", "--json")

    assert [problem for problem in json.loads(result.output) if problem["severity"] == "error"] == []


def test_a_fault_is_told_with_its_place_and_ends_with_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(NATIONAL.read_text("utf-8").replace("initial: ", "initial: no_", 1), "utf-8")

    result = run("process", "check", str(file), "--json")

    assert result.exit_code == 1
    assert {"code", "severity", "place", "message"} == set(json.loads(result.output)[0])


def test_a_file_that_is_no_process_is_a_fault_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("format: casework/1\nkey: x.y\n", "utf-8")

    result = run("process", "check", str(file), "--json")

    assert result.exit_code == 1
    assert json.loads(result.output)[0]["code"] == "WF000"


def loosened(text: str) -> str:
    """A whole process in a file that gives longer than the law does, and says nothing of a pack."""
    return text.replace("title: 法院委派调解期限, kind: duty, n: 30", "title: 法院委派调解期限, kind: duty, n: 60", 1)


def test_a_file_that_loosens_the_law_is_found_out(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "loose.yaml"
    file.write_text(loosened(NATIONAL.read_text("utf-8")), "utf-8")

    found = json.loads(run("process", "check", str(file), "--json").output)

    assert ("WF304", "clocks.entrusted.n") in {(problem["code"], problem["place"]) for problem in found}


def test_a_file_that_loosens_the_law_is_not_published(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "loose.yaml"
    file.write_text(loosened(NATIONAL.read_text("utf-8")), "utf-8")

    assert run("process", "publish", str(file), "--tenant", "beijing").exit_code == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [", "WF000"),
        ("format: casework/2\nkey: a.b\n", "WF000"),
        ("format: casework/1\nbase: {key: no.such, version: 1}\n", "WF019"),
        ("format: casework/1\nbase: {key: mediation.dispute, version: 7}\n", "WF304"),
        ("format: casework/1\nbase: {key: mediation.dispute, version: 2}\nstates: 5\n", "WF000"),
    ],
)
def test_a_file_nobody_should_hand_in_is_refused_with_its_places(
    run: Run, tmp_path: Path, text: str, code: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text, "utf-8")

    result = run("process", "check", str(file), "--json")

    assert result.exit_code == 1
    assert code in {problem["code"] for problem in json.loads(result.output)}


@pytest.mark.parametrize("arguments", [(), (str(NATIONAL), "--tenant", "beijing")])
def test_a_check_is_of_a_file_or_of_a_city(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("process", "check", *arguments).exit_code == 2


def test_publishing_a_local_change_makes_the_next_version(run: Run, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        before = list_versions(PROCESS)[0].version

    result = run("process", "publish", str(LOCAL), "--tenant", "beijing")

    assert result.output.strip() == f"{PROCESS} {before + 1}"
    with in_tenant(beijing):
        assert current_version(PROCESS).version == before + 1
        db.session.rollback()


def test_a_faulty_process_is_not_published(run: Run, in_tenant: InTenant, beijing: TenantRef, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("format: casework/1\nkey: mediation.dispute\ndomain: mediation\n", "utf-8")
    with in_tenant(beijing):
        before = current_version(PROCESS).version

    result = run("process", "publish", str(file), "--tenant", "beijing")

    assert result.exit_code == 1
    with in_tenant(beijing):
        assert current_version(PROCESS).version == before


def test_a_new_version_of_a_pack_is_said_until_it_is_taken_over(app: Flask, run: Run, tmp_path: Path) -> None:
    with offering.raised(app, tmp_path):
        result = run("process", "offer", "--tenant", "beijing")

    told = f"  时限“{offering.TITLE}”：时限由“7”改为“5”"
    assert (result.exit_code, result.output.splitlines()) == (1, [f"{PROCESS} {offering.NOW} -> {offering.NEXT}", told])


def test_a_city_on_the_newest_packs_is_offered_nothing(run: Run) -> None:
    result = run("process", "offer", "--tenant", "beijing")

    assert (result.exit_code, result.output) == (0, "")

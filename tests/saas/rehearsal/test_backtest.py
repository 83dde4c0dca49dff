"""A draft tried on real cases of a city, made through the services."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from saas import clock
from saas.db.session import TenantRef, db
from saas.rehearsal import backtest, jobs, queries
from saas.rehearsal.backtest import Report
from saas.rehearsal.models import Backtest
from saas.workflow.definition import parse
from tenants.data import deletion
from tests.conftest import InTenant, make_city
from tests.mediation import factory
from tests.saas.rehearsal import samples

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """The command line."""
    return lambda *arguments: app.test_cli_runner().invoke(args=arguments)


def found(report: Report, number: str) -> dict[str, tuple[str, str]]:
    """What would be otherwise in one case, by what it is."""
    return {one.what: (one.old, one.new) for one in report.changed if one.number == number}


@pytest.fixture
def apart(app: Flask) -> Iterator[TenantRef]:
    """A city in which nobody has published another version, gone afterwards."""
    city = make_city(app, "backtest", "试算市", "beijing")
    yield city
    with app.app_context():
        deletion.erase(city)


def test_a_draft_that_changes_only_words_changes_no_case(apart: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(apart):
        factory.mediating()
        factory.agreed()
        report = backtest.run(parse(samples.body_with(samples.retitled)))

    assert report.cases == 2
    assert (report.same, report.changed, report.refused, report.unproven) == (report.cases, [], [], 0)


def test_a_shorter_limit_is_told_with_both_days(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
        old = next(row.due_on for row in factory.mediating().clocks if row.code == "mediation")
        report = backtest.run(parse(samples.body_with(samples.shorter)))

    changes = found(report, number)
    assert set(changes) == {"due.mediation"}
    assert changes["due.mediation"][0] == str(old)
    assert clock.today() + timedelta(days=20) <= date.fromisoformat(changes["due.mediation"][1]) < old


def test_a_case_that_went_round_a_new_step_is_told_with_the_reason(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
        waiting = factory.open_application().number
        report = backtest.run(parse(samples.body_with(samples.with_review)))

    refused = {one.number: one.why for one in report.refused}
    assert "复核" in refused[number]
    assert waiting not in refused
    assert report.same >= 1


def test_another_way_and_another_outcome_are_told_in_words(beijing: TenantRef, in_tenant: InTenant) -> None:
    def elsewhere(body: dict[str, Any]) -> None:
        body["states"]["settled"] = {"title": "达成和解", "handler": True, "outcome": "settled"}
        step = samples.part(body["transitions"], "agree_written")
        step["to"] = "settled"
        body["transitions"].append(step | {"id": "go_on", "title": "继续", "from": "settled", "to": "agreed"})

    with in_tenant(beijing):
        number = factory.agreed().number
        changes = found(backtest.run(parse(samples.body_with(elsewhere))), number)

    assert changes["path"][1] == "待受理 → 已受理 → 调解中 → 达成和解"
    assert changes["outcome"] == ("协议生效", "达成和解")


def test_a_condition_on_what_was_entered_is_asked_of_the_sealed_answers(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    def strict(body: dict[str, Any]) -> None:
        body["fields"]["form.difficulty"] = "string"
        step = samples.part(body["transitions"], "accept")
        step["when"] = [{"that": 'form.difficulty != "ordinary"', "refuse": "一般纠纷由司法所受理。"}]

    with in_tenant(beijing):
        number = factory.mediating().number
        report = backtest.run(parse(samples.body_with(strict)))

    assert "一般纠纷由司法所受理。" in {one.number: one.why for one in report.refused}[number]


def test_a_run_takes_three_statements_for_five_hundred_cases(
    beijing: TenantRef, in_tenant: InTenant, count_queries: Callable[[], Any]
) -> None:
    with in_tenant(beijing):
        factory.mediating()
        draft = parse(samples.body_with(samples.shorter))
        backtest.run(draft)
        with count_queries() as counted:
            backtest.run(draft)

    assert len(counted.statements) <= 6


def test_a_run_asked_for_is_done_by_a_job_and_keeps_counts_and_examples(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        factory.mediating()
        draft = samples.draft_with(samples.shorter)
        asked = jobs.ask(draft, by=factory.actor("wanghy"))
        again = jobs.ask(draft, by=factory.actor("wanghy"))
        assert asked.id == again.id
        draft_id, payload = draft.id, {"run": str(asked.id)}
    with in_tenant(beijing):
        jobs.try_draft(payload)
    with in_tenant(beijing):
        run = queries.find_latest(draft_id)
        assert run is not None
        kinds = {one["what"]: one for one in run.result["changed"]}

        assert (run.state, run.done) == ("ready", run.total)
        assert run.result["cases"] == run.total
        assert kinds["due.mediation"]["count"] >= 1
        assert len(kinds["due.mediation"]["examples"]) <= backtest.EXAMPLES


def test_a_run_that_could_not_be_finished_says_so(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        asked = jobs.ask(samples.draft_with(), by=factory.actor("wanghy"))
        jobs.give_up({"run": str(asked.id)}, "a fault")
        db.session.flush()
        kept = db.session.get(Backtest, asked.id)
        assert kept is not None
        assert (kept.state, kept.problem) == ("failed", jobs.GAVE_UP)


def test_the_command_says_what_would_change(run: Run, beijing: TenantRef, in_tenant: InTenant, tmp_path: Path) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
        body = samples.body_with(samples.shorter)
    file = tmp_path / "draft.yaml"
    file.write_text(json.dumps({key: value for key, value in body.items() if key != "base"}, ensure_ascii=False))

    result = run(
        *("process", "simulate", "--tenant", "beijing", "--process", factory.PROCESS, "--draft", str(file), "--json")
    )

    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert told["process"] == factory.PROCESS
    assert told["cases"] == told["same"] + len({one["number"] for one in told["changed"] + told["refused"]})
    assert {"number": number, "what": "due.mediation"} in [
        {"number": one["number"], "what": one["what"]} for one in told["changed"]
    ]


def test_the_command_refuses_a_draft_of_another_process(run: Run, tmp_path: Path, beijing: TenantRef) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("format: casework/1\n")

    result = run("process", "simulate", "--tenant", "beijing", "--process", "other", "--draft", str(file))

    assert result.exit_code == 1
    assert "Traceback" not in result.output

"""What trying a draft on every case of a city costs, beside reading the same traces with the bare driver.

``python -m tests.benchmarks.rehearsal`` prints the rows alone; :func:`measure` from elsewhere.
"""

import json
import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from saas.config import current_config
from saas.rehearsal import backtest
from saas.workflow.definition import parse
from saas.workflow.process import Definition
from tenants import context
from tests import shaping
from tests.benchmarks import city
from tests.benchmarks.city import Bench
from tests.benchmarks.deployment import deployed
from tests.benchmarks.floor import Floor
from tests.benchmarks.measures import MILLISECONDS, Row, interleaved
from tests.benchmarks.recording import Recording, recorded

CASES, REAL = 2_000, 60
TARGET = ">= 500 cases/s, so value <= 2000"
Change = Callable[[dict[str, Any]], None]


def measure(bench: Bench, turns: int) -> list[Row]:
    """A draft with a shorter limit, and one whose condition rests on what was entered and sealed; ms per 1,000 cases.

    Args:
        bench: The city.
        turns: How often each is timed.
    """
    with bench.app.app_context():
        floor = Floor.open(current_config(), bench.city)
    try:
        return [
            _measure(bench, floor, name, change, turns)
            for name, change in (("backtest", shorter), ("backtest_opened", resting_on_answers))
        ]
    finally:
        floor.connection.close()


def shorter(body: dict[str, Any]) -> None:
    """Ten days less to mediate."""
    body["clocks"]["mediation"]["n"] = 20


def resting_on_answers(body: dict[str, Any]) -> None:
    """Let acceptance rest on what was entered: every step of every case may be opened."""
    shorter(body)
    body["fields"]["form.difficulty"] = "string"
    accept = next(step for step in body["transitions"] if step["id"] == "accept")
    accept["when"] = [{"that": 'form.difficulty != "none"', "refuse": "请先写明难易程度。"}]


def _measure(bench: Bench, floor: Floor, name: str, change: Change, turns: int) -> Row:
    draft = _draft(bench, change)
    _run(bench, draft)  # what is read once per process is not what a run costs
    with recorded(bench.app) as recording:
        report = _run(bench, draft)
    equal = _same_rows(recording, floor) and report.cases == report.same + len(_others(report))
    equal &= not report.refused  # neither draft stands in a case's way: whoever is refused is damaged
    took = interleaved([(lambda: _run(bench, draft), lambda: floor.work(recording, {})) for _ in range(turns)])
    value, least = (median(each) * MILLISECONDS * 1000 / report.cases for each in zip(*took, strict=True))
    figures = (round(value, 1), "ms per 1,000 cases", round(least, 1), round(value / least, 2), turns)
    return Row(name, *figures, recording.statements, report.cases, equal, TARGET)


def _draft(bench: Bench, change: Change) -> Definition:
    with context.transaction(bench.app, bench.city):
        body = shaping.body_with()
    change(body)
    return parse(body)


def _run(bench: Bench, draft: Definition) -> backtest.Report:
    with context.transaction(bench.app, bench.city):
        return backtest.run(draft)


def _others(report: backtest.Report) -> set[str]:
    return {one.number for one in report.changed} | {one.number for one in report.refused}


def _same_rows(recording: Recording, floor: Floor) -> bool:
    return [sent.rows for sent in recording.sent] == floor.answers(recording, {})


def main() -> int:
    """Measure in a deployment of its own."""
    with deployed() as here:
        bench = city.fill(here.app, "bench", CASES, REAL, 1, _say)
        rows = measure(bench, 5)
    sys.stdout.write(json.dumps([row.as_dict() for row in rows], indent=2) + "\n")
    return int(any(row.equal is False for row in rows))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

"""``python -m tests.benchmarks -o build/bench.json``: measure and write one JSON list of rows."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from saas.config import Config
from saas.db.session import db
from tenants import connections
from tests import databases
from tests.benchmarks import city, measures, starting

FULL = {"cases": 10_000, "real": 300, "turns": 40}
SMALL = {"cases": 300, "real": 130, "turns": 10}


def main() -> int:
    """Run the benchmarks; 1 when the application and its floor did not do the same."""
    given = _arguments()
    rows = _requests(SMALL if given.small else FULL)
    if given.with_start:
        rows += starting.measure()
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps([row.as_dict() for row in rows], indent=2) + "\n")
    for row in rows:
        _say(f"{row.name}: {row.value} {row.unit}, floor {row.floor}, ratio {row.ratio}, statements {row.statements}")
    return int(any(row.equal is False for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("-o", dest="output", type=Path, default=Path("build/bench.json"), help="where to write")
    parser.add_argument("--small", action="store_true", help="300 cases instead of 10,000")
    parser.add_argument("--with-start", action="store_true", help="also time 'make run' in a fresh clone, twice")
    return parser.parse_args()


def _requests(size: dict[str, int]) -> list[measures.Row]:
    admin = Config.from_env().database_url
    url = databases.make_new(admin).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as storage:
        config = Config(
            url,
            secret_key="k" * 32,
            database_secret="d" * 32,
            storage_dir=Path(storage),
            master_key="m" * 32,
            plain_http=True,
        )
        app = city.make_app(config)
        turns = size["turns"]
        bench = city.fill(app, "bench", size["cases"], size["real"], acts_needed(turns), _say)
        _say(f"measuring {turns} turns in a city with {bench.cases} cases")
        try:
            return measures.measure(bench, turns)
        finally:
            with app.app_context():
                connections.dispose()
                db.engine.dispose()
            databases.drop(admin)


def acts_needed(turns: int) -> int:
    """How many copies of the waiting case the timed turns use up."""
    return 2 * turns + 3


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

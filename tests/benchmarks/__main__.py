"""``python -m tests.benchmarks -o build/bench.json``: measure and write one JSON list of rows."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from saas.db.session import TenantRef
from tenants import context
from tests.benchmarks import (
    auditing,
    binding,
    checking,
    city,
    crowd,
    engine,
    identity,
    limits,
    listing,
    measures,
    migrating,
    moving,
    printing,
    rehearsal,
    sealing,
    starting,
    tenancy,
)
from tests.benchmarks.acts import needed
from tests.benchmarks.city import Bench
from tests.benchmarks.deployment import Deployment, deployed
from tests.benchmarks.measures import Row


@dataclass(frozen=True)
class Size:
    """How much there is of everything, and how often it is timed.

    Attributes:
        cases: Of the full city.
        real: How many of them are made by the services people use.
        requests: Turns of each single request.
        acts: Turns of what is done with a whole city.
        few: Cities beside which the full one is backed up first.
        some: Cities that are migrated first.
        asked: Cities whose work lists are asked for.
        all: Cities in the end.
        waiting: Cases of each city whose work list is asked for.
        moved: Running cases that go to another version of their process.
        pages: Requests of one turn.
        storm: Sign-ins of each of eight people.
        sealed: Turns of sealing a page of rows.
        record: How much is written into the record of acts, and asked of it.
        bound: How large a dossier is bound, and how many.
    """

    cases: int
    real: int
    requests: int
    acts: int
    few: int
    some: int
    asked: int
    all: int
    waiting: int
    moved: int
    pages: int
    storm: int
    sealed: int
    record: auditing.Size
    bound: binding.Size


FULL = Size(
    10_000,
    300,
    requests=40,
    acts=7,
    few=5,
    some=50,
    asked=300,
    all=500,
    waiting=120,
    moved=2000,
    pages=600,
    storm=10,
    sealed=200,
    record=auditing.Size(),
    bound=binding.Size(),
)
SMALL = Size(
    150,
    20,
    requests=3,
    acts=1,
    few=3,
    some=4,
    asked=5,
    all=7,
    waiting=30,
    moved=40,
    pages=20,
    storm=1,
    sealed=10,
    record=auditing.Size(0.5, 2, 2000, 2),
    bound=binding.SMALL,
)
PAGE_TURNS = 5


def main() -> int:
    """Run the benchmarks; 1 when the application and its floor did not do the same."""
    given = _arguments()
    with deployed() as here:
        rows = [_told(row) for row in _rows(here, SMALL if given.small else FULL)]
    if given.with_start:
        rows += [_told(row) for row in starting.measure()]
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps([row.as_dict() for row in rows], indent=2) + "\n")
    return int(any(row.equal is False for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("-o", dest="output", type=Path, default=Path("build/bench.json"), help="where to write")
    parser.add_argument("--small", action="store_true", help="a few cases and cities, to see that it works")
    parser.add_argument("--with-start", action="store_true", help="also time 'make run' in a fresh clone, twice")
    return parser.parse_args()


def _rows(here: Deployment, size: Size) -> Iterator[Row]:
    """Every row, in the order in which the cities become more."""
    # First of all, as a process that has just started: what others leave in memory is walked through by the collector.
    yield from checking.measure(min(20, size.sealed))
    bench = city.fill(here.app, "bench", size.cases, size.real, needed(size.requests), _say)
    # Before anything else: what the floors of the others write is sealed for other rows and opens in no case.
    yield from rehearsal.measure(bench, size.acts)
    yield from measures.measure(bench, size.requests)
    yield from identity.measure(bench, size.storm)
    yield from sealing.measure(size.sealed)
    yield limits.measure(size.requests)
    yield engine.measure(size.requests)
    yield from moving.measure(here, size.moved, _say)
    with context.entered(here.app, bench.city):
        yield sealing.measure_lookup(bench.city, size.sealed)
    with here.app.app_context():
        grow = _growing()
        grow(size.few)
        yield from _whole(here, bench, size)
        grow(size.some)
        some = migrating.measure("migrate_50", size.acts, here.folder)
        yield some
        yield migrating.measure_failing(here.folder)
        asked = grow(size.all)[: size.asked]
    yield from listing.measure(here, crowd.open_model(here.app, size.waiting), asked, PAGE_TURNS, size.pages)
    with here.app.app_context():
        yield migrating.measure("migrate_500", max(1, size.acts // 2), here.folder, some)
        yield tenancy.measure_backup("backup_500", bench, size.acts, here.folder)
    yield from auditing.measure(bench, size.record)
    yield from binding.measure(here, bench, size.bound)
    with here.app.app_context():
        yield from printing.measure(size.requests)


def _whole(here: Deployment, bench: Bench, size: Size) -> Iterator[Row]:
    """What is done with a whole city."""
    yield from tenancy.measure_opening(size.acts, here.folder)
    yield tenancy.measure_backup("backup_5", bench, size.acts, here.folder)
    yield tenancy.measure_restore(bench, size.acts, here.folder)
    yield tenancy.measure_move(bench, max(1, size.acts // 2), here.folder)


def _growing() -> Callable[[int], list[TenantRef]]:
    """Opens small cities until there are so many beside the full one; gives those it opened."""
    opened: list[TenantRef] = []

    def grow(until: int) -> list[TenantRef]:
        _say(f"opening cities until there are {until}")
        opened.extend(crowd.open_cities(range(len(opened), until - 1)))
        return opened

    return grow


def _told(row: Row) -> Row:
    figures = {name: value for name, value in row.as_dict().items() if name != "name"}
    _say(f"{row.name}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))
    return row


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

"""What is timed: three requests of the staff, each beside its floor, turn by turn in one run."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from statistics import median
from typing import Any

from flask.testing import FlaskClient

from saas.config import current_config
from tests.benchmarks import acts
from tests.benchmarks.city import DIRECTOR, Bench
from tests.benchmarks.floor import Floor, fresh, without_tokens
from tests.benchmarks.recording import Recording, recorded
from tests.browsers import Browser

MILLISECONDS, MICROSECONDS = 1000, 1_000_000
TARGETS = {"work_list": "statements <= 12, ratio <= 3"}
Turn = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the report; ``value`` and ``floor`` are medians in ``unit``, ``equal`` says both did the same.

    ``per_city`` is the time of one city in milliseconds, ``growth`` that over what it was with fewer cities;
    ``kilobytes`` is how large the result is, ``peers`` how long other programs take for the same, in ``unit``;
    ``megabytes`` is the most memory the process took.
    """

    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    n: int
    statements: int | None = None
    cases: int | None = None
    equal: bool | None = None
    target: str | None = None
    cities: int | None = None
    per_city: float | None = None
    growth: float | None = None
    kilobytes: float | None = None
    megabytes: float | None = None
    peers: dict[str, float] | None = None

    @classmethod
    def beside(
        cls,
        name: str,
        took: Sequence[float],
        least: Sequence[float],
        *,
        equal: bool,
        target: str,
        kilobytes: float | None = None,
    ) -> "Row":
        """Milliseconds of an act and of its floor, from the seconds of each turn of both."""
        value, floor = (median(each) * MILLISECONDS for each in (took, least))
        ratio = round(value / floor, 2)
        return cls(
            name,
            round(value, 1),
            "ms",
            round(floor, 2),
            ratio,
            len(took),
            equal=equal,
            target=target,
            kilobytes=kilobytes,
        )

    def as_dict(self) -> dict[str, Any]:
        """The line without what does not apply to it."""
        always = {"name", "value", "unit", "floor", "ratio", "n"}
        return {name: value for name, value in asdict(self).items() if name in always or value is not None}


class Client(FlaskClient):
    """Goes on where a browser signed in, and leaves pages unread: reading them would be timed too."""

    def __init__(self, browser: Browser) -> None:
        """Take the browser's cookies and host."""
        super().__init__(browser.application, browser.response_wrapper, use_cookies=True)
        self._cookies = browser._cookies
        self.base = f"http://{browser.host}/"

    def open(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the base class's types
        """Ask the city."""
        kwargs.setdefault("base_url", self.base)
        return super().open(*args, **kwargs)


def measure(bench: Bench, n: int) -> list[Row]:
    """Every request, timed so often."""
    with bench.app.app_context():
        config = current_config()
        floor = Floor.open(config, bench.city)
    browser = Browser(bench.app, bench.city)
    browser.sign_in(DIRECTOR, config.demo_password)
    client = Client(browser)
    try:
        pages = {"work_list": "/staff/work", "case_page": f"/staff/cases/{bench.open_number}"}
        rows = [_page(bench, client, floor, name, path, n) for name, path in pages.items()]
        return [*rows, _action(bench, client, floor, n)]
    finally:
        floor.connection.close()


def _page(bench: Bench, client: Client, floor: Floor, name: str, path: str, n: int) -> Row:
    client.get(path)  # what is read once per process is not what a page costs
    with recorded(bench.app) as recording:
        answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200, page
    with bench.app.test_request_context(path, base_url=client.base):
        equal = _same_rows(recording, floor.answers(recording, fresh(recording)))
        equal &= without_tokens(floor.work(recording, fresh(recording))) == without_tokens(page)
        # Each turn writes rows of its own; making up their ids is no part of the floor.
        changes = [fresh(recording) for _ in range(n)]
        pairs = [(partial(client.get, path), partial(floor.work, recording, one)) for one in changes]
        return _row(name, interleaved(pairs), recording, bench, equal=equal)


def _action(bench: Bench, client: Client, floor: Floor, n: int) -> Row:
    """One step on a copy of a waiting case, and the same statements on another copy."""
    form = acts.filled_in(client, bench)
    acts.act(client, bench, 0, form)
    with recorded(bench.app) as recording:
        acts.act(client, bench, 1, form)
    floor.work(recording, acts.changes(bench, recording, 2))
    equal = acts.outcome(bench, 1) == acts.outcome(bench, 2)
    pairs = [
        (
            partial(acts.act, client, bench, turn, form),
            partial(floor.work, recording, acts.changes(bench, recording, turn + n)),
        )
        for turn in range(3, 3 + n)
    ]
    return _row("one_action", interleaved(pairs), recording, bench, equal=equal)


def _same_rows(recording: Recording, answers: Sequence[str]) -> bool:
    """Whether every statement that only reads gave the same rows, to the byte."""
    pairs = zip(recording.sent, answers, strict=True)
    return all(sent.rows == answer for sent, answer in pairs if sent.statement.startswith("SELECT"))


def interleaved(pairs: Sequence[tuple[Turn, Turn]]) -> list[tuple[float, float]]:
    """How long the first and the second of each pair took, turn by turn."""
    return [(seconds(ours), seconds(least)) for ours, least in pairs]


def seconds(turn: Turn) -> float:
    """How long one turn took."""
    start = time.perf_counter()
    turn()
    return time.perf_counter() - start


def computed(turn: Turn, turns: int, acts: int) -> float:
    """Microseconds of the processor for each of the acts of a turn, in the middle of so many turns."""
    taken = []
    for _ in range(turns):
        begun = time.process_time()
        turn()
        taken.append((time.process_time() - begun) / acts * MICROSECONDS)
    return median(taken)


def _row(name: str, took: list[tuple[float, float]], recording: Recording, bench: Bench, *, equal: bool) -> Row:
    value, least = (median(each) * MILLISECONDS for each in zip(*took, strict=True))
    return Row(
        name,
        round(value, 2),
        "ms",
        round(least, 2),
        round(value / least, 2),
        len(took),
        recording.statements,
        bench.cases,
        equal,
        TARGETS.get(name),
    )

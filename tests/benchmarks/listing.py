"""The work list asked for in many cities: two web processes of the product and two of the floor, by turns."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from statistics import median
from uuid import UUID

from saas.db.logins import conninfo, login_url
from saas.db.session import TenantRef
from saas.web.requests import COOKIE
from tenants import connections
from tests.benchmarks import lean, serving, traffic
from tests.benchmarks.city import SEED
from tests.benchmarks.copies import twin
from tests.benchmarks.crowd import Model, furnish
from tests.benchmarks.deployment import Deployment
from tests.benchmarks.floor import without_tokens
from tests.benchmarks.lean import Lean, Plan
from tests.benchmarks.measures import Row
from tests.benchmarks.recording import Recording, recorded
from tests.benchmarks.serving import Workers
from tests.benchmarks.traffic import Visit

PATH = "/staff/work"
FEW = 3
WARM = 15  # requests
HOT = 5  # one city in so many gets all requests but one in so many
LOOKED_AT = 3  # cities whose rows and pages are compared
REACH = ">= 0.45 of the floor"
MEMORY = "ratio <= 1.5"


@dataclass(frozen=True)
class Contest:
    """Both contestants at work, and what is asked of them."""

    product: Workers
    floor: Workers
    visit: Visit
    turns: int
    each: int

    def row(self, name: str, hosts: Sequence[str], order: Sequence[str], target: str | None, *, equal: bool) -> Row:
        """Pages a second over an order of requests, the two by turns."""
        taken = [[traffic.rate(self.visit, side.ports, order) for side in self._sides] for _ in range(self.turns)]
        value, floor = (median(side) for side in zip(*taken, strict=True))
        n, cities = self.turns * len(order), len(hosts)
        ratio = round(value / floor, 3)
        return Row(name, round(value, 1), "req/s", round(floor, 1), ratio, n, equal=equal, cities=cities, target=target)

    def warm(self, hosts: Sequence[str]) -> None:
        """Let every process have met every city: what is read once per process is not what a page costs."""
        for side in self._sides:
            for port in side.ports:
                traffic.rate(self.visit, [port], hosts)

    @property
    def _sides(self) -> tuple[Workers, Workers]:
        return self.product, self.floor


def measure(deployed: Deployment, model: Model, cities: Sequence[TenantRef], turns: int, each: int) -> list[Row]:
    """Furnish the cities with the model's rows and ask for their work lists.

    Args:
        deployed: Where.
        model: Whose rows they get.
        cities: Every city that is asked.
        turns: How often each order is repeated.
        each: How many requests an order has.
    """
    with deployed.app.app_context():
        furnish(model.city, cities)
    recording = _record(deployed, model)
    hosts = [f"{city.code}.{deployed.config.host_suffix}" for city in cities]
    plans = {
        host: _plan(deployed, recording, city, n) for n, (host, city) in enumerate(zip(hosts, cities, strict=True))
    }
    visit = Visit(PATH, model.token)
    with deployed.app.app_context():
        # What this process holds of every city would leave the contestants too few connections.
        connections.dispose()
    with _contest(deployed, recording, plans, visit, turns, each) as contest:
        equal = _do_the_same(deployed, contest, plans)
        return _rows(contest, hosts, equal=equal)


@contextmanager
def _contest(
    deployed: Deployment, recording: Recording, plans: dict[str, Plan], visit: Visit, turns: int, each: int
) -> Iterator[Contest]:
    least = Lean(deployed.app, recording, plans, PATH, deployed.config.connections_cap)
    with serving.floor(least) as floor, serving.product(deployed) as product:
        yield Contest(product, floor, visit, turns, each)


def _rows(contest: Contest, hosts: Sequence[str], *, equal: bool) -> list[Row]:
    few = hosts[:FEW]
    contest.warm(_rotation(few, WARM))
    rows = [contest.row("list_request_3", few, _rotation(few, contest.each), REACH, equal=equal)]
    before = contest.product.memory()
    contest.warm(hosts)
    rows.append(contest.row("list_request_300", hosts, _favouring(hosts, contest.each), REACH, equal=equal))
    rows.append(contest.row("list_request_rotation", hosts, _rotation(hosts, contest.each), None, equal=equal))
    after = contest.product.memory()
    ratio = round(after / before, 3)
    memory = Row("memory", round(after, 1), "MB", round(before, 1), ratio, 1, cities=len(hosts), target=MEMORY)
    return [*rows, memory]


def _rotation(hosts: Sequence[str], each: int) -> list[str]:
    """Every host in turn."""
    return list(islice(cycle(hosts), each))


def _favouring(hosts: Sequence[str], each: int) -> list[str]:
    """Four requests of five to one host of five, the same ones for both contestants."""
    rng = Random(SEED)
    hot, others = hosts[: max(1, len(hosts) // HOT)], hosts[max(1, len(hosts) // HOT) :]
    return [rng.choice(hot if rng.random() < 1 - 1 / HOT or not others else others) for _ in range(each)]


def _record(deployed: Deployment, model: Model) -> Recording:
    host = f"{model.city.code}.{deployed.config.host_suffix}"
    _page(deployed, host, model.token)
    with recorded(deployed.app) as recording:
        _page(deployed, host, model.token)
    return recording


def _page(deployed: Deployment, host: str, token: str) -> str:
    """The page by the application in this process."""
    client = deployed.app.test_client(use_cookies=False)
    headers = {"Cookie": f"{COOKIE}={token}"}
    answer = client.get(PATH, base_url=f"http://{host}/", headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def _plan(deployed: Deployment, recording: Recording, city: TenantRef, number: int) -> Plan:
    ids: set[UUID] = lean.ids_in([sent.parameters for sent in recording.sent])
    changes: dict[object, object] = {id_: twin(id_, number) for id_ in ids}
    return Plan(conninfo(login_url(deployed.config, city.schema)), lean.with_ids(recording, changes))


def _do_the_same(deployed: Deployment, contest: Contest, plans: dict[str, Plan]) -> bool:
    """Whether product and floor give the same rows and the same page, in some of the cities."""
    hosts = list(plans)[:: max(1, len(plans) // LOOKED_AT)]
    same = []
    for host in hosts:
        pages = {
            without_tokens(traffic.page_of(contest.visit, side.ports[0], host))
            for side in (contest.product, contest.floor)
        }
        _page(deployed, host, contest.visit.token)
        with recorded(deployed.app) as own:
            _page(deployed, host, contest.visit.token)
        rows = [sent.rows for sent in own.sent]
        same.append(len(pages) == 1 and rows == lean.answers(plans[host]))
    return all(same)

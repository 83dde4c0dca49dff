"""Every login of the deployment against everything that is not its own."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from psycopg import sql
from sqlalchemy import URL

from saas.config import Config
from saas.db.logins import login_url, platform_login, worker_login
from saas.db.session import TenantRef
from tenants import placement
from tenants.isolation.attacks import ON_CITY, ON_ITSELF, ON_PLATFORM, ON_QUEUE, ON_QUEUE_OF, ON_SERVER, Attack
from tenants.isolation.attempt import CROSSED, REFUSED, Attacker, Outcome, enters

PLATFORM, QUEUE, SERVER = "platform", "queue", "server"
ENTRIES = ("enter without a password", "enter with one's own password")
ELSEWHERE = "enter its server"


@dataclass(frozen=True)
class Finding:
    """What came of one attack: ``refused``, ``empty`` or ``crossed``, and what the server said to it."""

    attack: str
    tenant: str
    against: str
    outcome: str
    said: str | None = None


@dataclass(frozen=True)
class Party:
    """A login that attacks, or a schema that is attacked.

    Attributes:
        code: The city's code, or what the platform calls the part.
        login: The database login.
        schema: Where its tables are.
        address: The server's.
    """

    code: str
    login: str
    schema: str
    address: str


def verify(config: Config, tenants: Sequence[TenantRef], only: str | None = None) -> list[Finding]:
    """Try everything.

    Args:
        config: The deployment's.
        tenants: The cities there are.
        only: The code of the only city that attacks, if it is not to be all logins.
    """
    cities = [party_of(tenant) for tenant in tenants]
    platform = Party(PLATFORM, platform_login(config), PLATFORM, config.database_url)
    worker = Party(QUEUE, worker_login(config), QUEUE, config.database_url)
    attackers = [party for party in (*cities, platform, worker) if only in {None, party.code}]
    with ExitStack() as stack:
        pids = {city.code: stack.enter_context(busy(config, city)).pid for city in cities}
        return [
            finding for own in attackers for finding in Siege(config, own, cities, pids, (platform, worker)).findings()
        ]


def party_of(tenant: TenantRef) -> Party:
    """A city as a party."""
    return Party(tenant.code, tenant.schema, tenant.schema, placement.front_of(tenant.server))


class Siege:
    """One login against everything."""

    def __init__(
        self,
        config: Config,
        own: Party,
        cities: Sequence[Party],
        pids: dict[str, int],
        shared: tuple[Party, Party],
    ) -> None:
        """Say who attacks whom.

        Args:
            config: The deployment's.
            own: The attacker.
            cities: Those it attacks, itself among them.
            pids: The number of a backend of each city by its code.
            shared: The logins of the platform and of the worker.
        """
        self._config, self._own, self._cities, self._pids = config, own, cities, pids
        self._platform, self._worker = shared

    def findings(self) -> Iterator[Finding]:
        """All outcomes, in the order of attacks."""
        is_city = self._own in self._cities
        with Attacker(_url(self._config, self._own)) as attacker:
            for city in self._cities:
                if city == self._own:
                    continue
                yield from self._entries(city)
                if city.address == self._own.address:
                    yield from self._try(attacker, (*ON_CITY, *(ON_QUEUE_OF if is_city else ())), city)
            if self._own != self._platform and self._own.address == self._platform.address:
                yield from self._try(attacker, ON_PLATFORM, self._platform)
            if self._own != self._worker:
                yield from self._try(attacker, ON_QUEUE, self._worker)
            server = Party(SERVER, self._own.login, self._own.schema, self._own.address)
            yield from self._try(attacker, ON_SERVER, server)
            yield from self._try(attacker, ON_ITSELF if is_city else (), self._own)

    def _try(self, attacker: Attacker, attacks: Iterable[Attack], other: Party) -> Iterator[Finding]:
        for attack in attacks:
            yield self._found(attack.name, other, attacker.attempt(attack, self.holes(attack, other)))

    def _entries(self, city: Party) -> Iterator[Finding]:
        its, own = _url(self._config, city), _url(self._config, self._own)
        tries = dict(zip(ENTRIES, (its.set(password=""), its.set(password=own.password)), strict=True))
        if city.address != self._own.address:
            tries[ELSEWHERE] = its.set(username=own.username, password=own.password)
        for name, url in tries.items():
            yield self._found(name, city, Outcome(CROSSED if enters(url) else REFUSED))

    def _found(self, attack: str, other: Party, outcome: Outcome) -> Finding:
        return Finding(attack, self._own.code, other.code, outcome.name, outcome.said)

    def holes(self, attack: Attack, other: Party) -> dict[str, sql.Composable]:
        """What stands for the names in an attack; a job is asked for in the other's name, or under its lock."""
        in_its_name = attack is ON_QUEUE_OF[0]
        arguments = {"tenant": other.schema if in_its_name else self._own.schema, "run": "-", "payload": {}}
        return {
            "own": sql.Identifier(self._own.login),
            "other": sql.Identifier(other.schema),
            "own_text": sql.Literal(self._own.login),
            "other_text": sql.Literal(other.schema),
            "pid": sql.Literal(self._pids.get(other.code, 0)),
            "platform": sql.Identifier(self._platform.login),
            "worker": sql.Identifier(self._worker.login),
            "lock": sql.Literal(f"{self._own.schema if in_its_name else other.schema} isolation"),
            "arguments": sql.Literal(json.dumps(arguments)),
        }


def _url(config: Config, party: Party) -> URL:
    return login_url(config, party.login, party.address)


def busy(config: Config, city: Party) -> Attacker:
    """A connection of the city that has asked something: what others might see or interrupt."""
    attacker = Attacker(_url(config, city))
    attacker.attempt(Attack("be there", ("SELECT count(*) FROM unit",)), {})
    return attacker

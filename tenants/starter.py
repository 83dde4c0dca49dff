"""What a new city begins with: its bodies, roles and processes, and people to try it with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from saas import clock, publishing, strict_yaml
from saas.db.session import db
from saas.domain import role_declarations
from saas.errors import NotFoundError
from saas.identity import first_password
from saas.identity import services as identity
from saas.identity.actor import SYSTEM
from saas.organisation import queries, services
from saas.organisation.divisions import subtree
from saas.organisation.models import Unit
from saas.settings import services as settings

STARTERS = Path(__file__).with_name("starters")
TOWNS = ("街道", "地区", "镇", "乡")
ADMIN = "admin"
BUREAU = "bureau"


@dataclass(frozen=True)
class Starter:
    """A file of ``starters``.

    Attributes:
        division: Where the city's tree begins.
        bodies: Mappings: ``type`` and ``name`` at an ``area``, or ``type`` and ``title`` for each town ``below`` one.
        people: Invented people with ``username``, ``name``, ``role``, ``unit`` (a body's name) and ``title``.
        hosts: Further hosts of the city, besides the one made of its code.
        settings: The city's own values of declared settings.
    """

    division: str
    bodies: Sequence[Mapping[str, str]]
    people: Sequence[Mapping[str, str]] = field(default=())
    hosts: Sequence[str] = field(default=())
    settings: Mapping[str, Any] = field(default_factory=dict)


def list_names() -> list[str]:
    """The names of the prepared starters."""
    return sorted(path.stem for path in STARTERS.glob("*.yaml"))


def load(name: str) -> Starter:
    """The starter of that name.

    Raises:
        NotFoundError: There is none.
    """
    path = STARTERS / f"{name}.yaml"
    if path not in STARTERS.iterdir():
        raise NotFoundError(f"没有名为“{name}”的起始方案。")
    body: dict[str, Any] = strict_yaml.read(path)
    return Starter(**body)


def plain(name: str, division: str) -> Starter:
    """The starter of a city nobody has prepared one for: its tree and its bureau."""
    return Starter(division, [{"type": BUREAU, "area": division, "name": f"{name}司法局"}])


def build(starter: Starter) -> None:
    """Fill the empty city the session is bound to."""
    services.plant(subtree(starter.division), by=SYSTEM)
    # Nothing that is asked for here is among what was added just before: it goes out in one go.
    with db.session.no_autoflush:
        for body in starter.bodies:
            _add_bodies(body)
        for role in role_declarations():
            identity.define_role(role.code, role.title, sorted(role.permissions), clearance=role.clearance)
        for key, value in starter.settings.items():
            settings.set_value(key, value, by=SYSTEM)
    publishing.publish_packs(starter.division, by=SYSTEM)
    db.session.flush()


def employ(starter: Starter, password: str) -> None:
    """Make the accounts of the invented people; all of them sign in with one password."""
    for person in starter.people:
        unit = db.session.scalars(select(Unit).where(Unit.name == person["unit"], Unit.kind == "body")).one()
        new = identity.NewUser(person["username"], person["name"], password, [(person["role"], unit.code)])
        user = identity.create_user(new, by=SYSTEM)
        services.appoint(user.person, unit, person["title"], date(clock.today().year - 1, 1, 1), by=SYSTEM)


def admit(starter: Starter, username: str, name: str) -> str:
    """Make the account of the city's first administrator; the token of the link to its first password.

    Raises:
        InvalidInputError: The account name is malformed or taken.
    """
    bureaus = queries.nearest_bodies(starter.division, [BUREAU])
    unit = bureaus[0].code if bureaus else starter.division
    return first_password.invite(username, name, [(ADMIN, unit)], by=SYSTEM)


def _add_bodies(body: Mapping[str, str]) -> None:
    for area, name, short_name in _places(body):
        services.add_body(area, body["type"], name, short_name, by=SYSTEM)


def _places(body: Mapping[str, str]) -> Iterator[tuple[Unit, str, str]]:
    """Where a line of the file wants bodies: area, full name, short name."""
    if "below" in body:
        for area in queries.list_children(body["below"]):
            stem = next((area.name.removesuffix(end) for end in TOWNS if area.name.endswith(end)), None)
            if stem:
                yield area, body["title"].format(stem=stem, area=area.name), stem
        return
    at = queries.find_by_code(body["area"])
    assert at is not None, body
    yield at, body["name"], body.get("short_name", body["name"])

"""Loading invented cases into the demo cities, through the same services that people use."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from flask import Flask
from PIL import Image, ImageDraw, ImageFont

from saas import clock
from saas.cases import services
from saas.config import current_config
from saas.db.session import TenantRef
from saas.demo import DemoAct, DemoBody, DemoCase, DemoSite
from saas.domain import Domain, domains
from saas.files import services as files
from saas.identity import queries as identity
from saas.identity.actor import Actor, citizen
from saas.identity.sessions import actor_of
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from tenants import context, demo_entries, registry

SHARES = {"beijing": 0.5, "baoding": 0.2, "zunyi": 0.3}
BATCH = 20
CITIZEN, HANDLER = "citizen", "handler"
"""The roles of a plan that no holder of a role at the body takes."""
OFFICE_OPENS = time(9, 0)


@dataclass(frozen=True)
class Loaded:
    """What was loaded into a city."""

    city: str
    cases: int
    steps: int


def load(app: Flask, cases: int, seed: int, report: Callable[[str], None]) -> list[Loaded]:
    """Load so many cases over all demo cities; the same seed gives the same cases.

    Args:
        app: The application.
        cases: How many in all; the shares of the cities are fixed.
        seed: Of the random choices.
        report: Told about progress, a sentence at a time.
    """
    cities = [city for city in registry.list_tenants() if city.demo]
    done = []
    for city, count in zip(cities, shares([city.code for city in cities], cases), strict=True):
        loaded = load_city(app, city, count, Random(f"{seed}-{city.code}"))  # noqa: S311 - invented people, no secret
        report(f"{city.name}: {loaded.cases} cases, {loaded.steps} steps")
        done.append(loaded)
    return done


def shares(codes: Sequence[str], cases: int) -> list[int]:
    """How many cases each city gets; together exactly as many as asked for."""
    weights = [SHARES.get(code, 0.2) for code in codes]
    counts = [int(cases * weight / sum(weights)) for weight in weights]
    return [count + (i < cases - sum(counts)) for i, count in enumerate(counts)]


def split(count: int, weights: Sequence[int]) -> list[int]:
    """So many in all by weight, what is left over to the heaviest."""
    counts = [count * weight // sum(weights) for weight in weights]
    counts[weights.index(max(weights))] += count - sum(counts)
    return counts


def load_city(app: Flask, city: TenantRef, count: int, rng: Random) -> Loaded:
    """Load cases into one city, a transaction for every few."""
    with context.transaction(app, city):
        known = {line.name: demo_entries.load(line, _site(line, city)) for line in domains()}
        lines = [line for line in domains() if line.demo]
        counts = split(count, [line.demo_weight for line in lines])
        shared = zip(lines, counts, strict=True)
        planned = [plan for line, some in shared for plan in _plans(line, city, some, rng, known[line.name])]
    planned.sort(key=lambda plan: plan.opened_on)
    steps, remaining = 0, iter(planned)
    while batch := list(islice(remaining, BATCH)):
        with context.transaction(app, city):
            steps += sum(carry_out(plan, rng) for plan in batch)
    return Loaded(city.code, len(planned), steps)


def _plans(
    line: Domain, city: TenantRef, count: int, rng: Random, entries: Mapping[str, Sequence[str]]
) -> Iterator[DemoCase]:
    if line.demo is not None:
        yield from line.demo(replace(_site(line, city), entries=entries), count, rng)


def _site(line: Domain, city: TenantRef) -> DemoSite:
    bodies = organisation.list_bodies(body_types=line.body_types)
    return DemoSite(city.code, city.name, clock.today(), [_body(unit, line) for unit in bodies])


def _body(unit: Unit, line: Domain) -> DemoBody:
    holders = {
        role: [str(user.id) for user in identity.list_holders([role], unit.path) if _works_at(user.grants, unit)]
        for role in line.handler_roles
    }
    return DemoBody(unit.name, organisation.list_town_codes(unit), {role: ids for role, ids in holders.items() if ids})


def _works_at(grants: Sequence[object], unit: Unit) -> bool:
    return any(getattr(grant, "unit_id", None) == unit.id for grant in grants)


def carry_out(plan: DemoCase, rng: Random) -> int:
    """Open a planned case and take its steps, each at its own business time; the number of steps."""
    unit = next(unit for unit in organisation.list_bodies(body_types=()) if unit.name == plan.body)
    moment = _moment(plan, rng)
    wanted = {plan.role, *(act.role for act in plan.acts)} - {CITIZEN, HANDLER}
    people = {role: _holder(role, unit) for role in sorted(wanted)}
    opener = citizen(str(plan.values["applicant_name"])) if plan.role == CITIZEN else people[plan.role]
    adding = opener if opener.id else people[plan.acts[0].role] if plan.acts else opener
    with clock.business_time(moment):
        case = services.open_case(plan.process, plan.way, plan.values, by=opener, unit=unit)
    for act in plan.acts:
        moment += timedelta(days=act.days, minutes=rng.randint(2, 40))
        with clock.business_time(moment):
            if plan.files_before == act.action:
                for category, words in plan.files:
                    files.add(case, category, f"{words}.png", picture(words), by=adding)
            services.act(case, act.action, act.values, by=_actor(act, people, case.handler_id))
    return 1 + len(plan.acts)


def _actor(act: DemoAct, people: Mapping[str, Actor], handler: UUID | None) -> Actor:
    if act.role != HANDLER:
        return people[act.role]
    assert handler is not None, f"{act.action} is the handler's, whom nothing named"
    return actor_of(identity.get_user(handler))


def _holder(role: str, unit: Unit) -> Actor:
    """Who holds a role at a body, or nearest above it."""
    found = identity.list_holders([role], unit.path)
    assert found, f"nobody is {role} over {unit.name}"
    near = max(found, key=lambda user: _works_at(user.grants, unit))
    return actor_of(near)


def _moment(plan: DemoCase, rng: Random) -> datetime:
    start = datetime.combine(plan.opened_on, OFFICE_OPENS, clock.ZONE)
    return min(start + timedelta(minutes=rng.randint(0, 300)), clock.now())


def picture(words: str) -> bytes:
    """A small PNG with words on it, in the place of a photograph."""
    image = Image.new("RGB", (900, 560), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(current_config().fonts_dir / "AppSong.ttf"), 32)
    draw.rectangle((12, 12, 888, 548), outline="black", width=2)
    draw.text((450, 280), words, font=font, fill="black", anchor="mm")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()

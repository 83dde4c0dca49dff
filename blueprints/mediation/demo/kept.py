"""Invented committees and mediators of a demo city's registers."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from blueprints.mediation.registers import GRADES
from saas.demo import DemoBody, DemoEntry, DemoSite, person_name, phone

TERM = 3 * 365  # days, of a committee (人民调解法第九条)
TRAINED = (
    {"subject": "民法典与矛盾纠纷化解", "organiser": "司法局", "hours": 16},
    {"subject": "调解文书制作", "hours": 8},
)


def kept(site: DemoSite, rng: Random) -> Iterator[DemoEntry]:
    """A committee for each body that settles disputes, its term somewhere in the three years, and its mediators."""
    for body in site.bodies:
        began = site.today - timedelta(days=rng.randint(30, TERM - 10))
        yield _committee(body, began, rng)
        for _ in range(rng.randint(2, 4)):
            yield _mediator(body, began, site.today, rng)


def _committee(body: DemoBody, began: date, rng: Random) -> DemoEntry:
    values = {
        "name": body.name,
        "kind": "town",
        "area": body.areas[0] if body.areas else None,
        "members": rng.randint(3, 9),
        "has_woman": "yes",
        "term_from": str(began),
        "term_to": str(began + timedelta(days=TERM)),
    }
    return DemoEntry("mediation.committee", body.name, values)


def _mediator(body: DemoBody, began: date, today: date, rng: Random) -> DemoEntry:
    values = {
        "name": person_name(rng),
        "kind": rng.choice(("full_time", "part_time")),
        "committee": body.name,
        "gender": rng.choice(("male", "female")),
        "phone": phone(rng),
        "grade": rng.choice(GRADES)[0],
        "appointed_on": str(began),
        "term_to": str(began + timedelta(days=TERM)),
    }
    trained = began + (today - began) / 2
    return DemoEntry("mediation.mediator", body.name, values, records=(("培训", trained, rng.choice(TRAINED)),))

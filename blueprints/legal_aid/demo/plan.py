"""How many applications each centre has, and how they ended."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import Any

from blueprints.legal_aid.demo import others, paths
from blueprints.legal_aid.demo.stories import GREEN, STORIES, Story
from saas import demo
from saas.demo import DemoBody, DemoCase, DemoSite, past

PROCESS = "legal_aid.application"
MONTHS_12 = 360  # days
RECENT = 20  # days within which an application may well still be under way
# Of ten assigned in 大兴 nine were received, decided and assigned on one day, as its district reported in 2024.
ON_THE_DAY = (True,) * 9 + (False,)
KINDS = ("archived", "handling", "consultation", "archived", "refused", "defence", "handling", "duty", "pending")
OTHERS = {"consultation": others.consultation, "defence": others.defence, "duty": others.duty}


def plan(site: DemoSite, cases: int, rng: Random) -> Iterator[DemoCase]:
    """The applications of a city at the centres where lawyers work."""
    bodies = [body for body in site.bodies if "lawyer" in body.people]
    days = cycle(ON_THE_DAY)
    for body, number in zip(cycle(bodies), range(cases), strict=False):
        kind = KINDS[number % len(KINDS)]
        if kind in OTHERS:
            yield OTHERS[kind](body, site.today - timedelta(days=rng.randint(1, RECENT)), rng)
        else:
            yield make(site, body, kind, rng, same_day=next(days))


def make(site: DemoSite, body: DemoBody, kind: str, rng: Random, *, same_day: bool) -> DemoCase:
    """One application that comes to ``kind``: archived, handling, refused or pending."""
    recent = kind in {"handling", "pending"}
    opened = site.today - timedelta(days=rng.randint(1, RECENT) if recent else rng.randint(140, MONTHS_12))
    story = STORIES[2] if kind == "refused" else rng.choice(STORIES)
    course = paths.Course(rng, opened, story, rng.choice(body.people["lawyer"]), same_day, [])
    _go(course, kind)
    acts = past(course.acts, opened, site.today)
    values = _opening(site, body, rng, story)
    archived = any(act.action == "archive" for act in acts)
    files = (("identity", f"{values['applicant_name']} 身份证复印件（演示）"),) if archived else ()
    return DemoCase(PROCESS, "apply", body.name, opened, values, "citizen", acts, files, "archive")


def _go(course: paths.Course, kind: str) -> None:
    if kind == "pending":
        return
    paths.decide(course, grant=kind != "refused")
    if kind == "refused":
        paths.refuse(course)
        return
    paths.grant(course)
    paths.handle(course)
    if kind == "archived":
        paths.finish(course)


def _opening(site: DemoSite, body: DemoBody, rng: Random, story: Story) -> dict[str, Any]:
    first, second = demo.person_name(rng), demo.person_name(rng)
    migrant = story.kind in GREEN
    values: dict[str, Any] = {
        "on_behalf": "self",
        "applicant_name": first,
        "applicant_id_number": demo.id_number(rng, site.today),
        "applicant_ethnicity": "汉族",
        "applicant_occupation": "工人" if migrant else None,
        "categories": ["migrant"] if migrant else ["elderly"],
        "applicant_phone": demo.phone(rng),
        "applicant_address": f"{site.name}{rng.randint(1, 30)}号院{rng.randint(1, 20)}号楼",
        "matter_class": story.matter_class,
        "kind": story.kind,
        "area": rng.choice(body.areas),
        "aid_form": "representation",
        "stage": story.stage,
        "respondent_name": second,
        "organ_name": story.organ,
        "facts": story.facts.format(a=first, b=second),
        "claim_amount": rng.randint(5, 80) * 100_000,
        "truthful": True,
    }
    return values | (_exempt() if migrant else _household(rng))


def _exempt() -> dict[str, Any]:
    return {"means_ground": "exempt", "exempt_kind": "migrant"}


def _household(rng: Random) -> dict[str, Any]:
    return {
        "means_ground": "economic",
        "household_size": 1,
        "income_wage": 0,
        "income_business": 0,
        "income_other": rng.randint(8, 20) * 10_000,
    }

"""How many disputes each body has, and how they ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from blueprints.mediation.demo import paths
from blueprints.mediation.demo.stories import COURTS, ORIGINS, STORIES
from saas import demo
from saas.demo import DemoAct, DemoBody, DemoCase, DemoSite, past

PROCESS = "mediation.dispute"
MONTHS_18 = 545  # days
RECENT = 25  # days within which a dispute may well still be under way


@dataclass(frozen=True)
class Shape:
    """Accepted disputes of a body: agreements in writing and by word, under way; the rest ended otherwise."""

    accepted: int
    written: int
    oral: int
    under_way: int


# A committee of 大兴 as its district reported it in 2024; that the 14 written ones are among the 20 is our reading.
PUBLISHED = {"兴和人民调解委员会": Shape(122, 14, 6, 61)}
DEFAULT_CASES = 300


def plan(site: DemoSite, cases: int, rng: Random) -> Iterator[DemoCase]:
    """The disputes of a city, ``cases`` of them in all, those of published figures first.

    A city with a body of published figures gives it its exact figures where ``cases`` allows.
    """
    left = cases
    for body in site.bodies:
        shape = PUBLISHED.get(body.name)
        if shape and shape.accepted <= left:
            left -= shape.accepted
            yield from _shaped(site, body, shape, rng)
    others = [
        body for body in site.bodies if body.name not in PUBLISHED and {"director", "mediator"} <= set(body.people)
    ]
    others = others or list(site.bodies[:1])
    for i in range(left):
        yield _any(site, others[i % len(others)], rng)


def _shaped(site: DemoSite, body: DemoBody, shape: Shape, rng: Random) -> Iterator[DemoCase]:
    ended = shape.accepted - shape.written - shape.oral - shape.under_way
    kinds = ["written"] * shape.written + ["oral"] * shape.oral + ["under_way"] * shape.under_way + ["ended"] * ended
    rng.shuffle(kinds)
    for kind in kinds:
        yield make(site, body, kind, rng)


def _any(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    kinds = ("written", "written", "written", "oral", "ended", "under_way", "pending", "refused")
    return make(site, body, rng.choice(kinds), rng)


def make(site: DemoSite, body: DemoBody, kind: str, rng: Random) -> DemoCase:
    """One dispute that comes to ``kind``: written, oral, ended, under_way, pending or refused."""
    recent = kind in ("under_way", "pending")
    back = rng.randint(6, RECENT) if recent else rng.randint(90, MONTHS_18)
    opened = site.today - timedelta(days=0 if kind == "pending" else back)
    way, values = _opening(site, body, rng, str(opened))
    first, second = str(values["applicant_name"]), str(values["respondent_name"])
    _, _, terms = STORIES[str(values["kind"])]
    course = paths.Course(
        rng=rng,
        city=site.code,
        day=opened,
        facts=str(values["facts"]),
        terms=terms.format(a=first, b=second),
        amount=values["amount"],
        handler=rng.choice(body.people["mediator"]),
        acts=[],
    )
    _COURSES[kind](course)
    acts = past(course.acts, opened, site.today)
    archived = any(act.action == "archive" for act in acts)
    return DemoCase(
        PROCESS,
        way,
        body.name,
        opened,
        values,
        "citizen" if way == "apply" else "director",
        acts,
        files=(("identity", f"{first}、{second} 身份证复印件（演示）"),) if archived else (),
        files_before="archive",
    )


def _agreed(course: paths.Course, *, written: bool) -> None:
    paths.accept(course)
    paths.mediate(course)
    paths.agree(course, written=written)
    if written and course.rng.random() < 0.3:  # noqa: PLR2004 - three in ten
        paths.confirm(course)
    paths.perform(course)
    paths.close(course)


def _ended(course: paths.Course) -> None:
    paths.accept(course)
    paths.mediate(course)
    paths.end(course, course.rng.choice(("failed", "failed", "refused", "withdrawn", "expired")))
    paths.close(course)


def _under_way(course: paths.Course) -> None:
    paths.accept(course)
    if course.rng.random() < 0.6:  # noqa: PLR2004 - three in five
        paths.mediate(course)


def _refused(course: paths.Course) -> None:
    course.acts.append(
        DemoAct(
            "refuse",
            {
                "refuse_reason": course.rng.choice(("party_refuses", "already_taken", "out_of_scope")),
                "guidance": ["litigation"],
                "guidance_text": "可以持身份证和有关材料向有管辖权的人民法院起诉，也可以拨打 12348 咨询。",
            },
            "director",
            1,
        )
    )


_COURSES = {
    "written": lambda course: _agreed(course, written=True),
    "oral": lambda course: _agreed(course, written=False),
    "ended": _ended,
    "under_way": _under_way,
    "pending": lambda _course: None,
    "refused": _refused,
}


def _opening(site: DemoSite, body: DemoBody, rng: Random, opened: str) -> tuple[str, dict[str, Any]]:
    kind = rng.choice(sorted(STORIES))
    first, second = demo.person_name(rng), demo.person_name(rng)
    facts, wish, _ = STORIES[kind]
    area = rng.choice(body.areas)
    values: dict[str, Any] = {
        "applicant_kind": "natural",
        "applicant_name": first,
        "applicant_id_number": demo.id_number(rng, site.today),
        "applicant_phone": demo.phone(rng),
        "applicant_address": f"{site.name}{rng.randint(1, 30)}号院{rng.randint(1, 20)}号楼",
        "respondent_kind": "natural",
        "respondent_name": second,
        "respondent_phone": demo.phone(rng),
        "respondent_address": f"{site.name}{rng.randint(1, 30)}号院{rng.randint(1, 20)}号楼",
        "kind": kind,
        "area": area,
        "facts": facts.format(a=first, b=second),
        "amount": rng.choice((None, rng.randint(5, 800) * 10_000)),
    }
    way = rng.choices(("apply", "initiate", "transfer", "entrust"), (6, 1, 2, 1))[0]
    return way, values | _way_values(way, site, rng, opened, wish.format(a=first, b=second))


def _way_values(way: str, site: DemoSite, rng: Random, opened: str, wish: str) -> dict[str, Any]:
    if way == "apply":
        return {
            "on_behalf": "self",
            "applicant_ethnicity": "汉族",
            "applicant_occupation": None,
            "requests": wish,
            "respondent_representative": None,
            "identity_files": None,
            "evidence_files": None,
            "voluntary": True,
        }
    if way == "initiate":
        return {"source": rng.choice(("initiative", "screening"))}
    if way == "transfer":
        source = rng.choice(sorted(ORIGINS))
        return {
            "source": source,
            "origin_unit": f"{site.name}{ORIGINS[source]}",
            "origin_number": None,
            "received_on": opened,
        }
    return {
        "source": "court",
        "origin_unit": COURTS.get(site.code, "人民法院"),
        "origin_number": None,
        "received_on": opened,
    }

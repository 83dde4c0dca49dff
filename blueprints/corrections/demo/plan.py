"""How many people each office supervises, investigates and helps."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.corrections.demo import paths
from blueprints.corrections.demo.paths import Course
from blueprints.corrections.demo.stories import COURTS, OFFENCES
from saas import demo
from saas.demo import DemoBody, DemoCase, DemoSite, past

NEEDED = {"corrections_officer", "placement_officer"}
MONTHS_18 = 545  # days
TERMS = (125, 180, 365)  # days
KINDS = ("serving", "serving", "serving", "serving", "survey", "help", "help")
AHEAD = 35  # days by which a prison tells of a release


def plan(site: DemoSite, cases: int, rng: Random) -> Iterator[DemoCase]:
    """The people of a city at the offices where somebody works on them."""
    bodies = [body for body in site.bodies if set(body.people) >= NEEDED]
    for place in range(cases if bodies else 0):
        yield _MAKERS[rng.choice(KINDS)](site, bodies[place % len(bodies)], rng)


def serving(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    """Somebody on probation, some months into it or long released."""
    opened = site.today - timedelta(days=rng.randint(0, MONTHS_18))
    offence, sentence = rng.choice(OFFENCES)
    effective, term = opened - timedelta(days=3), rng.choice(TERMS)
    course = _course(site, body, rng, opened, "corrections_officer")
    values = _person(site, body, rng) | {
        "kind": "probation",
        "outside_reason": None,
        "decider": course.court,
        "decider_kind": "court",
        "offence": offence,
        "sentence": sentence,
        "judged_by": course.court,
        "judged_on": str(opened - timedelta(days=20)),
        "effective_on": str(effective),
        "arrival": "self",
        "ban": None,
        "ban_detail": None,
    }
    paths.receive(course, effective, term)
    ends = effective + timedelta(days=term)
    if rng.random() < 0.3:  # noqa: PLR2004 - three in ten ask for a leave
        paths.leave(course)
    while course.day < ends - timedelta(days=75):
        paths.month(course)
    paths.release(course, ends)
    return _case("supervision", "notice", site, body, opened, values, course)


def survey(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    """An investigation a court asked for."""
    opened = site.today - timedelta(days=rng.randint(0, MONTHS_18))
    offence, _ = rng.choice(OFFENCES)
    course = _course(site, body, rng, opened, "corrections_officer")
    values = _person(site, body, rng) | {
        "commission_number": f"（{opened.year}）委{rng.randint(1, 400)}号",
        "commissioner": course.court,
        "commissioner_kind": "court",
        "procedure": rng.choice(("ordinary", "ordinary", "fast")),
        "received_on": str(opened),
        "subject_kind": "accused",
        "kind": "probation",
        "workplace": None,
        "offence": offence,
        "sentence": None,
        "judged_by": None,
        "judged_on": None,
        "asked_for": "调查社会危险性和对所居住社区的影响。",
    }
    paths.survey(course)
    return _case("investigation", "commission", site, body, opened, values, course)


def help_(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    """Somebody who comes back from prison."""
    opened = site.today - timedelta(days=rng.randint(0, MONTHS_18))
    offence, _ = rng.choice(OFFENCES)
    released = opened + timedelta(days=AHEAD)
    course = _course(site, body, rng, opened, "placement_officer")
    values = _person(site, body, rng) | {
        "kind": "prison",
        "sender": f"{site.name}某监狱",
        "notified_on": str(opened),
        "taken_in_on": str(opened - timedelta(days=700)),
        "offence": offence,
        "sentence": "有期徒刑二年",
        "released_on": str(released),
        "ahead": "in_time",
        "key_person": False,
    }
    paths.help_(course, released)
    return _case("placement", "from_prison", site, body, opened, values, course)


_MAKERS = {"serving": serving, "survey": survey, "help": help_}


def _course(site: DemoSite, body: DemoBody, rng: Random, opened: date, role: str) -> Course:
    return Course(rng, opened, COURTS.get(site.code, "人民法院"), body.people[role][0])


def _person(site: DemoSite, body: DemoBody, rng: Random) -> dict[str, Any]:
    number = demo.id_number(rng, site.today)
    home = f"{site.name}{rng.randint(1, 30)}号院{rng.randint(1, 20)}号楼"
    return {
        "subject_name": demo.person_name(rng),
        "subject_id": number,
        "gender": "male" if int(number[16]) % 2 else "female",
        "birth": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
        "ethnicity": "汉族",
        "phone": demo.phone(rng),
        "registered": home,
        "residence": home,
        "area": rng.choice(body.areas),
        "minor_file": False,
    }


def _case(
    process: str, way: str, site: DemoSite, body: DemoBody, opened: date, values: dict[str, Any], course: Course
) -> DemoCase:
    acts = past(course.acts, opened, site.today)
    archived = any(act.action == "archive" for act in acts)
    role = "placement_officer" if process == "placement" else "corrections_officer"
    return DemoCase(
        f"corrections.{process}",
        way,
        body.name,
        opened,
        values,
        role,
        acts,
        files=(("papers", "法律文书复印件（演示）"),) if archived else (),
        files_before="archive",
    )

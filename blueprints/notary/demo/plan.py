"""How many matters each office has, how they ended, and the backlog another office helps with."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.notary.demo import course as courses
from blueprints.notary.demo.course import Course
from blueprints.notary.demo.stories import STORIES, Story
from saas import demo
from saas.demo import DemoAct, DemoBody, DemoCase, DemoSite, past

MATTER, BACKLOG = "notary.matter", "notary.backlog"
MONTHS_12 = 365  # days
RECENT = 12  # days within which a matter may well still be under way
PUBLISHED = {"北京市志诚公证处": ("北京市方圆公证处", 108)}
"""An office whose inheritance matters piled up in 2023, the one that helped, and a number over a hundred."""
KINDS = (
    "issued",
    "issued",
    "issued",
    "issued",
    "under_way",
    "drafted",
    "pending",
    "booked",
    "refused",
    "ended",
    "declined",
)


def plan(site: DemoSite, cases: int, rng: Random) -> Iterator[DemoCase]:
    """The matters of a city, ``cases`` of them in all, a published backlog first."""
    offices = [body for body in site.bodies if "notary" in body.people]
    if not offices or not cases:
        return
    backlogs = [body for body in offices if body.name in PUBLISHED]
    yield from (_backlog(site, body) for body in backlogs)
    for i in range(cases - len(backlogs)):
        yield make(site, offices[i % len(offices)], KINDS[i % len(KINDS)], rng)


def make(site: DemoSite, body: DemoBody, kind: str, rng: Random) -> DemoCase:
    """One matter that comes to ``kind``."""
    recent = kind in {"under_way", "drafted", "pending", "booked"}
    opened = site.today - timedelta(days=rng.randint(3, RECENT) if recent else rng.randint(60, MONTHS_12))
    story = rng.choice(STORIES)
    who = _applicant(site, rng)
    way, values = (
        ("book", _booking(story, body, opened, rng)) if kind == "booked" else ("apply", _matter(story, body, rng))
    )
    course = Course(rng, opened, who["applicant_name"], story)
    for part in _COURSES[kind]:
        part(course)
    acts = past(course.acts, opened, site.today)
    if kind == "drafted" and any(act.action == "approve" for act in acts):
        acts = acts[: next(place for place, act in enumerate(acts) if act.action == "approve")]
    archived = any(act.action == "archive" for act in acts)
    papers = (("identity", f"{who['applicant_name']} 身份证复印件（演示）"), ("signed", "公证书签字存档本（演示）"))
    return DemoCase(
        MATTER, way, body.name, opened, who | values, "citizen", acts, papers if archived else (), "archive"
    )


def _decline(course: Course) -> None:
    text = "请向房屋所在地的公证处提出申请，也可以拨打 12348 咨询。"
    course.acts.append(DemoAct("decline", {"decline_reason": "area", "decline_text": text}, "notary", 1))


_COURSES: dict[str, tuple[Any, ...]] = {
    "issued": (courses.accept, courses.examine, courses.certify, courses.serve),
    "under_way": (courses.accept, courses.examine),
    "drafted": (courses.accept, courses.certify),
    "pending": (),
    "booked": (),
    "refused": (courses.accept, courses.refuse),
    "ended": (courses.accept, courses.end),
    "declined": (_decline,),
}


def _applicant(site: DemoSite, rng: Random) -> dict[str, Any]:
    return {
        "applicant_kind": "natural",
        "applicant_name": demo.person_name(rng),
        "applicant_id_number": demo.id_number(rng, site.today),
        "applicant_phone": demo.phone(rng),
        "applicant_address": f"{site.name}{rng.randint(1, 30)}号院{rng.randint(1, 20)}号楼",
    }


def _booking(story: Story, body: DemoBody, opened: date, rng: Random) -> dict[str, Any]:
    return {
        "kind": story.kind,
        "area": rng.choice(body.areas),
        "source": "online",
        "booked_on": str(opened + timedelta(days=5)),
        "booked_half": rng.choice(("morning", "afternoon")),
        "need": None,
    }


def _matter(story: Story, body: DemoBody, rng: Random) -> dict[str, Any]:
    place = "domestic" if not story.abroad else "region" if story.category == "region" else "foreign"
    abroad = {"use_country": story.abroad, "translation": "英文", "authentication": True} if story.abroad else {}
    return abroad | {
        "on_behalf": "self",
        "kind": story.kind,
        "matter": story.matter,
        "area": rng.choice(body.areas),
        "jurisdiction": "property" if story.real_estate else "residence",
        "real_estate": story.real_estate,
        "source": rng.choice(("counter", "counter", "online", "remote", "home")),
        "purpose": story.purpose,
        "use_place": place,
        "copies": 2,
        "pickup": "counter",
        "paper_name": None,
        "materials": story.materials,
        "witness": None,
        "co_applicants": None,
        "identity_files": None,
        "evidence_files": None,
        "truthful": True,
    }


def _backlog(site: DemoSite, body: DemoBody) -> DemoCase:
    """The help of one office with the backlog of another, as reported in 2024, up to a first hand-over."""
    helping, count = PUBLISHED[body.name]
    opened = site.today - timedelta(days=70)
    values = {
        "applicant_kind": "legal",
        "applicant_name": body.name,
        "applicant_representative": None,
        "applicant_phone": None,
        "kind": "02",
        "backlog_reason": "stock",
        "backlog_count": count,
        "oldest_on": str(opened - timedelta(days=300)),
        "facts": "继承权公证核实环节多、时间长，存量较多，需要其他公证处协助办理。",
    }
    steps = (
        ("ask_help", "notary_head", 2, {
            "helping_office": helping,
            "wanted_people": 6,
            "help_from": str(opened + timedelta(days=10)),
            "help_until": str(opened + timedelta(days=120)),
            "help_plan": "由协助的公证处派驻临时工作组，联合承办，公证书仍以受理公证处的名义出具。",
        }),
        ("approve_help", "notary_supervisor", 3, {"opinion": "同意。"}),
        ("send_team", "notary_head", 5, {
            "team_leader": "工作组组长",
            "team_members": "公证员甲、公证员乙、助理丙",
            "team_from": str(opened + timedelta(days=10)),
            "team_place": f"{body.name}三层会议室",
        }),
        ("hand_over", "notary_head", 1, {
            "handed_count": count,
            "handed_numbers": "见移交清单",
            "joint": "joint",
            "kept_name": True,
        }),
        ("report_done", "notary_head", 45, {
            "done_count": 63,
            "reported_on": str(opened + timedelta(days=56)),
            "remark": None,
        }),
    )  # fmt: skip
    acts = tuple(DemoAct(action, given, role, days) for action, role, days, given in steps)
    return DemoCase(BACKLOG, "recognise", body.name, opened, values, "notary_head", acts)

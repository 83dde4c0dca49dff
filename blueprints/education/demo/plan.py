"""How many lists, events and model villages a city shows, and how far each has come."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.education.demo.texts import EVENTS, MODELS, UNITS
from saas.demo import DemoAct, DemoBody, DemoCase, DemoSite, past, person_name

"""One piece of this work to so many cases of the whole demonstration."""
OFFICER, LEADER, REVIEWER, HANDLER = "education_officer", "education_leader", "education_reviewer", "handler"
OPENERS = {"education.list": OFFICER, "education.event": OFFICER, "education.model": "education_liaison"}
POINTS = {"duty": 19, "study": 17, "activities": 28, "cases": 13, "evidence": 14}


def plan(site: DemoSite, cases: int, rng: Random) -> Iterator[DemoCase]:
    """Lists, events and model villages in turn, at the bureaus that have a liaison to fill lists in."""
    bodies = [body for body in site.bodies if body.people]
    for place in range(cases if bodies else 0):
        body = bodies[place % len(bodies)]
        made = (_event, _list, _event, _model)[place % 4](site, body, rng)
        yield made


def _close(days: int) -> list[DemoAct]:
    return [
        DemoAct("compile", {"retention": "y10", "statement": "无"}, OFFICER, days),
        DemoAct("archive", {"checked": True}, LEADER, 1),
    ]


def _list(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    opened = site.today - timedelta(days=rng.choice((3, 30, 120, 400)))
    name, law, department = rng.choice(UNITS)
    kind = rng.choice(("list_dates", "list_topics", "list_laws"))
    values = {
        "unit_kind": "legal",
        "unit_name": f"{site.name}{name}",
        "subject": "enforcement",
        "kind": kind,
        "year": opened.year,
        "batch": "first",
        "notice_number": None,
        "requirements": "请按三类清单的栏目填报，责任落实到内设机构。",
    }
    acts = [
        DemoAct("dispatch", {"handler": rng.choice(body.people["education_liaison"]), "remark": None}, OFFICER),
        DemoAct("submit", _submitted(site, law, department, kind, rng), HANDLER, 5),
        DemoAct("review", {"opinion": "内容完整，责任明确。"}, OFFICER, 2),
        DemoAct("publish", _published(opened), LEADER, 3),
        DemoAct("carry_out", _carried(opened + timedelta(days=50), law), HANDLER, 40),
        DemoAct("report", REPORT, HANDLER, 240),
        DemoAct("evaluate", EVALUATION, REVIEWER, 20),
        DemoAct("circulate", _circulated(opened + timedelta(days=315)), LEADER, 5),
        *_close(10),
    ]
    return _case(("education.list", "notify"), body, opened, values, past(acts, opened, site.today))


def _submitted(site: DemoSite, law: str, department: str, kind: str, rng: Random) -> dict[str, Any]:
    line = {
        "list_dates": f"12月4日国家宪法日｜宪法、{law}｜{site.name}司法局｜{department}",
        "list_topics": f"优化营商环境｜{law}｜{site.name}司法局牵头｜全年",
        "list_laws": f"{law}｜以公布的施行日期为准｜本单位｜施行前集中宣传",
    }[kind]
    return {
        "items": line,
        "laws": law,
        "audiences": ["managers", "villagers"],
        "tasks": f"围绕{law}开展进企业、进社区宣传。",
        "ways": ["lecture", "case_study"],
        "carriers": ["print", "account"],
        "department": department,
        "schedule": "全年",
        "contact": person_name(rng),
        "contact_phone": None,
    }


def _published(opened: date) -> dict[str, Any]:
    day = opened + timedelta(days=10)
    return {"published_on": str(day), "publication": "司法局网站、公众号", "report_by": str(day + timedelta(days=270))}


def _carried(day: date, law: str) -> dict[str, Any]:
    return {"carried_on": str(day), "item": law, "done": f"开展{law}专题宣传，发放手册，解答咨询。"}


def _circulated(day: date) -> dict[str, Any]:
    return {"circulated_on": str(day), "circular_number": None, "scope": "各责任单位"}


REPORT = {
    "summary": "本年度按清单开展普法活动，领导班子专题学法，执法人员在办案中以案释法。",
    "group_sessions": 3,
    "group_hours": 8,
    "officials": 86,
    "officials_reached": 86,
    **{f"self_{name}": points for name, points in POINTS.items()},
}
EVALUATION = {
    "mode": "written",
    "third_party": True,
    "third_party_name": "普法考核评估专家团",
    **POINTS,
    "grade": "excellent",
    "evidence_seen": "公布的清单、活动登记表、学法记录",
    "opinion": "清单落实较好，以案释法的案例还可以增加。",
    "to_rectify": None,
}


def _event(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    opened = site.today - timedelta(days=rng.choice((1, 8, 20, 60, 200)))
    held = opened + timedelta(days=10)
    title, kind, law = rng.choice(EVENTS)
    values = {
        "unit_kind": "legal",
        "unit_name": body.name,
        "partners": None,
        "event_title": title,
        "kind": kind,
        "legal_day": rng.choice((None, "d0415", "d1204", "m05")),
        "topic": rng.choice((None, "business", "wages", "rural")),
        "reaching": rng.choice(("in_village", "in_community", "in_school", "in_company")),
        "laws": law,
        "audiences": ["villagers"],
        "area": rng.choice(body.areas),
        "place": "文化活动中心",
        "planned_for": str(held),
        "expected": 100,
        "outline": "专题讲解、现场咨询、发放手册。",
    }
    place = {"held_on": str(held), "held_at": "9时至11时", "place": "文化活动中心", "lecturers": person_name(rng)}
    acts = [
        DemoAct("approve", {"planned_on": str(held), "opinion": "同意。"}, LEADER, 2),
        DemoAct("announce", {"announced_on": str(opened + timedelta(days=3)), "channels": ["account"]}, OFFICER, 1),
        DemoAct("hold", place, OFFICER, 7),
        DemoAct("record", _recorded(rng), OFFICER, 1),
    ]
    return _case(("education.event", "plan"), body, opened, values, past(acts, opened, site.today), "photo")


def _recorded(rng: Random) -> dict[str, Any]:
    return {
        "audience": rng.randint(40, 600),
        "material_kinds": rng.randint(1, 4),
        "material_copies": rng.randint(50, 900),
        "consultations": rng.randint(0, 40),
        "mediations": rng.randint(0, 2),
        "media_link": None,
        "result": "活动按计划举办，群众参与踊跃，现场解答了咨询。",
        "recorder": person_name(rng),
    }


def _model(site: DemoSite, body: DemoBody, rng: Random) -> DemoCase:
    opened = site.today - timedelta(days=rng.choice((2, 30, 300)))
    name, kind = rng.choice(MODELS)
    values = {
        "unit_kind": "legal",
        "unit_name": name,
        "unit_phone": None,
        "area": rng.choice(body.areas),
        "model_name": f"{name}{rng.choice(('', '（第二批）'))}",
        "kind": kind,
        "level_applied": "city",
        "grounds": "村（居）务公开，法律顾问定期坐班，法治宣传栏每月更新。",
    }
    named = opened + timedelta(days=60)
    acts = [
        DemoAct("screen", {"visited_on": None, "opinion": "条件具备，同意推荐。"}, OFFICER, 5),
        DemoAct("assess", {"points": rng.randint(70, 98), "opinion": "符合创建标准。"}, REVIEWER, 25),
        DemoAct("name", {"level": "city", "counted_from": str(named), "naming_number": None}, LEADER, 30),
    ]
    return _case(("education.model", "declare"), body, opened, values, past(acts, opened, site.today))


def _case(
    key: tuple[str, str],
    body: DemoBody,
    opened: date,
    values: dict[str, Any],
    acts: tuple[DemoAct, ...],
    photo: str = "",
) -> DemoCase:
    process, way = key
    files = ((photo, "活动照片（演示）"),) if photo else ()
    return DemoCase(process, way, body.name, opened, values, OPENERS[process], acts, files=files, files_before="record")

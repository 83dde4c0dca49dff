"""Lists, events and declarations for tests: valid entries, and the people of a city who take the steps."""

from datetime import date, timedelta
from typing import Any

from saas import clock
from saas.cases import services
from saas.cases.models import Case, Step
from saas.files import services as files
from tests.mediation.factory import actor, body
from tests.portal.applying import PNG

PEOPLE = {
    "beijing": {"officer": "majun", "leader": "yangguang", "liaison": "kongling", "reviewer": "panyue"},
    "baoding": {"officer": "xuelian", "leader": "guxiang", "liaison": "menghui", "reviewer": "bairu"},
    "zunyi": {"officer": "ranqing", "leader": "zhengang", "liaison": "liaomei", "reviewer": "pengxia"},
}
"""The accounts of the starters by part played."""
BUREAUS = {"beijing": "大兴区司法局", "baoding": "竞秀区司法局", "zunyi": "汇川区司法局"}
LINES = {
    "list_dates": "12月4日国家宪法日｜宪法｜区司法局｜普法科",
    "list_topics": "优化营商环境｜民法典合同编｜区司法局、区工商联｜6月",
    "list_laws": "法治宣传教育法｜2025年11月1日｜区司法局｜施行前后集中宣传",
}
POINTS = {"duty": 19, "study": 17, "activities": 28, "cases": 13, "evidence": 14}
REASON = {"reason": "材料不全，请补充。"}
COMPILED = {"retention": "y10", "statement": "无"}


def notice(kind: str = "list_dates", **changed: object) -> dict[str, Any]:
    """The plain values of the notice to one unit."""
    return {
        "unit_kind": "legal",
        "unit_name": "区市场监督管理局",
        "subject": "enforcement",
        "kind": kind,
        "year": clock.today().year,
        "batch": "first",
        "notice_number": None,
        "requirements": None,
    } | changed


def filled(kind: str = "list_dates", **changed: object) -> dict[str, Any]:
    """The plain values of a list filled in."""
    return {
        "items": LINES[kind],
        "laws": "消费者权益保护法\n食品安全法",
        "audiences": ["managers"],
        "tasks": "进企业宣传食品安全法。",
        "ways": ["lecture", "case_study"],
        "carriers": ["print"],
        "department": "法规科",
        "schedule": "全年",
        "contact": "王明",
        "contact_phone": None,
    } | changed


def published() -> dict[str, Any]:
    """The plain values of a publication of today."""
    due = clock.today() + timedelta(days=270)
    return {"published_on": str(clock.today()), "publication": "司法局网站", "report_by": str(due)}


def carried() -> dict[str, Any]:
    """Something done today."""
    return {"carried_on": str(clock.today()), "item": "国家宪法日", "done": "举办宪法宣传活动，发放手册三百册。"}


def reported(**changed: object) -> dict[str, Any]:
    """The plain values of a yearly report."""
    return {
        "summary": "本年度按清单开展普法活动，领导班子专题学法三次。",
        "group_sessions": 3,
        "group_hours": 8,
        "officials": 80,
        "officials_reached": 80,
        **{f"self_{name}": points for name, points in POINTS.items()},
    } | changed


def judged(**changed: object) -> dict[str, Any]:
    """The plain values of an evaluation of 91 points."""
    return {
        "mode": "written",
        "third_party": True,
        "third_party_name": "普法考核评估专家团",
        **POINTS,
        "grade": "excellent",
        "evidence_seen": "清单、登记表、学法记录",
        "opinion": "清单落实较好。",
        "to_rectify": None,
    } | changed


def circulated() -> dict[str, Any]:
    """The plain values of a circular of today."""
    return {"circulated_on": str(clock.today()), "circular_number": None, "scope": "各责任单位"}


def event(day: date, **changed: object) -> dict[str, Any]:
    """The plain values of an event planned for a day."""
    return {
        "unit_kind": "legal",
        "unit_name": "大兴区司法局",
        "partners": None,
        "event_title": "民法典进社区讲座",
        "kind": "lecture",
        "legal_day": "m05",
        "topic": None,
        "reaching": "in_community",
        "laws": "民法典",
        "audiences": ["villagers"],
        "area": "110115001",
        "place": "文化活动中心",
        "planned_for": str(day),
        "expected": 100,
        "outline": "讲解婚姻家庭编，现场咨询。",
    } | changed


def recorded(**changed: object) -> dict[str, Any]:
    """The plain values of what an event came to."""
    return {
        "audience": 120,
        "material_kinds": 2,
        "material_copies": 300,
        "consultations": 15,
        "mediations": 0,
        "media_link": None,
        "result": "居民提问踊跃，现场解答咨询。",
        "recorder": "马骏",
    } | changed


def opened(process: str, way: str, values: dict[str, Any], part: str = "officer", city: str = "beijing") -> Case:
    """A case of this line at the bureau of a city's district."""
    by = actor(PEOPLE[city][part])
    return services.open_case(f"education.{process}", way, values, by=by, unit=body(BUREAUS[city]))


def act(case: Case, action: str, values: dict[str, Any], part: str, city: str = "beijing") -> Step:
    """Take a step in a part."""
    return services.act(case, action, values, by=actor(PEOPLE[city][part]))


def attach(case: Case, category: str, part: str = "officer", city: str = "beijing") -> None:
    """Put a picture into the file."""
    files.add(case, category, f"{category}.png", PNG, by=actor(PEOPLE[city][part]))


def dispatched(kind: str = "list_dates", city: str = "beijing", **changed: object) -> Case:
    """A list that its unit's liaison is asked to fill in."""
    case = opened("list", "notify", notice(kind, **changed), city=city)
    handler = str(actor(PEOPLE[city]["liaison"]).id)
    act(case, "dispatch", {"handler": handler, "remark": None}, "officer", city)
    return case


def reporting(kind: str = "list_dates", city: str = "beijing", **report: object) -> Case:
    """A list that was published and carried out, with the report of its unit."""
    case = dispatched(kind, city)
    act(case, "submit", filled(kind), "liaison", city)
    act(case, "review", {"opinion": "内容完整。"}, "officer", city)
    act(case, "publish", published(), "leader", city)
    act(case, "carry_out", carried(), "liaison", city)
    act(case, "report", reported(**report), "liaison", city)
    return case


def archive(case: Case, city: str = "beijing") -> None:
    """Bind the file and put it away."""
    act(case, "compile", COMPILED, "officer", city)
    act(case, "archive", {"checked": True}, "leader", city)

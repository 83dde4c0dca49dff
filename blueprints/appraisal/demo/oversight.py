"""Invented complaints, proficiency tests and integrity grades, as the bureaus keep them."""

from datetime import date, timedelta
from random import Random
from typing import Any

from saas import demo
from saas.demo import DemoAct, DemoBody, DemoCase, DemoSite

INSTITUTIONS = (
    "安信司法鉴定所",
    "正和司法鉴定所",
    "明诚司法鉴定中心",
    "公信司法鉴定所",
    "同济司法鉴定所",
    "天衡司法鉴定中心",
)
WRONGS = (
    ("c5", "鉴定人与对方当事人有利害关系，应当回避而没有回避。", "m2"),
    ("c6", "送检的影像资料遗失，机构没有及时告知，影响了案件审理。", "m1"),
    ("c7", "没有在约定的时限内完成鉴定，也没有告知延长的原因。", "m1"),
)
RESULTS = ("satisfy",) * 22 + ("pass_test",) * 6 + ("fail_test",) * 5
"""Of the 33 tests of six institutions of 遵义市 in 2017."""
PROJECTS = ("02", "04", "05", "06", "07")


def proficiency(site: DemoSite, body: DemoBody, rng: Random, opened: date) -> DemoCase:
    """A test of an institution, its result in the shares that were published."""
    del site
    kind, result = rng.choice(PROJECTS), rng.choice(RESULTS)
    days = {
        name: str(opened + timedelta(days=count)) for name, count in (("sample", 20), ("report", 45), ("result", 90))
    }
    values = {
        "applicant_kind": "legal",
        "applicant_name": rng.choice(INSTITUTIONS),
        "kind": f"p{kind}",
        "year": opened.year,
        "project_code": f"{opened.year}-{kind}",
        "project_name": "年度能力验证项目",
        "organiser": "能力验证组织机构",
        "report_by": str(opened + timedelta(days=60)),
    }
    found = {"result_on": days["result"], "result_number": None, "result_text": None}
    acts = [
        DemoAct("sample", {"sampled_on": days["sample"], "sample_code": f"S{rng.randint(100, 999)}"}, OFFICER, 20),
        DemoAct("report", {"reported_on": days["report"], "testers": demo.person_name(rng)}, OFFICER, 25),
        DemoAct(result, found, OFFICER, 45),
    ]
    if result == "fail_test":
        mended = {
            "rectified_on": str(opened + timedelta(days=110)),
            "rectified_found": "分析原因为前处理温度偏差，已修订作业指导书并重新培训。",
        }
        acts.append(DemoAct("rectify", mended, OFFICER, 20))
    return _planned("proficiency", "enrol", body, opened, values, OFFICER, [*acts, *_closed("y10")])


def complaint(site: DemoSite, body: DemoBody, rng: Random, opened: date) -> DemoCase:
    """A complaint by letter, taken up, looked into and answered."""
    kind, facts, measure = rng.choice(WRONGS)
    officers = list(body.people[OFFICER])
    values: dict[str, Any] = {
        "source": rng.choice(("letter", "visit", "phone")),
        "received_on": str(opened),
        "applicant_kind": "natural",
        "applicant_name": demo.person_name(rng),
        "relation": "案件当事人",
        "applicant_id_number": demo.id_number(rng, site.today),
        "applicant_phone": demo.phone(rng),
        "applicant_address": f"{site.name}{rng.randint(1, 30)}号院",
        "respondent_kind": "legal",
        "respondent_name": rng.choice(INSTITUTIONS),
        "opinion_number": None,
        "area": rng.choice(body.areas),
        "kind": kind,
        "knew_on": str(opened - timedelta(days=30)),
        "facts": facts,
        "requests": "请求依法查处。",
    }
    grounds = dict.fromkeys(("settled_before", "only_opinion", "adopted", "outside_duty"), False)
    people = {"handler": officers[0], "second_investigator": (officers[1:] or list(body.people[HEAD]))[0]}
    acts = [
        DemoAct("accept", grounds | people, HEAD, 4),
        DemoAct("investigate", _inquiry(opened), "handler", 10),
        DemoAct("conclude", _found(measure), "handler", 20),
        DemoAct("answer", _answer(opened), "handler", 4),
    ]
    planned = _planned("complaint", "register", body, opened, values, OFFICER, [*acts, *_closed("y30")])
    named = values["applicant_name"]
    return DemoCase(**vars(planned) | {"files": (("identity", f"{named} 身份证复印件（演示）"),)})


def _inquiry(opened: date) -> dict[str, Any]:
    return {
        "held_at": f"{opened + timedelta(days=14)}T09:00:00+08:00",
        "place": "被投诉机构会议室",
        "asked": "机构负责人",
        "content": "调阅鉴定档案，询问鉴定人，核对投诉反映的情况。",
    }


def _found(measure: str) -> dict[str, Any]:
    return {
        "substantiated": "partly",
        "found": "经调查，投诉反映的情况部分属实。",
        "measures": [measure],
        "penalty": None,
        "measure_text": "对机构负责人进行约谈，督促完善内部管理制度。",
    }


def _answer(opened: date) -> dict[str, Any]:
    return {"answered_on": str(opened + timedelta(days=38)), "both_told": True, "remedy_told": True}


def grading(site: DemoSite, body: DemoBody, rng: Random, opened: date) -> DemoCase:
    """The yearly grade of an institution; its days fall into the first half of a year."""
    del site
    opened = opened.replace(month=1, day=min(opened.day, 28))
    score = rng.randint(78, 98)
    grade = "A" if score >= 90 else "B"  # noqa: PLR2004 - the invented border of the grades
    values = {
        "applicant_kind": "legal",
        "applicant_name": rng.choice(INSTITUTIONS),
        "kind": "e1",
        "year": opened.year,
        "own_district": "本区",
        "review_district": "邻区",
        "joint": True,
        "finish_by": f"{opened.year}-06-30",
    }
    checked = {"self_score": score, "self_grade": grade, "self_text": "已对照评估标准逐项自查，制度健全。"}
    first = {
        "first_by": "两区联合评估组",
        "first_people": "评估专家三名",
        "files_drawn": 20,
        "opinions_collected": 8,
        "first_score": score,
        "first_grade": grade,
        "first_text": "文书规范，档案完整。",
    }
    noticed = opened + timedelta(days=70)
    city = {"city_score": score, "grade": grade, "city_text": "同意初评意见。", "notice_from": str(noticed)}
    published = {"published_on": str(noticed + timedelta(days=20)), "published_at": "市公共法律服务网"}
    acts = [
        DemoAct("self_check", checked, OFFICER, 20),
        DemoAct("first_round", first, HEAD, 30),
        DemoAct("city_round", city, HEAD, 20),
        DemoAct("publish", published, HEAD, 20),
    ]
    return _planned("grading", "assign", body, opened, values, HEAD, [*acts, *_closed("y30")])


OFFICER, HEAD = "appraisal_officer", "appraisal_head"


def _planned(
    process: str, way: str, body: DemoBody, opened: date, values: dict[str, Any], role: str, acts: list[DemoAct]
) -> DemoCase:
    key = f"appraisal.{process}"
    return DemoCase(key, way, body.name, opened, values, role, tuple(acts), files_before="archive")


def _closed(retention: str) -> list[DemoAct]:
    return [
        DemoAct("compile", {"retention": retention, "statement": "无"}, OFFICER, 5),
        DemoAct("archive", {"checked": True, "remark": None}, HEAD, 2),
    ]

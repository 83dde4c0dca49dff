"""Matters of appraisal for tests: valid entries with keyword overrides, and the people who act."""

from datetime import date, timedelta
from typing import Any

from saas import clock
from saas.cases import services
from saas.cases.models import Case, Step
from saas.files import services as files
from saas.identity.actor import citizen
from tests.mediation.factory import actor, body
from tests.portal.applying import id_number
from tests.saas.files.samples import pdf

INSTITUTION, BUREAU = "大兴区安信司法鉴定所", "大兴区司法局"
DIRECTOR, APPRAISER, SECOND = "fangzheng", "linyuan", "suqing"
CLERK, OFFICER, OTHER, HEAD = "zuoqiu", "zhaoming", "qianjin", "sunyue"
CHECKS = ("within_scope", "materials_sound", "lawful_purpose", "rules_met", "capable", "not_elsewhere")
ACCEPTED: dict[str, Any] = dict.fromkeys(CHECKS, True) | {"review_opinion": "符合受理条件。", "review_remark": None}
RETURNED = {"reason": "委托人来函撤销委托。", "returned": True}
COMPILED = {"retention": "y30", "statement": "无"}
ARCHIVED = {"checked": True, "remark": None}
GROUNDS = dict.fromkeys(("settled_before", "only_opinion", "adopted", "outside_duty"), False)


def act(case: Case, action: str, values: dict[str, Any], username: str) -> Step:
    """Take a step as somebody of the starter."""
    return services.act(case, action, values, by=actor(username))


def user(username: str) -> str:
    """The id of somebody's account."""
    return str(actor(username).id)


def attach(case: Case, category: str, username: str) -> None:
    """Put a scan into the file."""
    files.add(case, category, "扫描件.pdf", pdf(1), by=actor(username))


def commission(**changed: object) -> dict[str, Any]:
    """The plain values of a commission."""
    return {
        "commissioner": "103",
        "applicant_kind": "legal",
        "applicant_name": "大兴区人民法院",
        "undertaker": "陈立",
        "applicant_phone": "13900001111",
        "contact": None,
        "applicant_address": None,
        "received_on": str(clock.today()),
        "unified_number": None,
        "kind": "02",
        "item": "0201",
        "matter": "周小川的人体损伤程度",
        "purpose": "民事诉讼",
        "again": "first",
        "facts": "周小川在路口被小型客车撞伤右小腿，住院治疗两周。",
        "materials": "住院病历复印件1份",
        "respondent_kind": "natural",
        "respondent_name": "周小川",
        "respondent_id_number": None,
        "respondent_address": None,
    } | changed


def signed(**changed: object) -> dict[str, Any]:
    """The plain values of the agreement with the client."""
    return {
        "effective_on": str(clock.today()),
        "handler": user(APPRAISER),
        "second_appraiser": user(SECOND),
        "other_appraisers": None,
        "qualified": True,
        "committed": True,
        "senior": False,
        "fee": 300_000,
        "fee_mode": "申请鉴定的一方预交",
        "delivery": "self",
        "delivery_detail": None,
        "time_mode": "statutory",
        "material_handling": "鉴定结束后退还委托人",
        "other_terms": None,
        "risk_told": True,
    } | changed


def submitted(**changed: object) -> dict[str, Any]:
    """The plain values of what the appraiser found."""
    return {
        "examined_on": str(clock.today()),
        "examined_at": "本所检查室",
        "standard_kind": "s1",
        "standards": "《人体损伤程度鉴定标准》",
        "excerpt": "病历记载右胫骨骨折。",
        "procedure": "按照技术规范逐项检验，并作书面记录。",
        "analysis": "检验所见与案情相符，对照标准作出判断。",
        "conclusion": "构成轻伤二级。",
        "annexes": None,
    } | changed


REVIEWED = {
    "procedure_found": "程序符合规定。",
    "conclusion_found": "同意鉴定意见。",
    "hard": False,
    "experts": None,
    "expert_count": None,
}
ISSUED = {
    "copies": 4,
    "institution_licence": "110099001",
    "appraiser_licences": "110099001001、110099001002",
    "signed": True,
    "delivered": None,
}


def appraising(**changed: object) -> Case:
    """An appraisal in the hands of two appraisers."""
    values = commission(**changed)
    case = services.open_case("appraisal.case", "commission", values, by=actor(APPRAISER), unit=body(INSTITUTION))
    act(case, "accept", ACCEPTED, DIRECTOR)
    act(case, "sign", signed(senior=values["again"] == "again"), DIRECTOR)
    return case


def issued(**changed: object) -> Case:
    """An appraisal whose opinion is out."""
    case = appraising(**changed)
    act(case, "submit", submitted(), APPRAISER)
    act(case, "review", REVIEWED, DIRECTOR)
    act(case, "issue", ISSUED, DIRECTOR)
    return case


def complaint(**changed: object) -> dict[str, Any]:
    """The plain values of a citizen's complaint."""
    return {
        "on_behalf": "self",
        "applicant_kind": "natural",
        "applicant_name": "何春明",
        "applicant_id_number": id_number(),
        "applicant_phone": "13900002222",
        "applicant_address": "大兴区兴丰街道一号院",
        "relation": "案件原告",
        "respondent_kind": "legal",
        "respondent_name": INSTITUTION,
        "opinion_number": None,
        "area": "110115001",
        "kind": "c5",
        "knew_on": str(clock.today() - timedelta(days=40)),
        "facts": "鉴定人与对方当事人有利害关系，应当回避而没有回避。",
        "requests": "请求依法查处。",
        "identity_files": None,
        "evidence_files": None,
        "truthful": True,
    } | changed


def complained(**changed: object) -> Case:
    """A complaint as a citizen brings it."""
    values = complaint(**changed)
    return services.open_case("appraisal.complaint", "complain", values, by=citizen(values["applicant_name"]))


def investigators(**changed: object) -> dict[str, Any]:
    """The plain values with which a complaint is taken up."""
    return GROUNDS | {"handler": user(OFFICER), "second_investigator": user(OTHER)} | changed


def entry_of(kind: str, institution: str, day: date) -> dict[str, Any]:
    """The plain values of an institution's entry for a proficiency test."""
    return {
        "applicant_kind": "legal",
        "applicant_name": institution,
        "kind": f"p{kind}",
        "year": day.year,
        "project_code": f"{day.year}-{kind}",
        "project_name": "年度能力验证项目",
        "organiser": "能力验证组织机构",
        "report_by": str(day + timedelta(days=60)),
    }


def result_of(institution: str, kind: str, result: str, *, officer: str = OFFICER, unit: str = BUREAU) -> Case:
    """A proficiency test with its result, today."""
    today = str(clock.today())
    values = entry_of(kind, institution, clock.today())
    case = services.open_case("appraisal.proficiency", "enrol", values, by=actor(officer), unit=body(unit))
    act(case, "sample", {"sampled_on": today, "sample_code": "S1"}, officer)
    act(case, "report", {"reported_on": today, "testers": "林远"}, officer)
    act(case, result, {"result_on": today, "result_number": None, "result_text": None}, officer)
    return case

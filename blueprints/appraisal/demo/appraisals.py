"""Invented appraisals of institutions."""

from datetime import date, timedelta
from random import Random
from typing import Any

from saas import demo
from saas.demo import DemoAct, DemoBody, DemoCase, DemoSite

MATTERS: tuple[tuple[str, str, str, str], ...] = (
    ("02", "人体损伤程度鉴定", "{name}在路口被一辆小型客车撞伤右小腿，当日住院治疗，两周后出院。", "构成轻伤二级。"),
    ("02", "人体残疾等级鉴定", "{name}在工地作业时被坠落的木板砸伤左肩，住院治疗后活动受限。", "构成十级伤残。"),
    ("04", "亲缘关系鉴定", "{name}与申请人因继承发生争议，法院委托鉴定双方的亲缘关系。", "支持存在亲缘关系。"),
    ("03", "民事行为能力鉴定", "{name}的家属向法院申请认定其为限制民事行为能力人。", "为限制民事行为能力人。"),
    ("06", "笔迹鉴定", "{name}否认借条上的签名是本人所写，法院委托对签名进行鉴定。", "签名与样本是同一人书写。"),
)
ENDED = 0.15
"""How many of all end without an opinion."""
COURTS = {"beijing": "大兴区人民法院", "baoding": "竞秀区人民法院", "zunyi": "汇川区人民法院"}


def case(site: DemoSite, body: DemoBody, rng: Random, opened: date) -> DemoCase:
    """An appraisal that a court commissions; most end with an opinion, some without."""
    kind, matter, facts, found = rng.choice(MATTERS)
    subject, court = demo.person_name(rng), COURTS.get(site.code, "人民法院")
    values = _commission(kind, matter, facts.format(name=subject), court, opened)
    values |= {"respondent_name": subject, "respondent_id_number": demo.id_number(rng, site.today)}
    values |= {"applicant_phone": demo.phone(rng), "undertaker": demo.person_name(rng)}
    first, second = _pair(body, rng)
    acts = [
        *_begun(opened, first, second, rng),
        *(_ended() if rng.random() < ENDED else _concluded(opened, found)),
    ]
    return DemoCase(
        "appraisal.case",
        "commission",
        body.name,
        opened,
        values,
        "appraiser",
        tuple(acts),
        files=(("commission", f"{court} 委托书（演示）"),),
        files_before="archive",
    )


def _pair(body: DemoBody, rng: Random) -> tuple[str, str]:
    first, *others = rng.sample(list(body.people["appraiser"]), k=len(body.people["appraiser"]))
    return first, (others or list(body.people["appraisal_director"]))[0]


def _commission(kind: str, matter: str, facts: str, court: str, opened: date) -> dict[str, Any]:
    return {
        "commissioner": "103",
        "applicant_kind": "legal",
        "applicant_name": court,
        "contact": None,
        "applicant_address": None,
        "received_on": str(opened),
        "unified_number": None,
        "kind": kind,
        "item": None,
        "matter": matter,
        "purpose": "民事诉讼",
        "again": "first",
        "facts": facts,
        "materials": "委托书1份\n案卷材料复印件1册",
        "respondent_kind": "natural",
        "respondent_address": None,
    }


def _begun(opened: date, first: str, second: str, rng: Random) -> list[DemoAct]:
    checks = ("within_scope", "materials_sound", "lawful_purpose", "rules_met", "capable", "not_elsewhere")
    accepted = dict.fromkeys(checks, True) | {"review_opinion": "符合受理条件。", "review_remark": None}
    signed = {
        "effective_on": str(opened + timedelta(days=4)),
        "handler": first,
        "second_appraiser": second,
        "other_appraisers": None,
        "qualified": True,
        "committed": True,
        "senior": True,
        "fee": rng.randint(8, 60) * 10_000,
        "fee_mode": "申请鉴定的一方预交",
        "delivery": "self",
        "delivery_detail": None,
        "time_mode": "statutory",
        "material_handling": "鉴定结束后退还委托人",
        "other_terms": None,
        "risk_told": True,
    }
    return [DemoAct("accept", accepted, "appraisal_director", 3), DemoAct("sign", signed, "appraisal_director", 1)]


def _concluded(opened: date, found: str) -> list[DemoAct]:
    submitted = {
        "examined_on": str(opened + timedelta(days=14)),
        "examined_at": "本所检查室",
        "standard_kind": "s1",
        "standards": "有关国家标准",
        "excerpt": "见送检材料。",
        "annexes": None,
        "procedure": "按照技术规范对送检材料逐项检验，并作书面记录。",
        "conclusion": found,
        "analysis": "送检材料真实、完整、充分，检验所见与案情相符，对照标准作出判断。",
    }
    reviewed = {
        "procedure_found": "程序符合规定。",
        "conclusion_found": "同意鉴定意见。",
        "hard": False,
        "experts": None,
        "expert_count": None,
    }
    issued = {
        "copies": 4,
        "institution_licence": "990000001",
        "appraiser_licences": "990000001001、990000001002",
        "signed": True,
        "delivered": "已交付委托人",
    }
    return [
        DemoAct("submit", submitted, "handler", 12),
        DemoAct("review", reviewed, "appraisal_director", 2),
        DemoAct("issue", issued, "appraisal_director", 1),
        *_closed(20),
    ]


def _ended() -> list[DemoAct]:
    reason = {"end_reason": "t4", "reason": "委托人来函撤销鉴定委托。", "returned": True}
    return [DemoAct("terminate", reason, "appraisal_director", 8), *_closed(5)]


def _closed(days: int) -> list[DemoAct]:
    compiled = {"retention": "y30", "statement": "无"}
    archived = {"checked": True, "remark": None}
    return [
        DemoAct("compile", compiled, "handler", days),
        DemoAct("archive", archived, "appraisal_director", 2),
    ]

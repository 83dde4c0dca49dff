"""An invented case that shows every form filled in; no unit's figures in it are real."""

from typing import Any

from saas.documents.form import Snapshot

PARTIES: list[dict[str, Any]] = [
    {
        "side": "applicant",
        "kind": "legal",
        "name": "清和区市场监督管理局",
        "phone": "010-60000021",
        "address": "",
        "id_number": "",
        "representative": "",
        "agent_for": "",
    }
]
CASE: dict[str, Any] = {
    "number": "2026000321",
    "title": "清和区市场监督管理局重要时间节点普法清单",
    "opened_on": "2026-02-09",
    "closed_on": "2026-12-22",
    "year": 2026,
    "contact": "王明",
    "laws": "中华人民共和国消费者权益保护法\n中华人民共和国食品安全法",
    "audiences": ["managers", "villagers"],
    "tasks": "在消费者权益日前后集中宣传，全年开展食品安全法进企业活动。",
    "ways": ["lecture", "case_study", "consulting"],
    "carriers": ["print", "account"],
    "department": "法规科",
    "schedule": "全年，重要时间节点集中开展",
    "items": "3月15日消费者权益日｜消费者权益保护法｜区市场监督管理局｜法规科\n"
    "12月4日国家宪法日｜宪法｜区司法局｜普法科",
    "event_title": "食品安全法进企业专题讲座",
    "kind": "lecture",
    "partners": "清和区司法局",
    "held_on": "2026-06-11",
    "held_at": "9时至11时",
    "area_name": "清和区永安街道",
    "place": "永安街道文化活动中心",
    "legal_day": "d0315",
    "audience": 126,
    "material_kinds": 3,
    "material_copies": 400,
    "consultations": 18,
    "mediations": 1,
    "media_link": "清和普法公众号6月12日",
    "result": "市场监管所执法人员以三件处罚案例讲解进货查验和标签标识，企业负责人现场提问。",
    "recorder": "王明",
    "self_duty": 20,
    "self_study": 18,
    "self_activities": 29,
    "self_cases": 14,
    "self_evidence": 15,
    "retention": "y10",
    "statement": "本卷材料齐全，没有缺页、补订。",
}


def _step(action: str, on: str, actor: str, entered: dict[str, Any]) -> dict[str, Any]:
    return {"action": action, "title": action, "on": on, "actor": actor, "input": entered, "answers": {}}


STEPS = [
    _step("check", "2026-06-15", "李思", {"opinion": "数据与签到表一致。"}),
    _step(
        "evaluate",
        "2026-12-10",
        "周正",
        {
            "mode": "onsite",
            "third_party": True,
            "third_party_name": "普法考核评估专家团",
            "duty": 19,
            "study": 17,
            "activities": 28,
            "cases": 13,
            "evidence": 14,
            "grade": "excellent",
            "evidence_seen": "公布的清单、活动登记表、学法记录、照片",
            "opinion": "清单落实较好，以案释法的案例应当更多选用本单位办理的案件。",
            "to_rectify": "",
        },
    ),
    _step("compile", "2026-12-21", "李思", {"retention": "y10", "statement": CASE["statement"]}),
    _step("archive", "2026-12-22", "郑重", {"checked": True}),
]
CATALOGUE = [
    {"seq": "1", "title": "普法责任清单", "pages": "1", "note": "", "target": "1"},
    {"seq": "2", "title": "重要时间节点普法清单", "pages": "2", "note": "", "target": "2"},
    {"seq": "3", "title": "佐证材料", "pages": "3—6", "note": "照片", "target": "3"},
    {"seq": "4", "title": "普法责任制履职报告评议表", "pages": "7", "note": "", "target": "4"},
]
SNAPSHOT = Snapshot(
    tenant={"name": "清和市", "bureau": "清和市司法局", "phone": "12348"},
    unit={
        "name": "清和区司法局",
        "short_name": "清和",
        "phone": "010-60000020",
        "address": "",
        "office": "清和市司法局",
    },
    case=CASE,
    parties=PARTIES,
    steps=STEPS,
    document={"number": "（清和）普责字〔2026〕第1号", "issued_on": "2026-03-02", "issued_by": "郑重"},
    words={"batch": "第一批"},
    extra={"catalogue": CATALOGUE, "pieces": 4, "pages": 7},
)
"""The case; it is a list, an event and an evaluation at once, so that each form finds its own."""

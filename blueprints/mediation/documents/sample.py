"""An invented case that shows every form filled in; no person or number in it is real."""

from typing import Any

from saas.documents.form import Snapshot

PARTIES: list[dict[str, Any]] = [
    {
        "side": "applicant",
        "kind": "natural",
        "name": "张春兰",
        "gender": "女",
        "birth": "1968-03-12",
        "age": "58",
        "ethnicity": "汉族",
        "occupation": "退休工人",
        "phone": "13800000001",
        "address": "大兴区兴丰街道黄村西里12号楼3单元602室",
        "id_number": "990115196803120027",
        "representative": "",
        "agent_for": "",
    },
    {
        "side": "respondent",
        "kind": "legal",
        "name": "安和物业服务有限公司",
        "gender": "",
        "birth": "",
        "age": "",
        "ethnicity": "",
        "occupation": "",
        "phone": "010-60000002",
        "address": "大兴区兴丰街道兴华大街8号",
        "id_number": "91990115MA00000012",
        "representative": "李建国",
        "agent_for": "",
    },
    {
        "side": "agent",
        "kind": "natural",
        "name": "王明",
        "gender": "男",
        "birth": "",
        "age": "",
        "ethnicity": "汉族",
        "occupation": "项目经理",
        "phone": "13800000003",
        "address": "",
        "id_number": "",
        "representative": "",
        "agent_for": "安和物业服务有限公司",
    },
]

CASE: dict[str, Any] = {
    "number": "2026000123",
    "title": "张春兰与安和物业服务有限公司物业纠纷",
    "kind_title": "物业纠纷",
    "source": "police",
    "source_title": "公安移送",
    "origin_unit": "兴丰派出所",
    "origin_number": "大兴公（丰）移字〔2026〕7号",
    "opened_on": "2026-09-01",
    "closed_on": "2026-10-20",
    "handler": "赵敏",
    "mediators": ["赵敏", "孙立"],
    "facts": "2026年7月28日大雨，张春兰家客厅顶面因楼顶雨水管堵塞渗水，墙面、木地板和沙发受损。"
    "张春兰多次向物业公司报修，物业公司派人查看两次，没有修复。\n"
    "8月20日双方因赔偿数额发生争吵，派出所出警后移送调解。",
    "requests": "1．修复楼顶雨水管和客厅顶面、墙面；\n2．赔偿木地板、沙发损失6,800元。",
    "amount": 680000,
    "agreed_facts": "2026年7月28日，因楼顶雨水管堵塞，张春兰家客厅渗水，墙面、木地板、沙发受损。"
    "双方对损失数额有争议。\n物业公司没有及时疏通雨水管，承担主要责任；张春兰没有及时移开家具，承担次要责任。",
    "terms": "1、安和物业服务有限公司于2026年10月15日前修复楼顶雨水管和张春兰家客厅顶面、墙面；\n"
    "2、安和物业服务有限公司赔偿张春兰木地板、沙发损失5,200元；\n"
    "3、双方就此事再无其他争议。",
    "performance_mode": "维修由物业公司安排，赔偿款一次性银行转账",
    "perform_by": "2026-10-15",
    "agreed_amount": 520000,
    "effective_on": "2026-09-22",
    "copies": 3,
    "court_name": "大兴区人民法院",
    "applied_on": "2026-09-28",
    "retention": "y10",
    "statement": "本卷材料齐全，没有缺页、补订。",
    "outcome": "succeeded",
    "place": "兴丰街道黄村西里社区",
    "begins_on": "2026-09-01",
    "screened_on": "2026-09-18",
    "screener": "孙立",
    "objects": 420,
    "covered": 418,
    "uncovered_reason": "两户长期无人居住，已电话联系。",
    "found_count": 2,
    "prevented": 1,
    "found_text": "12号楼漏水引起的物业纠纷，已登记线索。\n3号楼楼道堆物，当场劝解清理。",
    "event_name": "黄村西里12号楼漏水纠纷",
    "happened_on": "2026-07-28",
    "scale": "under_50",
    "people": 4,
    "units": "安和物业服务有限公司",
    "channel": "police_docking",
    "transferred_on": "2026-08-31",
    "received_on": "2026-09-01",
    "accepted_on": "2026-09-02",
    "asked_consent": True,
    "consent": True,
    "dispute_number": "JT2026000123",
    "receiver": "赵敏",
    "result": "agreed",
    "result_text": "双方当事人于9月22日达成书面协议，物业公司修复并赔偿5,200元。",
    "answered_on": "2026-09-23",
    "agreement_number": "（兴和）人调字〔2026〕第12号",
    "document_numbers": {"mediation.agreement": "（兴和）人调字〔2026〕第12号"},
}

CONTENT = (
    "赵敏：我们是兴和人民调解委员会的人民调解员，今天了解7月28日漏水的情况，请如实说明。\n"
    "刘强：我是物业公司的维修工。7月28日下午接到602室报修，我上楼顶看，雨水管口被树叶堵住，水积了约十厘米。\n"
    "赵敏：当时有没有疏通？\n"
    "刘强：疏通了一部分，管子下段还堵着，需要专业工具，我报给了公司。"
)


def _step(action: str, on: str, entered: dict[str, Any], answers: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "action": action,
        "title": action,
        "on": on,
        "actor": "赵敏",
        "input": entered,
        "answers": answers or {},
    }


STEPS = [
    _step(
        "refuse",
        "2026-09-01",
        {
            "refuse_reason": "already_taken",
            "guidance": ["litigation", "legal_aid"],
            "guidance_text": "该纠纷已由大兴区人民法院立案，请按照法院通知参加诉讼。\n"
            "经济困难的，可以带身份证和案件材料到大兴区法律援助中心申请法律援助。",
        },
        {"refuse_reason": "已由人民法院或者其他机关受理"},
    ),
    _step("accept", "2026-09-02", {"is_civil": True, "both_agree": True, "not_taken": True, "remark": ""}),
    _step("appoint", "2026-09-03", {"chosen_by": "chosen"}),
    _step(
        "investigate",
        "2026-09-08",
        {
            "held_at": "2026-09-08T09:30:00+08:00",
            "place": "黄村西里社区居委会会议室",
            "participants": "社区居委会委员周芳",
            "interviewee": "刘强",
            "interviewee_detail": "男，41岁，汉族，安和物业服务有限公司维修工，电话13800000004",
            "recorder": "孙立",
            "content": CONTENT,
        },
    ),
    _step(
        "session",
        "2026-09-22",
        {
            "held_at": "2026-09-22T14:00:00+08:00",
            "place": "兴和人民调解委员会调解室",
            "mode": "onsite",
            "invited": "社区居委会委员周芳",
            "informed": True,
            "recorder": "孙立",
            "content": "张春兰：漏水三次报修都没有修好，地板和沙发都坏了，要求修复并赔偿6,800元。\n"
            "王明：公司认可雨水管堵塞，愿意修复，但沙发可以清洗，赔偿数额过高。\n"
            "人民调解员向双方说明物业服务合同中维修养护的义务，以及受损一方减少损失的责任，分别听取意见。\n"
            "周芳：居委会查看过现场，地板确已变形，沙发局部发霉。",
            "result": "双方同意由物业公司修复，并赔偿5,200元，当场签订协议。",
        },
    ),
    _step(
        "warn",
        "2026-09-10",
        {
            "danger": "9月10日上午，张春兰的儿子到物业办公室争吵，扬言要砸办公室，被在场人员劝离。",
            "colour": "orange",
            "reported_to": "兴丰派出所",
            "reported_at": "2026-09-10T11:20:00+08:00",
            "measures": "人民调解员当天上门劝解，约定9月22日调解；物业公司先行遮盖漏点。",
        },
        {"colour": "橙（可能激化）"},
    ),
    _step("agree_written", "2026-09-22", {"recorder": "孙立"}),
    _step(
        "end",
        "2026-10-20",
        {
            "end_reason": "failed",
            "reason": "经两次调解，双方对赔偿数额不能取得一致，均表示不再调解。",
            "remedies": ["arbitration", "administrative", "litigation"],
        },
        {"end_reason": "调解不成"},
    ),
    _step(
        "revisit",
        "2026-11-02",
        {
            "revisited_on": "2026-11-02",
            "revisit_mode": "visit",
            "performance_found": "雨水管和墙面已修复，赔偿款5,200元已于10月12日转账。",
            "satisfaction": "satisfied",
            "sued": "未起诉",
            "hidden_danger": "没有激化苗头。",
        },
    ),
    _step(
        "close_report",
        "2026-11-04",
        {
            "filled_on": "2026-11-04",
            "outcome_text": "达成书面协议，雨水管和墙面已修复，赔偿款已支付。",
            "remark": "",
        },
    ),
    _step("compile", "2026-11-05", {"retention": "y10", "statement": CASE["statement"]}),
    _step("archive", "2026-11-06", {"checked": True}),
    _step(
        "file_review",
        "2026-11-12",
        {
            "lawful_acceptance": 15,
            "complete_materials": 14,
            "standard_documents": 13,
            "proper_evidence": 14,
            "correct_law": 15,
            "timely_revisit": 10,
            "proper_binding": 15,
            "opinion": "材料齐全，协议内容明确。调查记录应当写明被调查人的住址。",
        },
    ),
]

CATALOGUE = [
    {"seq": "1", "title": "人民调解申请书", "pages": "1", "note": "", "target": "1"},
    {"seq": "2", "title": "人民调解受理登记表", "pages": "2–3", "note": "", "target": "2"},
    {"seq": "3", "title": "人民调解当事人权利义务告知书", "pages": "4–5", "note": "", "target": "3"},
    {"seq": "4", "title": "当事人身份证明", "pages": "6–7", "note": "复印件", "target": "4"},
    {"seq": "5", "title": "人民调解记录", "pages": "8", "note": "", "target": "5"},
    {"seq": "6", "title": "人民调解协议书", "pages": "9–10", "note": "", "target": "6"},
]

SNAPSHOT = Snapshot(
    tenant={"name": "北京市", "bureau": "北京市司法局", "phone": "12348"},
    unit={
        "name": "兴和人民调解委员会",
        "short_name": "兴和",
        "phone": "010-60000000",
        "address": "大兴区兴丰街道",
        "office": "兴丰司法所",
    },
    case=CASE,
    parties=PARTIES,
    steps=STEPS,
    document={"number": "（兴和）人调示字〔2026〕第1号", "issued_on": "2026-09-22", "issued_by": "赵敏"},
    extra={"catalogue": CATALOGUE, "pieces": 6, "pages": 10},
)
"""The case; its steps are those of every course a case may take, so that each form finds its own."""

"""Invented matters that show every form filled in; no person, institution or number in them is real."""

from dataclasses import replace
from typing import Any

from saas.documents.form import Snapshot

PARTIES: list[dict[str, Any]] = [
    {
        "side": "applicant",
        "kind": "legal",
        "name": "大兴区人民法院",
        "phone": "010-60000010",
        "address": "大兴区黄村镇兴政街1号",
        "id_number": "",
        "representative": "",
    },
    {
        "side": "respondent",
        "kind": "natural",
        "name": "周小川",
        "phone": "",
        "address": "大兴区兴丰街道黄村西里3号楼",
        "id_number": "990115197908140031",
        "representative": "",
    },
]

CASE: dict[str, Any] = {
    "number": "2026000456",
    "title": "大兴区人民法院与周小川法医临床鉴定",
    "kind_title": "法医临床鉴定",
    "source_title": "来信",
    "opened_on": "2026-03-02",
    "closed_on": "2026-04-28",
    "handler": "林远",
    "mediators": ["林远"],
    "received_on": "2026-03-02",
    "unified_number": "1101152026030200001",
    "contact": "陈法官（010-60000010）",
    "undertaker": "陈立",
    "matter": "周小川的人体损伤程度；\n周小川的后续治疗费用。",
    "purpose": "民事诉讼",
    "again": "first",
    "facts": "2026年1月12日，周小川在兴华大街被一辆小型客车撞伤右小腿，当日住院治疗，2月6日出院。",
    "materials": "住院病历复印件1份；\nX线片3张；\n道路交通事故认定书复印件1份。",
    "within_scope": True,
    "materials_sound": True,
    "lawful_purpose": True,
    "rules_met": True,
    "capable": True,
    "not_elsewhere": True,
    "review_opinion": "符合受理条件，建议受理。",
    "review_remark": "需要当事人到场检查。",
    "fee": 320000,
    "fee_mode": "由申请鉴定的一方预交，银行转账",
    "delivery": "post",
    "delivery_detail": "邮寄至大兴区人民法院民一庭",
    "material_handling": "鉴定结束后全部退还委托人",
    "time_mode": "statutory",
    "other_appraisers": "",
    "other_terms": "鉴定人出庭的费用按国家规定的标准另行收取。",
    "effective_on": "2026-03-05",
    "examined_on": "2026-03-18",
    "examined_at": "本所临床检查室",
    "standards": "《人体损伤程度鉴定标准》",
    "excerpt": "住院病历记载：右胫骨骨折，行切开复位内固定术。",
    "procedure": "一、按照《法医临床检验规范》对周小川进行体格检查。\n"
    "二、检见右小腿前侧手术瘢痕一处，长11.5厘米，右踝关节活动轻度受限。\n三、阅送检X线片3张。",
    "analysis": "根据现有材料，周小川右胫骨骨折系外力作用所致，符合交通事故致伤的特征。\n"
    "对照标准的有关条款，其损伤程度符合轻伤的规定；内固定物需要择期取出。",
    "conclusion": "周小川的损伤程度为轻伤二级。\n取出内固定物的后续治疗费用以实际发生为准。",
    "annexes": "照片4张",
    "institution_licence": "110099001",
    "appraiser_licences": "110099001001、110099001002",
    "procedure_found": "受理、鉴定材料接收、检验、记录和文书制作符合程序规定。",
    "conclusion_found": "引用标准准确，分析论证充分，同意鉴定意见。",
    "experts": "韩梅、吴敏、郑雪",
    "flaw_text": "第3页第2行“瘢痕长11.5毫米”。",
    "corrected_text": "“瘢痕长11.5厘米”。",
    "document_numbers": {"appraisal.opinion": "（安信）司鉴字〔2026〕第12号"},
    "retention": "y30",
    "statement": "本卷材料齐全，没有缺页、补订。",
    "relation": "交通事故案件的原告",
    "opinion_number": "（安信）司鉴字〔2026〕第12号",
    "knew_on": "2026-05-06",
    "requests": "请求查明鉴定人是否应当回避，并依法处理。",
    "other_way": "可以向审理案件的人民法院申请鉴定人出庭，或者申请补充鉴定、重新鉴定。",
    "found": "经查，鉴定人与案件当事人没有利害关系，不存在应当回避的情形。\n但该所没有按规定保存回避告知的书面记录。",
    "measures": ["m1", "m2", "m3"],
    "measure_text": "约谈机构负责人，责令三十日内完善回避告知的记录。",
    "problems": "没有按规定保存回避告知的书面记录；\n仪器设备使用登记不完整。",
    "rectify_items": "完善回避告知的书面记录；\n补齐仪器设备使用登记，并报送复印件。",
    "rectify_by": "2026-07-10",
    "year": 2026,
    "own_district": "大兴区",
    "review_district": "房山区",
    "joint": True,
    "self_score": 95,
    "self_text": "已对照评估标准逐项自查，内部管理制度健全，全年没有被查实的投诉。",
    "first_by": "大兴区司法局、房山区司法局",
    "first_people": "赵明、钱进、孙芳",
    "files_drawn": 30,
    "opinions_collected": 12,
    "first_score": 92,
    "first_text": "实地查看和抽查案卷，文书规范，个别档案装订顺序有误。",
    "city_score": 92,
    "city_text": "同意初评意见。",
    "recheck_text": "异议不成立，维持原等级。",
    "project_code": "2026-07",
    "project_name": "法医临床学损伤程度鉴定能力验证",
    "organiser": "司法鉴定科学研究机构",
    "report_by": "2026-07-31",
    "plan_item": "对司法鉴定机构执业活动的监督检查",
    "plan_content": "遵守程序、技术标准和技术规范情况；\n遵守职业道德和职业纪律情况；\n管理制度建立及执行情况；\n"
    "人员、场地、仪器设备情况；\n其他依法应当监督检查的事项。",
    "plan_objects": "全市司法鉴定机构",
    "plan_basis": "《北京市司法鉴定管理条例》第二十八条",
    "share": 30,
    "frequency": "每年1次",
    "finish_by": "2026-10-31",
    "drawn_on": "2026-06-01",
    "seed": "7f3c91d20ab84e55",
    "object_name": "安信司法鉴定所",
    "object_person": "方正",
    "check_on": "2026-06-08",
    "checked_on": "2026-06-08",
    "check_place": "安信司法鉴定所",
    "inspector_one": "赵明",
    "inspector_two": "钱进",
    "to_prepare": "2025年以来的鉴定档案；\n仪器设备清单和检定、校准证书；\n内部管理制度汇编。",
    "item_procedure": "good",
    "item_ethics": "good",
    "item_management": "bad",
    "item_means": "bad",
    "item_other": "good",
    "check_result": "rectify",
    "published_at": "市公共法律服务网",
}

WORDS = {
    "second_appraiser": "苏晴",
    "second_investigator": "钱进",
    "end_reason": "委托人撤销鉴定委托，或者拒绝支付鉴定费用",
    "standard_kind": "国家强制标准",
    "flaw": "文字表达有瑕疵或者错别字，但不影响司法鉴定意见",
    "refuse_ground": "对程序规则、技术标准的规定或者是否采信有异议，或者仅对司法鉴定意见有异议",
    "substantiated": "部分查实",
    "penalty": "警告，责令改正",
    "self_grade": "A 级",
    "first_grade": "A 级",
    "grade": "A 级",
    "item_class": "一般检查事项",
    "method": "现场检查、案卷评查",
    "check_result": "责令整改",
}


def _step(action: str, on: str, entered: dict[str, Any]) -> dict[str, Any]:
    return {"action": action, "title": action, "on": on, "actor": "林远", "input": entered, "answers": {}}


STEPS = [
    _step("accept", "2026-03-04", {}),
    _step(
        "extend",
        "2026-04-08",
        {
            "extra_days": 20,
            "extend_to": "2026-05-15",
            "extend_reason": "被鉴定人伤情复杂，需要等待内固定取出后再次检查。",
        },
    ),
    _step("review", "2026-04-20", {}),
    _step("terminate", "2026-04-22", {"reason": "委托人来函撤销委托，鉴定材料已全部退还。"}),
    _step("refuse", "2026-05-20", {"reason": "投诉内容是对鉴定意见本身有异议，没有反映执业活动中的违法违规行为。"}),
    _step("compile", "2026-04-27", {}),
    _step("archive", "2026-04-28", {}),
]

CATALOGUE = [
    {"seq": "1", "title": "司法鉴定委托书", "pages": "1–2", "note": "", "target": "1"},
    {"seq": "2", "title": "司法鉴定受理审查表", "pages": "3", "note": "", "target": "2"},
    {"seq": "3", "title": "鉴定材料", "pages": "4–9", "note": "复印件", "target": "3"},
    {"seq": "4", "title": "司法鉴定意见书", "pages": "10–14", "note": "", "target": "4"},
]

SNAPSHOT = Snapshot(
    tenant={"name": "北京市", "bureau": "北京市司法局", "phone": "12348"},
    unit={
        "name": "安信司法鉴定所",
        "short_name": "安信",
        "phone": "010-60000020",
        "address": "大兴区兴丰街道金星西路6号",
        "office": "大兴区司法局",
    },
    case=CASE,
    parties=PARTIES,
    steps=STEPS,
    document={"number": "（安信）司鉴示字〔2026〕第1号", "issued_on": "2026-04-22", "issued_by": "林远"},
    extra={"catalogue": CATALOGUE, "pieces": 9, "pages": 32},
    words=WORDS,
)
"""An appraisal; its values are those of every kind of matter together, so that each form finds its own."""
COMPLAINT = replace(
    SNAPSHOT,
    unit={
        "name": "大兴区司法局",
        "short_name": "大兴",
        "phone": "010-60000030",
        "address": "大兴区兴丰街道兴华大街15号",
        "office": "北京市司法局",
    },
    case=CASE
    | {
        "title": "何春明与安信司法鉴定所违反保密或者回避规定投诉",
        "kind_title": "违反保密或者回避规定投诉",
        "handler": "赵明",
        "received_on": "2026-05-12",
        "facts": "安信司法鉴定所的鉴定人与对方当事人同在一家医院工作过，应当回避而没有回避。",
    },
    parties=[
        PARTIES[1] | {"side": "applicant", "name": "何春明", "phone": "13800000021"},
        PARTIES[0] | {"side": "respondent", "name": "安信司法鉴定所"},
    ],
    document={"number": "（大兴）司鉴示字〔2026〕第2号", "issued_on": "2026-06-10", "issued_by": "赵明"},
)
"""A complaint about the institution."""
OVERSEEN = replace(
    COMPLAINT,
    case={**COMPLAINT.case, "title": "安信司法鉴定所年度诚信等级评估", "kind_title": "法医临床能力验证"},
    parties=[PARTIES[0] | {"side": "applicant", "name": "安信司法鉴定所"}],
)
"""The institution as the bureau grades, tests and inspects it."""

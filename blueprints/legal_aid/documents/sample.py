"""An invented case that shows every form filled in; no person or number in it is real."""

from typing import Any

from saas.documents.form import Snapshot

APPLICANT: dict[str, Any] = {
    "side": "applicant",
    "kind": "natural",
    "name": "李秀英",
    "gender": "女",
    "birth": "1979-05-06",
    "age": "46",
    "ethnicity": "汉族",
    "occupation": "建筑工人",
    "phone": "13800000011",
    "address": "大兴区西红门镇宏福路3号院5号楼201室",
    "id_number": "99011519790506002X",
    "representative": "",
    "agent_for": "",
}
PARTIES: list[dict[str, Any]] = [
    APPLICANT,
    APPLICANT | {"side": "respondent", "kind": "legal", "name": "宏远建筑劳务有限公司"},
    APPLICANT | {"side": "agent", "name": "张立军", "agent_for": "李秀英"},
]
FACTS = (
    "2025年3月至11月，李秀英在宏远建筑劳务有限公司承包的工地做抹灰工，约定每日工资320元。"
    "公司只付了前三个月的工资，此后一直以工程款没有到账为由拖欠，共欠46,080元。\n"
    "李秀英多次讨要没有结果，没有能力聘请律师，请求指派律师代理申请劳动仲裁。"
)
CASE: dict[str, Any] = {
    "number": "2026000311",
    "title": "李秀英与宏远建筑劳务有限公司确认劳动关系、支付劳动报酬",
    "kind": "05",
    "kind_title": "确认劳动关系、支付劳动报酬",
    "source": "application",
    "source_title": "申请",
    "opened_on": "2026-01-12",
    "closed_on": "2026-04-28",
    "handler": "周明",
    "mediators": ["周明"],
    "retention": "y10",
    "statement": "本卷材料齐全，没有缺页、补订。",
    "document_numbers": {
        "legal_aid.grant": "（大兴援）援给字〔2026〕第31号",
        "legal_aid.refusal": "（大兴援）援拒字〔2026〕第6号",
        "legal_aid.assignment": "（大兴援）援指字〔2026〕第29号",
        "legal_aid.letter": "（大兴援）援函字〔2026〕第27号",
        "legal_aid.termination": "（大兴援）援终字〔2026〕第2号",
    },
}


def step(action: str, on: str, actor: str, entered: dict[str, Any], answers: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - a step is plain values
    """A step of an invented case."""
    told = answers or {}
    return {"action": action, "title": action, "on": on, "actor": actor, "input": entered, "answers": told}


STEPS = [
    step(
        "apply",
        "2026-01-12",
        "李秀英",
        {
            "on_behalf": "agent",
            "agent_kind": "entrusted",
            "agent_name": "张立军",
            "agent_id_number": "990115197702110035",
            "employer": "宏远建筑劳务有限公司",
            "education": "初中",
            "health": "良好",
            "categories": ["woman", "migrant", "farmer"],
            "household_address": "示范省某某县石桥乡大河村4组",
            "postcode": "102600",
            "matter_class": "civil",
            "aid_form": "labour",
            "stage": "none",
            "legal_position": "仲裁申请人",
            "organ_name": "大兴区劳动人事争议仲裁委员会",
            "organ_number": "",
            "facts": FACTS,
            "claim_amount": 4608000,
            "means_ground": "exempt",
            "exempt_kind": "migrant",
            "household_size": 4,
            "household_members": "李秀英、本人、1979-05-06、99011519790506002X、建筑工人、某建筑工地、4,000元、无、无\n"
            "张立军、配偶、1977-02-11、990115197702110035、务农、大河村、无、1,200元、无\n"
            "张小雨、女儿、2008-09-01、990115200809010022、学生、某某县第二中学、无、无、无\n"
            "张德福、公公、1950-12-20、990115195012200038、无、无、无、无、230元",
            "income_wage": 400000,
            "income_business": 120000,
            "income_other": 23000,
            "housing": "农村自建住房1处，98平方米",
            "vehicles": "无",
            "savings": 850000,
            "major_expense": "公公长期住院治疗，2025年自付医药费31,600元",
            "debts": "向亲戚借款20,000元",
        },
        {"matter_class": "民事", "stage": "未进入程序", "household_size": "4 人"},
    ),
    step(
        "answer_now",
        "2026-01-09",
        "王芳",
        {
            "channel": "visit",
            "question": "在工地干活没有签合同，公司拖欠六个月工资，能不能要回来？没有钱请律师怎么办？",
            "answer": "没有书面合同，可以用考勤、转账记录、工友证言证明劳动关系，先申请劳动仲裁。\n"
            "进城务工人员申请支付劳动报酬，可以申请法律援助，免予核查经济困难状况。",
            "told_of_aid": True,
            "consult_result": "aid",
        },
    ),
    step(
        "receive",
        "2026-01-12",
        "王芳",
        {
            "received_at": "2026-01-12T09:40:00+08:00",
            "materials": "法律援助申请表、1份、原件\n身份证、2份、复印件\n授权委托书、1份、原件\n"
            "考勤记录、6页、复印件\n银行转账记录、3页、复印件、由申请人自行打印\n工友证言、2份、原件",
        },
    ),
    step(
        "authorise",
        "2026-01-12",
        "王芳",
        {
            "agent_relation": "配偶",
            "agent_power": "代为申请法律援助，提交、补充材料，作出说明，签收法律援助机构的文书。",
            "authorised_on": "2026-01-11",
        },
    ),
    step(
        "supplement",
        "2026-01-12",
        "王芳",
        {
            "gaps": "务工证明、工资欠条或者其他能够证明进城务工的材料\n"
            "说明2025年6月至11月每月的出勤天数和欠付的工资数额",
            "supplement_by": "2026-01-19",
        },
    ),
    step(
        "cooperate",
        "2026-01-13",
        "孙立",
        {
            "cooperating_agency": "某某县法律援助中心",
            "cooperation_items": "核查申请人家庭的人口和成年成员的就业、收入情况\n"
            "核查申请人家庭在户籍地的房产和承包土地情况",
            "reply_by": "2026-01-23",
        },
    ),
    step(
        "exempt",
        "2026-01-14",
        "孙立",
        {"means_ground": "exempt", "exempt_kind": "migrant", "exempt_proof": "务工证明、工资欠条"},
    ),
    step(
        "verify",
        "2026-01-14",
        "孙立",
        {
            "means_method": "query",
            "query_source": "民政、社保信息共享查询：家庭成员没有养老保险待遇以外的固定收入。",
            "checked_size": 4,
            "checked_income": 543000,
            "means_result": "poor",
            "means_opinion": "家庭人均月收入低于本市经济困难标准。",
        },
        {"checked_size": "4 人"},
    ),
    step(
        "review",
        "2026-01-15",
        "孙立",
        {
            "jurisdiction": "dispute",
            "in_scope": "yes",
            "summary": "被拖欠工资46,080元，请求指派律师代理申请劳动仲裁。",
            "proposal": "grant",
            "review_opinion": "申请事项属于支付劳动报酬；申请人是进城务工人员，免予核查经济困难状况。",
        },
    ),
    step(
        "refuse",
        "2026-01-15",
        "陈静",
        {
            "refuse_reason": "unclear_party",
            "refuse_detail": "申请人要求支付工资的对方是“老刘的工程队”，"
            "没有名称、住所，经一次性告知并补充说明，仍然不能确定对方当事人。",
            "decision_basis": "《中华人民共和国法律援助法》第四十三条",
            "approve_opinion": "不予法律援助。",
        },
        {"refuse_reason": "申请事项的相对人不明确"},
    ),
    step(
        "object_refusal", "2026-01-20", "李秀英", {"objection_reason": "已经查到对方的企业名称和地址，相对人是明确的。"}
    ),
    step(
        "correct_refusal",
        "2026-01-22",
        "吴强",
        {
            "objection_findings": "申请人在申请时提交的转账记录载明付款人为宏远建筑劳务有限公司，登记住所在大兴区。",
            "objection_grounds": "转账记录足以确定用人单位，申请事项的相对人明确，属于法律援助法第三十一条规定的事项。",
        },
    ),
    step(
        "grant",
        "2026-01-23",
        "陈静",
        {
            "aid_form": "labour",
            "decision_basis": "《中华人民共和国法律援助法》第三十一条第四项、第四十三条",
            "approve_opinion": "同意给予法律援助。",
        },
    ),
    step(
        "assign",
        "2026-01-23",
        "陈静",
        {
            "provider_kind": "firm",
            "provider_name": "北京某某律师事务所",
            "handler": "周明",
            "handler_phone": "13800000022",
            "practice_years": 6,
            "assign_note": "本案有六名工友情况相同，请注意是否合并申请仲裁。",
        },
        {"handler": "周明", "provider_name": "北京某某律师事务所"},
    ),
    step(
        "agree",
        "2026-01-27",
        "周明",
        {
            "agreement_form": "written",
            "agreed_on": "2026-01-27",
            "authority": "special",
            "authority_detail": "代为承认、放弃、变更仲裁请求，进行和解，代领法律文书",
            "procedure_stage": "arbitration",
            "letter_to": "大兴区劳动人事争议仲裁委员会",
        },
        {"procedure_stage": "仲裁"},
    ),
    step(
        "introduce",
        "2026-02-02",
        "王芳",
        {
            "introduce_to": "大兴区市场监督管理局",
            "introduce_purpose": "查阅宏远建筑劳务有限公司的企业登记档案",
            "introduce_until": "2026-02-12",
        },
    ),
    step(
        "report",
        "2026-03-03",
        "周明",
        {
            "report_kind": "progress",
            "reported_on": "2026-03-03",
            "report_mode": "meeting",
            "work_done": ["meet", "read", "inquire"],
            "report_content": "仲裁委员会已于2月6日受理，3月18日开庭。已调取企业登记档案和工地考勤记录，"
            "补充了两名工友的证言。\n对方答复愿意分期支付，受援人要求一次付清。",
            "report_answer": "同意律师的意见，可以接受在开庭前一次付清的调解。",
        },
        {"report_mode": "当面"},
    ),
    step(
        "apply_change",
        "2026-03-05",
        "李秀英",
        {
            "change_reason": "承办律师近期长期在外地办案，两次约见都没有见到，担心影响开庭，申请更换。",
            "change_asked_on": "2026-03-05",
        },
    ),
    step(
        "change",
        "2026-03-09",
        "陈静",
        {
            "change_check": "经核实，承办律师2月20日至3月4日确在外地，没有及时答复受援人，申请理由成立。",
            "change_mode": "within",
            "change_days": 3,
            "provider_name": "北京某某律师事务所",
            "handler": "何静",
            "handler_phone": "13800000033",
        },
        {"handler": "何静", "provider_name": "北京某某律师事务所", "change_days": "3 日"},
    ),
    step(
        "terminate",
        "2026-03-12",
        "陈静",
        {
            "termination_ground": "own_lawyer",
            "termination_detail": "受援人于2026年3月11日自行委托其他律师代理本案，并书面告知本机构。",
            "termination_proof": "受援人提交的委托代理合同",
            "letter_to": "大兴区劳动人事争议仲裁委员会",
        },
    ),
    step(
        "serve",
        "2026-03-12",
        "王芳",
        {
            "served_items": "给予法律援助决定书、（大兴援）援给字〔2026〕第31号、1份\n"
            "终止法律援助决定书、（大兴援）援终字〔2026〕第2号、1份",
            "served_to": "李秀英",
            "served_place": "大兴区法律援助中心",
            "served_at": "2026-03-12T15:30:00+08:00",
            "serve_mode": "direct",
            "received_by": "李秀英",
            "serve_note": "",
        },
    ),
    step(
        "finish",
        "2026-04-20",
        "周明",
        {
            "finished_on": "2026-04-17",
            "outcome_kind": "mediation",
            "outcome_detail": "经仲裁庭主持调解，双方达成协议：公司于2026年4月30日前一次付清工资46,080元。"
            "仲裁委员会已制作调解书。",
            "adopted": "full",
            "recovered_amount": 4608000,
            "meetings": 3,
            "readings": 1,
            "inquiries": 2,
            "hearings": 1,
            "process_detail": "1月27日签订协议；2月4日申请仲裁；2月9日调取企业登记档案；"
            "3月2日会见受援人并向两名工友取证；4月17日开庭并调解。",
        },
        {"meetings": "3 次", "readings": "1 次", "inquiries": "2 次", "hearings": "1 次"},
    ),
    step(
        "submit_file",
        "2026-04-22",
        "周明",
        {
            "submitted_on": "2026-04-22",
            "file_pages": 86,
            "closing_report": "本案的关键是没有书面劳动合同。"
            "通过转账记录、考勤记录和证言证明了劳动关系，促成一次付清。",
        },
        {"file_pages": "86 页"},
    ),
    step(
        "check_file",
        "2026-04-24",
        "孙立",
        {"file_opinion": "案卷材料齐全，承办人依法履行了职责，同意结案。"},
    ),
    step(
        "hearing_visit",
        "2026-04-17",
        "孙立",
        {
            "heard_at": "2026-04-17T09:30:00+08:00",
            "court_room": "第二仲裁庭",
            "judge": "仲裁员赵海",
            "prepared": "good",
            "evidence_work": "good",
            "argument": "fair",
            "manners": "good",
            "hearing_opinion": "准备充分，举证有条理，调解时注意听取受援人的意见。发表意见可以再简练一些。",
            "visitors": "孙立、王芳",
        },
    ),
    step(
        "ask_opinion",
        "2026-04-27",
        "孙立",
        {
            "asked_organ": "大兴区劳动人事争议仲裁委员会",
            "asked_person": "赵海",
            "asked_items": "承办人履行职责、执业水平、遵守职业道德和执业纪律的情况。",
            "opinion_by": "2026-05-11",
        },
    ),
    step(
        "revisit",
        "2026-05-06",
        "孙立",
        {
            "revisited_on": "2026-05-06",
            "revisit_mode": "phone",
            "satisfaction": "satisfied",
            "took_fees": "no",
            "service_comment": "工资已经全部拿到，律师每次开庭前都打电话说明情况。",
            "suggestion": "希望在工地也能办理申请。",
            "visitor": "孙立",
        },
    ),
    step(
        "subsidise",
        "2026-04-28",
        "陈静",
        {
            "subsidy_kind": "arbitration",
            "subsidy_count": 1,
            "subsidy_amount": 180000,
            "subsidy_adjusted": True,
            "subsidy_reason": "外出调查取证一次，按规定增加200元。",
        },
        {"subsidy_kind": "劳动争议仲裁"},
    ),
    step("archive", "2026-05-08", "王芳", {"retention": "y10", "statement": CASE["statement"], "checked": True}),
]

CATALOGUE = [
    {"seq": str(place), "title": title, "pages": pages, "note": note, "target": str(place)}
    for place, (title, pages, note) in enumerate(
        (
            ("法律援助申请表", "1–2", ""),
            ("申请人身份证明", "3", "复印件"),
            ("授权委托书", "4", ""),
            ("法律援助审查表", "5–6", ""),
            ("给予法律援助决定书", "7", ""),
            ("指派通知书", "8", ""),
            ("委托代理/辩护协议", "9–10", ""),
            ("仲裁调解书", "11–12", "复印件"),
            ("结案报告表", "13–14", ""),
        ),
        1,
    )
]

SNAPSHOT = Snapshot(
    tenant={"name": "北京市", "bureau": "北京市司法局", "phone": "12348"},
    unit={
        "name": "大兴区法律援助中心",
        "short_name": "大兴援",
        "phone": "010-60000011",
        "address": "大兴区兴丰大街三段138号",
        "office": "大兴区司法局",
        "bureau": "大兴区司法局",
    },
    case=CASE,
    parties=PARTIES,
    steps=STEPS,
    clocks=[
        {"code": "objection_right", "title": "提出异议", "started_on": "2026-01-15", "due_on": "2026-01-30"},
    ],
    document={"number": "（大兴援）援示字〔2026〕第1号", "issued_on": "2026-04-24", "issued_by": "陈静"},
    extra={"catalogue": CATALOGUE, "pieces": 9, "pages": 14},
)
"""The case; its steps are those of every course a case may take, so that each form finds its own."""

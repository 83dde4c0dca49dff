"""An invented matter that shows every form filled in; no person or number in it is real."""

from typing import Any

from saas.documents.form import Snapshot

PARTIES: list[dict[str, Any]] = [
    {
        "side": "applicant",
        "kind": "natural",
        "name": "张春兰",
        "gender": "女",
        "birth": "1948-03-12",
        "phone": "13800000001",
        "address": "北京市大兴区兴丰街道黄村西里12号楼3单元602室",
        "id_number": "990115194803120029",
        "representative": "",
        "agent_for": "",
    },
    {
        "side": "agent",
        "kind": "natural",
        "name": "李明",
        "gender": "",
        "birth": "",
        "phone": "",
        "address": "",
        "id_number": "",
        "representative": "",
        "agent_for": "张春兰",
    },
]
WORDING = (
    "兹证明委托人张春兰于二〇二六年九月十日在北京市大兴区兴丰街道黄村西里12号楼3单元602室，在本公证员的面前，"
    "在前面的《委托书》上签名、捺指印，并表示知悉委托的法律意义和法律后果。\n"
    "委托人张春兰的委托行为符合《中华人民共和国民法典》第一百四十三条的规定。"
)
CASE: dict[str, Any] = {
    "number": "2026000123",
    "title": "张春兰委托",
    "kind": "03",
    "kind_title": "委托",
    "matter": "委托女儿出售房屋",
    "source": "home",
    "source_title": "上门申请",
    "jurisdiction": "residence",
    "real_estate": True,
    "purpose": "办理房屋出售和过户登记",
    "use_place": "domestic",
    "copies": 3,
    "pickup": "visit",
    "paper_name": "委托书",
    "materials": "居民身份证原件、复印件各1份\n不动产权证书原件、复印件各1份\n户口簿复印件1份",
    "witness": "",
    "opened_on": "2026-09-08",
    "closed_on": "2026-09-29",
    "handler": "王芳",
    "mediators": ["王芳"],
    "category": "domestic_civil",
    "term": "five",
    "originals": "居民身份证原件1份\n不动产权证书原件1份",
    "green": "aged",
    "green_basis": "年满七十八周岁，行动不便",
    "green_clerk": "周敏",
    "fee_due": 40000,
    "fee_paid": 20000,
    "reduced_amount": 20000,
    "visit_ground": "disabled",
    "visit_address": "北京市大兴区兴丰街道黄村西里12号楼3单元602室",
    "visit_at": "2026-09-10T09:30:00+08:00",
    "visit_staff": "王芳、李军",
    "visit_matter": "核验身份、告知、询问、在委托书上签名",
    "basis": "申请人具有完全民事行为能力，是房屋的所有权人，委托的意思表示真实，内容不违反法律、行政法规的强制性规定。",
    "major": False,
    "wording": WORDING,
    "refusal_ground": "06",
    "refusal_text": "申请人提供的不动产权证书与登记簿的记载不一致，经通知没有补充其他材料。",
    "end_reason": "withdrawn",
    "end_text": "申请人于二〇二六年九月十四日书面撤回公证申请。",
    "served_on": "2026-09-17",
    "reviewer_kind": "other",
    "reviewer_name": "李强",
    "known_on": "2026-10-09",
    "review_received_on": "2026-10-12",
    "review_ground": "委托书所列房屋的门牌号与不动产权证书的记载不一致，应当为602室，写成了603室。",
    "review_wish": "correct",
    "found_text": "经核对不动产权证书和登记簿，房屋坐落的门牌号应当为602室，公证书所附委托书的门牌号有笔误。",
    "correction_kind": "correct",
    "correction_text": "房屋坐落的门牌号更正为602室。",
    "revoke_ground": "untrue",
    "recalled": "三份公证书均已收回。",
    "announced_on": "2026-10-30",
    "announced_at": "本公证处公告栏和官方网站",
    "volume_kind": "ordinary",
    "retention": "y30",
    "statement": "本卷材料齐全，没有缺页、补订。",
    "document_numbers": {"notary.certificate": "（2026）京方圆内民证字第123号"},
}
TALK = (
    "问：请出示您的身份证，您今天申请办理什么公证？\n答：我叫张春兰，我申请办理委托公证，委托我女儿李明卖房。\n"
    "问：房屋是您个人所有吗，有没有共有人？\n答：是我一个人的，登记在我名下。\n"
    "问：委托书的内容您看过吗，是您真实的意思吗？\n答：看过，是我自己的意思，没有人强迫我。"
)


def _step(action: str, on: str, entered: dict[str, Any], answers: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "action": action,
        "title": action,
        "on": on,
        "actor": {"approve": "赵立", "grant_reduction": "孙强", "grant_visit": "孙强", "archive": "周敏"}.get(
            action, "王芳"
        ),
        "input": entered,
        "answers": answers or {},
    }


STEPS = [
    _step("apply", "2026-09-08", {}),
    _step(
        "decline",
        "2026-09-08",
        {"decline_reason": "area", "decline_text": "房屋在外省，请向房屋所在地的公证处提出。"},
        {"decline_reason": "不属于本公证机构的执业区域"},
    ),
    _step("accept_green", "2026-09-08", {"originals": CASE["originals"], "remark": ""}),
    _step(
        "ask_reduction",
        "2026-09-08",
        {"reduction_text": "申请人年满七十八周岁，独居，靠退休金生活。"},
        {"reduction_ground": "老年人"},
    ),
    _step("grant_reduction", "2026-09-08", {"opinion": "同意减收二百元。"}),
    _step(
        "inform",
        "2026-09-08",
        {
            "informed": True,
            "notice_text": "委托是委托人和受托人约定由受托人处理委托人事务的行为，其后果由委托人承担。\n"
            "委托人可以随时解除委托。\n当事人应当如实陈述，提供真实、合法、充分的材料；虚假陈述的，承担相应的法律责任。",
            "held_at": "2026-09-08T10:00:00+08:00",
            "place": "北京市方圆公证处接待室",
            "recorder": "周敏",
            "content": TALK,
            "fee_receipt": "京票 00012345",
        },
    ),
    _step(
        "ask_more",
        "2026-09-09",
        {"wanted": "不动产登记簿查询结果\n婚姻状况证明", "supply_by": "2026-09-16", "again_reason": ""},
    ),
    _step("complete", "2026-09-10", {"received": "不动产登记簿查询结果原件1份"}),
    _step(
        "entrust",
        "2026-09-10",
        {
            "entrusted_to": "保定市公证处",
            "verify_subject": "申请人张春兰一九七〇年在保定市登记结婚的情况。",
            "entrust_files": "结婚证复印件1份",
        },
    ),
    _step(
        "verified",
        "2026-09-11",
        {
            "verified_at": "2026-09-11T14:30:00+08:00",
            "verified_place": "大兴区不动产登记中心",
            "verified_from": "大兴区不动产登记中心查询窗口",
            "verified_by": "王芳、李军",
            "verified_text": "经查询不动产登记簿，房屋登记在张春兰一人名下，没有抵押、查封。",
        },
        {"verified_way": "实地核实"},
    ),
    _step("ask_visit", "2026-09-08", {}, {"visit_ground": "行动不便"}),
    _step("grant_visit", "2026-09-08", {"opinion": "同意上门办证。"}),
    _step(
        "visit",
        "2026-09-10",
        {
            "left_at": "2026-09-10T09:00:00+08:00",
            "arrived_at": "2026-09-10T09:30:00+08:00",
            "visited_by": "王芳、李军",
            "visit_identity": True,
            "visit_recorded": True,
            "visit_materials": "委托书3份",
            "visit_result": "申请人在委托书上签名、捺指印。",
            "satisfaction": "satisfied",
        },
    ),
    _step("propose_refusal", "2026-09-14", {}),
    _step("refuse", "2026-09-15", {"opinion": "同意不予办理。"}),
    _step("terminate", "2026-09-15", {}),
    _step("draft", "2026-09-14", {}),
    _step(
        "approve",
        "2026-09-15",
        {
            **dict.fromkeys(("true_lawful", "proven", "procedure", "format_right", "fee_right", "discussed"), True),
            "opinion": "符合出具公证书的条件，同意出证。",
        },
    ),
    _step("issue", "2026-09-16", {"proofread": True}),
    _step(
        "serve",
        "2026-09-17",
        {
            "served_way": "visit",
            "served_to": "张春兰",
            "served_relation": "",
            "served_copies": 3,
            "returned": "居民身份证、不动产权证书原件各1份",
        },
        {"served_way": "送达"},
    ),
    _step("apply_review", "2026-10-12", {}),
    _step("decide_correct", "2026-10-26", {"reviewed_by": "孙强、赵立"}),
    _step("revoke", "2026-10-30", {}),
    _step("compile", "2026-11-05", {}),
    _step("archive", "2026-11-06", {"checked": True}),
]
CATALOGUE = [
    {"seq": "1", "title": "公证书", "pages": "1–2", "note": "", "target": "1"},
    {"seq": "2", "title": "公证申请表", "pages": "3–4", "note": "", "target": "2"},
    {"seq": "3", "title": "受理通知单", "pages": "5", "note": "", "target": "3"},
    {"seq": "4", "title": "申请人身份证明", "pages": "6–7", "note": "复印件", "target": "4"},
    {"seq": "5", "title": "公证告知书", "pages": "8", "note": "", "target": "5"},
    {"seq": "6", "title": "询问笔录", "pages": "9–10", "note": "", "target": "6"},
]
SNAPSHOT = Snapshot(
    tenant={"name": "北京市", "bureau": "北京市司法局", "phone": "12348"},
    unit={
        "name": "北京市方圆公证处",
        "short_name": "京方圆",
        "phone": "010-60000000",
        "address": "北京市大兴区兴丰街道兴华大街8号",
        "office": "北京市司法局",
    },
    case=CASE,
    parties=PARTIES,
    steps=STEPS,
    clocks=[
        {"code": "certificate", "title": "出证期限", "started_on": "2026-09-08", "due_on": "2026-09-29"},
        {"code": "five", "title": "提速清单期限", "started_on": "2026-09-08", "due_on": "2026-09-15"},
    ],
    document={"number": "（京方圆）公示字〔2026〕第1号", "issued_on": "2026-09-16", "issued_by": "王芳"},
    extra={"catalogue": CATALOGUE, "pieces": 6, "pages": 10},
)
"""The matter; its steps are those of every course a matter may take, so that each form finds its own."""

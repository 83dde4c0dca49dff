"""Forms made while a matter is examined: what was told, asked, still wanted and verified."""

from blueprints.notary.documents.parts import LAW, MatterSchema, about, declare
from saas.documents.form import Snapshot, Values, code, text, texts
from saas.documents.wording import day, lines, moment, yuan

DUTIES = (
    "当事人应当向公证机构如实说明申请公证的事项的有关情况，提供真实、合法、充分的证明材料。\n"
    "提供虚假证明材料，骗取公证书的，依法承担相应的法律责任。\n"
    "认为公证书有错误的，可以向出具该公证书的公证机构提出复查。"
)


class NoticeSchema(MatterSchema):
    """公证告知书."""

    notice_text = texts("告知的内容", needed=True, empty=8)
    fee_due = text("应收公证费", most=80)
    reduced = text("减免金额", most=80)
    handler = text("承办公证员", most=60)


class InterviewSchema(MatterSchema):
    """询问笔录."""

    held_at = text("时间", most=40)
    place_name = text("地点", most=100)
    handler = text("询问人", most=60)
    recorder = text("记录人", most=50)
    content = texts("询问内容", most=8000, needed=True, empty=10)


class SupplementSchema(MatterSchema):
    """补充材料通知."""

    wanted = texts("需要补充的材料", needed=True, empty=4)
    supply_by = text("提交期限", most=20)
    again_reason = text("再次通知的理由", most=500)
    handler = text("承办公证员", most=60)
    phone = text("联系电话", most=40)
    address = text("地址")


class VerificationSchema(MatterSchema):
    """核实记录."""

    verified_at = text("核实时间", most=40)
    way = text("核实方式", most=40)
    place_name = text("地点或者查询途径", most=150)
    source_name = text("被核实的单位或者人员", most=150)
    verified_by = text("核实人", most=60)
    verified_text = texts("核实的情况", most=5000, needed=True, empty=8)


class EntrustSchema(MatterSchema):
    """委托核实函."""

    entrusted_to = text("受委托的公证机构", most=60, needed=True)
    verify_subject = texts("需要核实的事项", needed=True, empty=4)
    enclosed = texts("随函附送的材料", empty=1)
    handler = text("承办公证员", most=60)
    phone = text("联系电话", most=40)
    address = text("地址")
    has_annex = code("有没有附件", "yes", "no")


def notice(snapshot: Snapshot) -> Values:
    """What the applicant was told of the meaning and the consequences of the matter."""
    reduced = snapshot.case.get("reduced_amount") if snapshot.taken("grant_reduction") else None
    return about(snapshot) | {
        "notice_text": lines(snapshot.entered("inform").get("notice_text")),
        "fee_due": yuan(snapshot.case.get("fee_due")),
        "reduced": yuan(reduced),
        "handler": snapshot.stored("handler"),
    }


def interview(snapshot: Snapshot) -> Values:
    """What was asked and answered."""
    entered = snapshot.entered("inform", "interview")
    return about(snapshot) | {
        "held_at": moment(entered.get("held_at")),
        "place_name": entered.get("place") or "",
        "handler": snapshot.stored("handler"),
        "recorder": entered.get("recorder") or "",
        "content": lines(entered.get("content")),
    }


def supplement(snapshot: Snapshot) -> Values:
    """What is still wanted, told at one time."""
    entered = snapshot.entered("ask_more")
    return about(snapshot) | {
        "wanted": lines(entered.get("wanted")),
        "supply_by": day(entered.get("supply_by")),
        "again_reason": entered.get("again_reason") or "",
        "handler": snapshot.stored("handler"),
        "phone": snapshot.unit.get("phone") or "",
        "address": snapshot.unit.get("address") or "",
    }


def verification(snapshot: Snapshot) -> Values:
    """What came out when facts were looked into."""
    entered = snapshot.entered("verified")
    return about(snapshot) | {
        "verified_at": moment(entered.get("verified_at")),
        "way": snapshot.answers("verified").get("verified_way", ""),
        "place_name": entered.get("verified_place") or "",
        "source_name": entered.get("verified_from") or "",
        "verified_by": entered.get("verified_by") or "",
        "verified_text": lines(entered.get("verified_text")),
    }


def entrust(snapshot: Snapshot) -> Values:
    """A letter that asks the office of another place to look into facts."""
    entered = snapshot.entered("entrust")
    enclosed = lines(entered.get("entrust_files"))
    return about(snapshot) | {
        "entrusted_to": entered.get("entrusted_to") or "",
        "verify_subject": lines(entered.get("verify_subject")),
        "enclosed": enclosed,
        "handler": snapshot.stored("handler"),
        "phone": snapshot.unit.get("phone") or "",
        "address": snapshot.unit.get("address") or "",
        "has_annex": "yes" if enclosed else "no",
    }


FORMS = (
    declare(
        "notice",
        "公证告知书",
        NoticeSchema,
        notice,
        word="公告字",
        source=f"{LAW}第二十七条，版式为通行做法",
        pages=(1, 2),
        words={
            "duties": ("共同告知的事项", DUTIES),
            "closing": ("签名之前的话", "以上内容公证员已经告知，本人已经知悉并理解。"),
        },
    ),
    declare("interview", "询问笔录", InterviewSchema, interview, word="公询字", layout="record", pages=(1, 2)),
    declare(
        "supplement",
        "补充材料通知",
        SupplementSchema,
        supplement,
        word="公补字",
        source=f"{LAW}第二十八条，版式为通行做法",
    ),
    declare(
        "verification",
        "核实记录",
        VerificationSchema,
        verification,
        word="公核字",
        layout="record",
        source=f"{LAW}第二十九条，版式为通行做法",
    ),
    declare("entrust", "委托核实函", EntrustSchema, entrust, word="公函字", source=f"{LAW}第二十九条，版式为通行做法"),
)

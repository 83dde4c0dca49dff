"""送达回证: that a paper reached whom it is for; the same whatever line of work it is of."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from saas.documents.form import NOTHING, Form, Snapshot, Values, code, rows, text, texts
from saas.documents.ways import WAYS
from saas.documents.wording import day, lines, listed

CODE = "platform.receipt"
NOTES = (
    "一、送达的文书由受送达人本人签收；本人不在的，由与其同住的成年家属代收，并写明与受送达人的关系。\n"
    "二、受送达人是单位的，由其法定代表人、主要负责人或者负责收件的人签收。\n"
    "三、受送达人拒绝签收的，送达人在备注中写明情况和日期，由见证人签名。"
)


class PaperSchema(Schema):
    """A paper that is served."""

    title = text("文书名称", most=100)
    number = text("文号", most=80)


class ReceiptSchema(Schema):
    """送达回证."""

    number = text("文书编号", most=80)
    unit = text("送达机关", most=100)
    matter = text("案由", needed=True)
    case_number = text("案件编号", most=60)
    recipient = text("受送达人", most=1000, needed=True)
    papers = rows(PaperSchema, "送达文书名称和文号", empty=3)
    place = text("送达地点")
    way = code("送达方式", *WAYS)
    received_by = text("收件人", most=100)
    received_on = text("收件日期", most=20)
    taken_by = text("代收人", most=100)
    relation = text("与受送达人的关系", most=40)
    served_by = text("送达人", most=100)
    witness = text("见证人", most=100)
    remark = texts("备注", empty=0)


def receipt(snapshot: Snapshot) -> Values:
    """How papers were served.

    Whoever serves them says so in ``snapshot.extra["service"]``: ``papers`` (``title``, ``number``), ``recipient``,
    ``way``, ``place``, ``received_by``, ``relation`` (of who took it for the recipient), ``served_on`` (a day),
    ``served_by``, ``witness``, ``postal_number``, ``remark``; what is not known is left for the hand.
    """
    service: Mapping[str, Any] = snapshot.extra.get("service") or NOTHING
    known = {name: str(service.get(name) or "") for name in _PLAIN}
    receiver = "taken_by" if known["relation"] else "received_by"
    return {
        "number": snapshot.document.get("number", ""),
        "unit": snapshot.unit["name"],
        "matter": snapshot.stored("kind_title") or snapshot.stored("title"),
        "case_number": snapshot.stored("number"),
        "recipient": str(service.get("recipient") or "") or listed(party["name"] for party in snapshot.parties),
        "papers": [_paper(paper) for paper in service.get("papers") or ()],
        "received_by": "",
        "taken_by": "",
        "received_on": day(service.get("served_on")),
        "remark": [*_postal(service.get("postal_number")), *lines(service.get("remark"))],
    } | (known | {receiver: str(service.get("received_by") or "")})


def _postal(number: str | None) -> list[str]:
    return [f"邮件号码：{number}"] if number else []


def _paper(paper: Mapping[str, Any]) -> Values:
    return {name: str(paper.get(name) or "") for name in ("title", "number")}


_PLAIN = ("place", "way", "relation", "served_by", "witness")
_SAMPLE = Snapshot(
    tenant={},
    unit={"name": "兴丰司法所"},
    case={"number": "2026000123", "kind_title": "物业纠纷"},
    document={"number": "（兴丰）送达字〔2026〕第3号", "issued_on": "2026-10-20", "issued_by": "赵敏"},
    extra={
        "service": {
            "recipient": "安和物业服务有限公司",
            "papers": [
                {"title": "终止调解通知书", "number": "（兴和）人调终字〔2026〕第4号"},
                {"title": "告知引导书", "number": "（兴和）人调引字〔2026〕第2号"},
            ],
            "place": "大兴区兴丰街道兴华大街8号",
            "way": "direct",
            "received_by": "王明",
            "relation": "项目经理",
            "served_on": "2026-10-20",
            "served_by": "赵敏",
            "remark": "法定代表人李建国外出，由项目经理王明代收。",
        }
    },
)
FORM = Form(
    code=CODE,
    title="送达回证",
    domain="platform",
    template="documents/receipt.html",
    schema=ReceiptSchema,
    build=receipt,
    sample=receipt(_SAMPLE),
    source="各机关通行的送达回证格式，没有统一的规定",
    verified=False,
    level="house",
    number_kind="送达字",
    layout="receipt",
    words={"notes": ("送达回证下方的说明", NOTES)},
)

"""Forms with which a matter is brought, taken up or turned away."""

from blueprints.notary import lists
from blueprints.notary.documents.parts import (
    HOUSE,
    LAW,
    FormSchema,
    MatterSchema,
    PersonSchema,
    about,
    agents,
    base,
    category,
    declare,
    matter,
    person,
    titled,
)
from saas.documents.form import Snapshot, Values, code, rows, text, texts
from saas.documents.wording import day, lines, yuan

PLACES = ("domestic", "foreign", "region")
PICKUPS = ("counter", "post", "visit", "electronic")
CLOCKS = ("same_day", "urgent", "three", "green", "five", "ten", "certificate")
"""The limits of a certificate, the shortest first."""


class ApplicationSchema(FormSchema):
    """公证申请表."""

    issued_on = text("制作日期", most=20, printed=False)
    applicants = rows(PersonSchema, "申请人")
    co_applicants = texts("其他申请人", empty=0)
    agents = text("代理人", most=200)
    matter = text("申请公证的事项", most=200, needed=True)
    purpose = text("公证书用途", most=100)
    use_place = code("使用地", *PLACES)
    use_country = text("国家或者地区", most=50)
    translation = text("译文文种", most=30)
    authentication = code("是否需要认证", "yes", "no")
    copies = text("份数", most=8)
    paper_name = text("申请公证的文书名称", most=100)
    materials = texts("提交的证明材料", needed=True, empty=4)
    witness = text("证人姓名、住址、联系方式")
    pickup = code("领取方式", *PICKUPS)
    applied_on = text("申请日期", most=20)


class AcceptanceSchema(MatterSchema):
    """受理通知单."""

    handler = text("承办公证员", most=60)
    category = text("公证书类别", most=20)
    accepted_on = text("受理日期", most=20)
    due_on = text("办理期限", most=20)
    green = text("绿色通道", most=40)
    green_clerk = text("专人", most=50)
    phone = text("联系电话", most=40)


class DeclineSchema(MatterSchema):
    """不予受理通知."""

    decline_reason = text("不予受理的原因", needed=True)
    decline_text = texts("说明和其他途径", needed=True, empty=3)
    phone = text("联系电话", most=40)


class ReceiptSchema(MatterSchema):
    """材料收据."""

    materials = texts("收到的材料", empty=8)
    originals = texts("其中收取的原件", empty=2)
    received_by = text("收件人", most=60)
    received_on = text("收件日期", most=20)


class ReductionSchema(MatterSchema):
    """公证费减免审批表."""

    fee_due = text("应收公证费", most=80)
    reduced = text("减免金额", most=80)
    ground = text("减免理由", most=40)
    reduction_text = texts("情况说明", empty=3)
    handler = text("承办公证员", most=60)
    opinion = texts("审批意见", empty=2)
    approver = text("审批人", most=60)
    approved_on = text("审批日期", most=20)


def application(snapshot: Snapshot) -> Values:
    """The application with what the Rules want of it."""
    stored = snapshot.stored
    needs = snapshot.case.get("authentication")
    return base(snapshot) | {
        "applicants": [person(party) for party in snapshot.side("applicant")],
        "co_applicants": lines(stored("co_applicants")),
        "agents": agents(snapshot),
        "matter": matter(snapshot),
        "purpose": stored("purpose"),
        "use_place": stored("use_place"),
        "use_country": stored("use_country"),
        "translation": stored("translation"),
        "authentication": "" if needs is None else "yes" if needs else "no",
        "copies": stored("copies"),
        "paper_name": stored("paper_name"),
        "materials": lines(stored("materials")),
        "witness": stored("witness"),
        "pickup": stored("pickup"),
        "applied_on": day(snapshot.taken("register", "apply").get("on")),
    }


def acceptance(snapshot: Snapshot) -> Values:
    """That the matter was accepted, who handles it, and until when."""
    due = {row["code"]: row["due_on"] for row in snapshot.clocks}
    return about(snapshot) | {
        "handler": snapshot.stored("handler"),
        "category": category(snapshot),
        "accepted_on": day(snapshot.taken("accept", "accept_green").get("on")),
        "due_on": day(min((due[name] for name in CLOCKS if name in due), default="")),
        "green": titled(lists.GREEN, snapshot.stored("green")),
        "green_clerk": snapshot.stored("green_clerk"),
        "phone": snapshot.unit.get("phone") or "",
    }


def decline(snapshot: Snapshot) -> Values:
    """Why the matter is not accepted, and what else can be done."""
    return about(snapshot) | {
        "decline_reason": snapshot.answers("decline").get("decline_reason", ""),
        "decline_text": lines(snapshot.entered("decline").get("decline_text")),
        "phone": snapshot.unit.get("phone") or "",
    }


def receipt(snapshot: Snapshot) -> Values:
    """What papers were taken in, first with the application, later with what was missing."""
    step = snapshot.taken("complete", "accept", "accept_green")
    supplied = lines((step.get("input") or {}).get("received"))
    first = not supplied
    return about(snapshot) | {
        "materials": lines(snapshot.stored("materials")) if first else supplied,
        "originals": lines(snapshot.stored("originals")) if first else [],
        "received_by": step.get("actor", ""),
        "received_on": day(step.get("on")),
    }


def reduction(snapshot: Snapshot) -> Values:
    """What fee is reduced, why, and who said so."""
    granted = snapshot.taken("grant_reduction")
    return about(snapshot) | {
        "fee_due": yuan(snapshot.case.get("fee_due")),
        "reduced": yuan(snapshot.case.get("reduced_amount")),
        "ground": snapshot.answers("ask_reduction").get("reduction_ground", ""),
        "reduction_text": lines(snapshot.entered("ask_reduction").get("reduction_text")),
        "handler": snapshot.stored("handler"),
        "opinion": lines((granted.get("input") or {}).get("opinion")),
        "approver": granted.get("actor", ""),
        "approved_on": day(granted.get("on")),
    }


FORMS = (
    declare("application", "公证申请表", ApplicationSchema, application, word="公申字", layout="table", pages=(1, 2)),
    declare(
        "acceptance",
        "受理通知单",
        AcceptanceSchema,
        acceptance,
        word="公受字",
        words={"closing": ("结束的话", "请按通知的时间办理，如实说明有关情况，提供真实、合法、充分的证明材料。")},
    ),
    declare("not_accepted", "不予受理通知", DeclineSchema, decline, word="公不受字"),
    declare("receipt", "材料收据", ReceiptSchema, receipt, word="公收字", layout="table", source=HOUSE),
    declare(
        "reduction",
        "公证费减免审批表",
        ReductionSchema,
        reduction,
        word="公减字",
        layout="table",
        source=f"{LAW}第三十四条，版式为通行做法",
    ),
)

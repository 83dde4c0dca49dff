"""Forms with which a dispute is brought, taken up or turned away."""

from blueprints.mediation.documents.parts import (
    DEADLINES,
    NAMED_ONLY,
    FormSchema,
    PersonSchema,
    agents,
    base,
    both_sides,
    declare,
    items,
    mediators,
    names,
    people,
)
from saas.documents.form import Snapshot, Values, code, codes, rows, text, texts
from saas.documents.wording import day, lines, yuan

OWN_MOTION = {"initiative", "screening"}
REMEDIES = ("litigation", "arbitration", "administrative", "legal_aid", "petition")


class ApplicationSchema(FormSchema):
    """人民调解申请书."""

    applicants = rows(PersonSchema, "申请人")
    agents = rows(PersonSchema, "代理人", empty=0)
    respondents = rows(PersonSchema, "被申请人")
    facts = texts("纠纷简要情况", needed=True)
    requests = texts("申请事项", needed=True)
    amount = text("涉及金额", most=80)


class RegisterSchema(FormSchema):
    """人民调解受理登记表."""

    accepted_on = text("受理日期", most=20)
    first_names = text("申请人", needed=True, most=1000)
    second_names = text("被申请人", needed=True, most=1000)
    kind_title = text("纠纷类型", most=40)
    amount = text("涉及金额", most=80)
    source = code("案件来源", "application", "initiative", "transfer")
    source_title = text("具体来源", most=40)
    origin_unit = text("移送单位", most=80)
    origin_number = text("移送文号", most=60)
    parties = rows(PersonSchema, "当事人", empty=2)
    facts = texts("纠纷简要情况", needed=True)
    checks = codes("受理审查", "civil", "agreed", "free")
    remark = text("备注", most=500)


class RightsSchema(FormSchema):
    """人民调解当事人权利义务告知书."""

    party_names = text("当事人", needed=True, most=1000)
    matter = text("纠纷名称", needed=True)
    mediators = text("人民调解员")
    chosen_by = code("产生方式", "appointed", "chosen")


class GuidanceSchema(FormSchema):
    """告知引导书."""

    party_names = text("当事人", needed=True, most=1000)
    matter = text("纠纷名称", needed=True)
    refuse_reason = text("不予受理的原因", needed=True)
    guidance = codes("其他途径", *REMEDIES)
    guidance_text = texts("具体办法", needed=True, empty=4)
    phone = text("联系电话", most=40)


def application(snapshot: Snapshot) -> Values:
    """The application of the parties who asked for mediation."""
    return base(snapshot) | {
        "applicants": people(snapshot, "applicant", "申请人"),
        "agents": agents(snapshot),
        "respondents": people(snapshot, "respondent", "被申请人"),
        "facts": lines(snapshot.stored("facts")),
        "requests": items(snapshot.stored("requests")),
        "amount": yuan(snapshot.case.get("amount")),
    }


def register(snapshot: Snapshot) -> Values:
    """The entry of a dispute the committee accepts."""
    accepted = snapshot.entered("accept")
    checks = {"is_civil": "civil", "both_agree": "agreed", "not_taken": "free"}
    return base(snapshot) | {
        "accepted_on": day(snapshot.taken("accept").get("on")),
        "first_names": names(snapshot, "applicant"),
        "second_names": names(snapshot, "respondent"),
        "kind_title": snapshot.stored("kind_title"),
        "amount": yuan(snapshot.case.get("amount")),
        "source": _source(snapshot.stored("source")),
        "source_title": snapshot.stored("source_title"),
        "origin_unit": snapshot.stored("origin_unit"),
        "origin_number": snapshot.stored("origin_number"),
        "parties": both_sides(snapshot),
        "facts": lines(snapshot.stored("facts")),
        "checks": [mark for name, mark in checks.items() if accepted.get(name)],
        "remark": accepted.get("remark") or "",
    }


def rights(snapshot: Snapshot) -> Values:
    """What the parties are told of their rights and duties when the mediators are known."""
    return base(snapshot) | {
        "party_names": names(snapshot),
        "matter": snapshot.stored("kind_title") or "纠纷",
        "mediators": mediators(snapshot),
        "chosen_by": snapshot.entered("appoint").get("chosen_by") or "",
    }


def guidance(snapshot: Snapshot) -> Values:
    """Why the committee cannot take the dispute, and who can."""
    entered = snapshot.entered("refuse")
    return base(snapshot) | {
        "party_names": names(snapshot, "applicant"),
        "matter": snapshot.stored("title"),
        "refuse_reason": snapshot.answers("refuse").get("refuse_reason", ""),
        "guidance": list(entered.get("guidance") or ()),
        "guidance_text": lines(entered.get("guidance_text")),
        "phone": snapshot.unit.get("phone") or "",
    }


def _source(source: str) -> str:
    if source in {"", "application"}:
        return source
    return "initiative" if source in OWN_MOTION else "transfer"


FORMS = (
    declare("application", "人民调解申请书", ApplicationSchema, application, word="人调申字"),
    declare(
        "register",
        "人民调解受理登记表",
        RegisterSchema,
        register,
        word="人调受字",
        pages=(1, 2),
        words={"remark": ("表下的备注", "备注：此表由人民调解委员会填写。")},
    ),
    declare(
        "guidance",
        "告知引导书",
        GuidanceSchema,
        guidance,
        word="人调引字",
        layout="letter",
        source="保定市2018年实施意见中的告知引导做法",
        verified=False,
        level="local",
        words={"notice": ("期限提醒", DEADLINES)},
    ),
    declare(
        "rights",
        "人民调解当事人权利义务告知书",
        RightsSchema,
        rights,
        word="人调告字",
        source=NAMED_ONLY,
        verified=False,
        layout="letter",
        pages=(2, 2),
        words={
            "more": ("另外告知的事项", ""),
            "closing": ("签名之前的话", "以上内容已经告知，当事人已经知悉。"),
        },
    ),
)

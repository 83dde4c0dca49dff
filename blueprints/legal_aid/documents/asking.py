"""Forms with which somebody asks: for advice, for legal aid, through another."""

from blueprints.legal_aid.documents.choices import AGENTS, CATEGORIES, CHANNELS, CLASSES, RESULTS, STAGES, WAYS
from blueprints.legal_aid.documents.parts import (
    FormSchema,
    PersonSchema,
    actor,
    asked_on,
    base,
    cause,
    declare,
    given,
    mark,
    marks,
    names,
    on,
    people,
    said,
    sum_of,
    taken_on,
    written,
)
from saas.documents.form import Snapshot, Values, code, codes, rows, text, texts


class ConsultationSchema(FormSchema):
    """法律援助咨询登记表."""

    persons = rows(PersonSchema, "咨询人")
    categories = codes("人员类别", *CATEGORIES)
    channel = code("咨询方式", *CHANNELS)
    matter_class = code("事项大类", *CLASSES)
    consulted_on = text("咨询日期", most=20)
    cause = text("咨询事项", most=60)
    content = texts("咨询内容", most=3000, needed=True, empty=0)
    answer = texts("解答意见", most=3000, empty=0)
    result = code("处理结果", *RESULTS)
    told = code("已提示可以申请法律援助", "yes")
    adviser = text("解答人", most=60)
    answered_on = text("解答日期", most=20)


class ApplicationSchema(FormSchema):
    """法律援助申请表."""

    applicants = rows(PersonSchema, "申请人")
    household_address = text("户籍所在地")
    postcode = text("邮编", most=10)
    employer = text("工作单位", most=100)
    education = text("文化程度", most=20)
    health = text("身体状况", most=60)
    categories = codes("受援人类别", *CATEGORIES)
    agent = text("代理人", most=100)
    agent_kind = code("代理人类型", *AGENTS)
    agent_id_number = text("代理人公民身份号码", most=40)
    cause = text("申请事项", most=60, needed=True)
    matter_class = code("事项大类", *CLASSES)
    opponent = text("对方当事人", most=300)
    amount = text("争议金额", most=40)
    position = text("法律地位", most=30)
    stage = code("法律状态", *STAGES)
    organ = text("办案机关和案号")
    way = code("法律援助形式", *WAYS)
    facts = texts("案情及申请理由概述", needed=True, empty=0)
    applied_on = text("申请日期", most=20)


class AuthorisationSchema(FormSchema):
    """授权委托书."""

    principals = rows(PersonSchema, "委托人")
    agent = text("受委托人", most=100)
    agent_id_number = text("受委托人公民身份号码", most=40)
    relation = text("与委托人的关系", most=40)
    cause = text("申请事项", most=60, needed=True)
    power = texts("代理权限", empty=0)
    authorised_on = text("授权日期", most=20)


def consultation(snapshot: Snapshot) -> Values:
    """What somebody asked, and what the answer was."""
    answering = ("answer_now", "answer")
    return base(snapshot) | {
        "persons": people(snapshot, "applicant")[:1],
        "categories": marks(snapshot, CATEGORIES, "categories"),
        "channel": mark(snapshot, CHANNELS, "channel"),
        "matter_class": mark(snapshot, CLASSES, "matter_class"),
        "consulted_on": asked_on(snapshot),
        "cause": cause(snapshot),
        "content": written(snapshot, "question"),
        "answer": written(snapshot, "answer"),
        "result": mark(snapshot, RESULTS, "consult_result"),
        "told": "yes" if given(snapshot, "told_of_aid") else "",
        "adviser": actor(snapshot, *answering),
        "answered_on": taken_on(snapshot, *answering),
    }


def application(snapshot: Snapshot) -> Values:
    """The application of somebody who wants legal aid."""
    organ = (said(snapshot, "organ_name"), said(snapshot, "organ_number"))
    return base(snapshot) | {
        "applicants": people(snapshot, "applicant")[:1],
        **{name: said(snapshot, name) for name in ("household_address", "postcode", "employer", "education", "health")},
        "categories": marks(snapshot, CATEGORIES, "categories"),
        **_agent(snapshot),
        "agent_kind": mark(snapshot, AGENTS, "agent_kind"),
        "cause": cause(snapshot),
        "matter_class": mark(snapshot, CLASSES, "matter_class"),
        "opponent": names(snapshot, "respondent"),
        "amount": sum_of(snapshot, "claim_amount"),
        "position": said(snapshot, "legal_position"),
        "stage": mark(snapshot, STAGES, "stage"),
        "organ": "　".join(filter(None, organ)),
        "way": mark(snapshot, WAYS, "aid_form"),
        "facts": written(snapshot, "facts"),
        "applied_on": asked_on(snapshot),
    }


def authorisation(snapshot: Snapshot) -> Values:
    """That one person may apply for another."""
    return base(snapshot) | {
        "principals": people(snapshot, "applicant"),
        **_agent(snapshot),
        "relation": said(snapshot, "agent_relation"),
        "cause": cause(snapshot),
        "power": written(snapshot, "agent_power"),
        "authorised_on": on(snapshot, "authorised_on"),
    }


def _agent(snapshot: Snapshot) -> Values:
    return {
        "agent": names(snapshot, "agent") or said(snapshot, "agent_name"),
        "agent_id_number": said(snapshot, "agent_id_number"),
    }


FORMS = (
    declare("consultation", "法律援助咨询登记表", ConsultationSchema, consultation, word="援咨字", prescribed="一"),
    declare(
        "application",
        "法律援助申请表",
        ApplicationSchema,
        application,
        word="援申字",
        prescribed="二",
        words={"promise": ("申请人的承诺", "本人承诺以上所填内容和提交的证件、证明均真实。")},
    ),
    declare(
        "authorisation",
        "授权委托书",
        AuthorisationSchema,
        authorisation,
        word="援授字",
        prescribed="三",
        layout="letter",
    ),
)

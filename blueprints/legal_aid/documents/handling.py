"""Forms made while a lawyer works: progress, introductions, change of the lawyer, the end before its time."""

from typing import Any

from blueprints.legal_aid.documents.choices import TERMINATIONS
from blueprints.legal_aid.documents.deciding import GRANTING, kind, object_by, provider
from blueprints.legal_aid.documents.parts import (
    CaseSchema,
    LetterSchema,
    actor,
    bureau,
    declare,
    given,
    lawyer,
    mark,
    marks,
    of_case,
    of_letter,
    on,
    said,
    taken_on,
    written,
)
from saas.documents.form import NOTHING, Snapshot, Values, code, codes, text, texts
from saas.documents.wording import day

REPORTED = ("progress", "major")
WORK = ("meet", "read", "inquire", "hearing", "mediate", "other")
CHANGES = ("within", "other")


class ProgressSchema(CaseSchema):
    """案件承办情况通报/报告记录."""

    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    kind = code("类别", *REPORTED)
    reported_on = text("日期", most=20)
    mode = text("方式", most=60)
    work = codes("办理内容", *WORK)
    content = texts("情况", most=3000, needed=True, empty=0)
    answer = texts("受援人或者法律援助机构的意见", empty=0)


class IntroductionSchema(LetterSchema):
    """法律援助机构介绍信."""

    addressee = text("前往单位", most=100, needed=True)
    bearer = text("持信人", most=100)
    bearer_unit = text("持信人单位", most=100)
    purpose = text("办理事项", needed=True)
    until = text("有效期", most=20)


class ChangeApplicationSchema(CaseSchema):
    """更换法律援助人员申请表."""

    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    reasons = texts("申请事实和理由", needed=True, empty=0)
    applied_on = text("申请日期", most=20)
    examined = texts("审核意见", empty=0)
    approved = text("审批意见", most=40)
    approver = text("负责人", most=60)
    approved_on = text("审批日期", most=20)


class ChangeNoticeSchema(LetterSchema):
    """更换法律援助人员通知书."""

    firm = text("承办单位", most=100, needed=True)
    lawyer = text("原承办人", most=100)
    change = code("处理", *CHANGES)
    change_days = text("办理期限", most=20)


class TerminationSchema(LetterSchema):
    """终止法律援助决定书."""

    granted_on = text("给予决定日期", most=20)
    grant_number = text("给予决定书编号", most=80)
    ground = code("终止的情形", *TERMINATIONS)
    details = texts("事实和理由", needed=True, empty=2)
    proof = text("证据")
    must_pay = code("支付已实施法律援助的费用", "yes")
    supervisor = text("司法行政部门", most=100)
    object_by = text("提出异议的期限", most=20)


class TerminationLetterSchema(LetterSchema):
    """终止法律援助公函."""

    addressee = text("办案机关", most=100)
    organ_number = text("案号", most=80)
    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    kind = code("承办人的身份", "agency", "defence")
    letter_number = text("法律援助公函编号", most=80)
    termination_number = text("终止决定书编号", most=80)


def progress(snapshot: Snapshot) -> Values:
    """What the lawyer tells the person aided or reports to the agency."""
    return of_case(snapshot) | {
        "firm": said(snapshot, "provider_name"),
        "lawyer": lawyer(snapshot),
        "kind": mark(snapshot, REPORTED, "report_kind"),
        "reported_on": on(snapshot, "reported_on"),
        "mode": said(snapshot, "report_mode"),
        "work": marks(snapshot, WORK, "work_done"),
        "content": written(snapshot, "report_content"),
        "answer": written(snapshot, "report_answer"),
    }


def introduction(snapshot: Snapshot) -> Values:
    """Who goes where on which errand."""
    return of_letter(snapshot) | {
        "addressee": said(snapshot, "introduce_to"),
        "bearer": lawyer(snapshot),
        "bearer_unit": said(snapshot, "provider_name"),
        "purpose": said(snapshot, "introduce_purpose"),
        "until": on(snapshot, "introduce_until"),
    }


def _asked_on(snapshot: Snapshot) -> str:
    """The day a clerk wrote down; who asks online asks that day."""
    named = snapshot.entered("apply_change").get("change_asked_on")
    return day(named) if named else taken_on(snapshot, "apply_change")


def change_application(snapshot: Snapshot) -> Values:
    """Why the person aided wants another lawyer, and what the agency thinks of it."""
    decided = _decided_change(snapshot)
    return (
        of_case(snapshot)
        | former(snapshot)
        | {
            "reasons": written(snapshot, "change_reason"),
            "applied_on": _asked_on(snapshot),
            "examined": written(snapshot, "change_check") if decided else [],
            "approved": {"change": "同意更换。", "keep": "不同意更换。"}.get(decided, ""),
            "approver": actor(snapshot, "change", "keep") if decided else "",
            "approved_on": taken_on(snapshot, "change", "keep") if decided else "",
        }
    )


def change_notice(snapshot: Snapshot) -> Values:
    """Whether the firm names another lawyer or gives the case back."""
    return (
        of_letter(snapshot)
        | former(snapshot)
        | {
            "change": mark(snapshot, CHANGES, "change_mode"),
            "change_days": str(given(snapshot, "change_days") or ""),
        }
    )


def termination(snapshot: Snapshot) -> Values:
    """That aid ends before its time, on which of eight grounds."""
    return of_letter(snapshot) | {
        "granted_on": taken_on(snapshot, *GRANTING),
        "grant_number": snapshot.number_of("legal_aid.grant"),
        "ground": mark(snapshot, TERMINATIONS, "termination_ground"),
        "details": written(snapshot, "termination_detail"),
        "proof": said(snapshot, "termination_proof"),
        "must_pay": "yes" if given(snapshot, "must_pay") else "",
        "supervisor": bureau(snapshot),
        "object_by": object_by(snapshot),
    }


def termination_letter(snapshot: Snapshot) -> Values:
    """The end of the mandate, told to the authority that has the case."""
    stands = provider(snapshot)
    return of_letter(snapshot) | {
        "addressee": said(snapshot, "letter_to", "organ_name"),
        "organ_number": said(snapshot, "organ_number"),
        "firm": stands["firm"],
        "lawyer": stands["lawyer"],
        "kind": kind(snapshot),
        "letter_number": snapshot.number_of("legal_aid.letter"),
        "termination_number": snapshot.number_of("legal_aid.termination"),
    }


def former(snapshot: Snapshot) -> Values:
    """Firm and lawyer before the change that is being made, if one is."""
    asking = snapshot.step or NOTHING
    named = [step for step in snapshot.steps if step["action"] in {"assign", "change"} and step != asking]
    answers: Any = named[-1]["answers"] if named else NOTHING
    return {"firm": str(answers.get("provider_name") or ""), "lawyer": str(answers.get("handler") or "")}


def _decided_change(snapshot: Snapshot) -> str:
    """How the present request was decided: a decision on an earlier one is none."""
    taken = [step["action"] for step in snapshot.steps if step["action"] in {"apply_change", "change", "keep"}]
    return taken[-1] if taken and taken[-1] != "apply_change" else ""


FORMS = (
    declare("progress", "案件承办情况通报/报告记录", ProgressSchema, progress, word="援报字", prescribed="十四"),
    declare(
        "introduction",
        "法律援助机构介绍信",
        IntroductionSchema,
        introduction,
        word="援介字",
        prescribed="十五",
        layout="letter",
    ),
    declare(
        "change_application",
        "更换法律援助人员申请表",
        ChangeApplicationSchema,
        change_application,
        word="援换申字",
        prescribed="十六",
        verified=True,
    ),
    declare(
        "change_notice",
        "更换法律援助人员通知书",
        ChangeNoticeSchema,
        change_notice,
        word="援换字",
        prescribed="十七",
        verified=True,
        layout="letter",
        words={"closing": ("结束的话", "特此通知。")},
    ),
    declare(
        "termination",
        "终止法律援助决定书",
        TerminationSchema,
        termination,
        word="援终字",
        prescribed="十八",
        layout="letter",
        pages=(1, 2),
    ),
    declare(
        "termination_letter",
        "终止法律援助公函",
        TerminationLetterSchema,
        termination_letter,
        word="援终函字",
        prescribed="十九",
        layout="letter",
        words={"closing": ("结束的话", "特此函告。")},
    ),
)

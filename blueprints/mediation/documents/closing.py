"""Forms with which a case ends: the notice that mediation is over, the visit afterwards, the review of the file."""

from blueprints.mediation.documents.parts import DEADLINES, FormSchema, base, declare, mediators, names
from saas.documents.form import Snapshot, Values, code, codes, text, texts
from saas.documents.wording import day, lines

CRITERIA = (
    "lawful_acceptance",
    "complete_materials",
    "standard_documents",
    "proper_evidence",
    "correct_law",
    "timely_revisit",
    "proper_binding",
)
WITHDRAWN = "申请人撤回申请"


class TerminationSchema(FormSchema):
    """终止调解通知书."""

    party_names = text("当事人", most=1000, needed=True)
    matter = text("纠纷名称", needed=True)
    end_reason = text("终止原因", needed=True)
    reason = texts("说明", empty=0)
    remedies = codes("其他途径", "arbitration", "administrative", "litigation")


class RevisitSchema(FormSchema):
    """人民调解回访记录."""

    party_names = text("当事人", most=1000, needed=True)
    matter = text("回访事由", needed=True)
    agreement_number = text("调解协议编号", most=80)
    revisited_on = text("回访时间", most=20)
    mode = code("回访方式", "visit", "phone", "other")
    performance_found = text("履行情况", needed=True)
    satisfaction = code("满意程度", "satisfied", "basically", "dissatisfied")
    sued = text("是否起诉及结果")
    hidden_danger = texts("有无激化苗头及采取的措施")


class FileReviewSchema(FormSchema):
    """人民调解案卷评查表."""

    case_number = text("案件编号", most=60)
    matter = text("卷名")
    mediators = text("人民调解员")
    lawful_acceptance = text("受理合法", most=4)
    complete_materials = text("材料齐全", most=4)
    standard_documents = text("文书标准", most=4)
    proper_evidence = text("证据恰当", most=4)
    correct_law = text("法律适用准确", most=4)
    timely_revisit = text("回访及时", most=4)
    proper_binding = text("装订规范", most=4)
    total = text("合计", most=4)
    opinion = texts("评查意见", needed=True)
    reviewer_unit = text("评查单位")


def termination(snapshot: Snapshot) -> Values:
    """That mediation is over, why, and where the parties can go now."""
    entered = snapshot.entered("end", "withdraw")
    reason = snapshot.answers("end", "withdraw").get("end_reason") or (WITHDRAWN if entered else "")
    return base(snapshot) | {
        "party_names": names(snapshot),
        "matter": snapshot.stored("kind_title") or "纠纷",
        "end_reason": reason,
        "reason": lines(entered.get("reason")),
        "remedies": list(entered.get("remedies") or ()),
    }


def revisit(snapshot: Snapshot) -> Values:
    """How things stand some time afterwards."""
    entered = snapshot.entered("revisit")
    return base(snapshot) | {
        "party_names": names(snapshot),
        "matter": snapshot.stored("title"),
        "agreement_number": snapshot.number_of("mediation.agreement", "mediation.oral_agreement"),
        "revisited_on": day(entered.get("revisited_on") or snapshot.stored("revisited_on")),
        "mode": entered.get("revisit_mode") or "",
        "performance_found": entered.get("performance_found") or "",
        "satisfaction": entered.get("satisfaction") or snapshot.stored("satisfaction"),
        "sued": entered.get("sued") or "",
        "hidden_danger": lines(entered.get("hidden_danger")),
    }


def file_review(snapshot: Snapshot) -> Values:
    """The marks a reviewer gave the file, 100 in all."""
    entered = snapshot.entered("file_review")
    marks = [entered.get(name) for name in CRITERIA]
    total = sum(mark or 0 for mark in marks)
    return (
        base(snapshot)
        | {name: "" if mark is None else str(mark) for name, mark in zip(CRITERIA, marks, strict=True)}
        | {
            "case_number": snapshot.stored("number"),
            "matter": snapshot.stored("title"),
            "mediators": mediators(snapshot),
            "total": str(total) if entered else "",
            "opinion": lines(entered.get("opinion")),
            "reviewer_unit": snapshot.unit.get("office") or "",
        }
    )


FORMS = (
    declare(
        "termination",
        "终止调解通知书",
        TerminationSchema,
        termination,
        word="人调终字",
        layout="letter",
        source="《中华人民共和国人民调解法》第二十六条；地方条例有终止调解通知书",
        verified=False,
        words={"notice": ("期限提醒", DEADLINES), "closing": ("结束的话", "特此通知。")},
    ),
    declare("revisit", "人民调解回访记录", RevisitSchema, revisit, word="人调访字"),
    declare(
        "file_review",
        "人民调解案卷评查表",
        FileReviewSchema,
        file_review,
        word="人调评字",
        source="地方案卷评查的七项标准，评分为本系统建议",
        verified=False,
        level="local",
    ),
)

"""The forms of a complaint, and the notice to mend that inspections send too."""

from blueprints.appraisal.documents.parts import FormSchema, base, declare, names, of_party, words
from blueprints.appraisal.documents.sample import COMPLAINT
from saas.documents.form import Snapshot, Values, codes, text, texts
from saas.documents.wording import day, lines

REGULATION = "《司法鉴定执业活动投诉处理办法》，版式为本系统按规定的内容设计"
MEASURES = ("m1", "m2", "m3", "m4", "m5", "m6", "m9")


class ComplaintSchema(FormSchema):
    """司法鉴定执业活动投诉登记表."""

    case_number = text("登记编号", most=60)
    received_on = text("收到日期", most=20)
    source = text("投诉方式", most=40)
    complainant = text("投诉人", needed=True)
    id_number = text("证件号码", most=40)
    phone = text("联系电话", most=40)
    address = text("通信地址")
    relation = text("与鉴定事项的利害关系", most=100)
    accused = text("被投诉人", needed=True)
    opinion_number = text("司法鉴定意见书文号", most=80)
    kind = text("投诉的行为", most=80)
    knew_on = text("知道或者应当知道的日期", most=20)
    facts = texts("事实和理由", needed=True)
    requests = texts("投诉请求", needed=True)


class AcceptedSchema(FormSchema):
    """投诉受理通知书."""

    complainant = text("投诉人", needed=True)
    accused = text("被投诉人", needed=True)
    received_on = text("收到日期", most=20)
    kind = text("投诉的行为", most=80)
    investigators = text("调查人员", most=120)
    phone = text("联系电话", most=40)


class RefusedSchema(FormSchema):
    """不予受理告知书."""

    complainant = text("投诉人", needed=True)
    accused = text("被投诉人", needed=True)
    received_on = text("收到日期", most=20)
    ground = text("不予受理的情形", needed=True)
    reason = texts("说明", needed=True, empty=2)
    other_way = texts("其他途径", needed=True, empty=2)


class AnswerSchema(FormSchema):
    """投诉处理答复."""

    complainant = text("投诉人", needed=True)
    accused = text("被投诉人", needed=True)
    substantiated = text("是否查实", needed=True)
    found = texts("查明的情况", needed=True)
    measures = codes("处理措施", *MEASURES)
    penalty = text("行政处罚的种类")
    measure_text = texts("处理措施的说明", needed=True, empty=2)


class RectificationSchema(FormSchema):
    """整改通知书."""

    addressee = text("整改单位", needed=True)
    problems = texts("存在的问题", needed=True)
    items = texts("整改要求", needed=True)
    rectify_by = text("整改期限", most=20, needed=True)


def _sides(snapshot: Snapshot) -> Values:
    received = snapshot.stored("received_on") or snapshot.stored("opened_on")
    return base(snapshot) | {
        "complainant": names(snapshot, "applicant"),
        "accused": names(snapshot, "respondent"),
        "received_on": day(received),
    }


def complaint(snapshot: Snapshot) -> Values:
    """The entry of a complaint as it came in."""
    return _sides(snapshot) | {
        "case_number": snapshot.stored("number"),
        "source": snapshot.stored("source_title"),
        "id_number": of_party(snapshot, "applicant", "id_number"),
        "phone": of_party(snapshot, "applicant", "phone"),
        "address": of_party(snapshot, "applicant", "address"),
        "relation": snapshot.stored("relation"),
        "opinion_number": snapshot.stored("opinion_number"),
        "kind": snapshot.stored("kind_title"),
        "knew_on": day(snapshot.stored("knew_on")),
        "facts": lines(snapshot.stored("facts")),
        "requests": lines(snapshot.stored("requests")),
    }


def accepted(snapshot: Snapshot) -> Values:
    """That the complaint is taken up, and by whom."""
    people = [name for name in (snapshot.stored("handler"), words(snapshot, "second_investigator")) if name]
    return _sides(snapshot) | {
        "kind": snapshot.stored("kind_title"),
        "investigators": "、".join(people),
        "phone": snapshot.unit.get("phone") or "",
    }


def refused(snapshot: Snapshot) -> Values:
    """Why the complaint is not taken up, and where to turn instead."""
    return _sides(snapshot) | {
        "ground": words(snapshot, "refuse_ground"),
        "reason": lines(snapshot.entered("refuse").get("reason")),
        "other_way": lines(snapshot.stored("other_way")),
    }


def answer(snapshot: Snapshot) -> Values:
    """What was found and done."""
    sides = _sides(snapshot)
    del sides["received_on"]
    return sides | {
        "substantiated": words(snapshot, "substantiated"),
        "found": lines(snapshot.stored("found")),
        "measures": list(snapshot.case.get("measures") or ()),
        "penalty": words(snapshot, "penalty"),
        "measure_text": lines(snapshot.stored("measure_text")),
    }


def rectification(snapshot: Snapshot) -> Values:
    """What has to be mended until when, by who was inspected or complained about."""
    return base(snapshot) | {
        "addressee": names(snapshot, "respondent") or snapshot.stored("object_name"),
        "problems": lines(snapshot.stored("problems")),
        "items": lines(snapshot.stored("rectify_items")),
        "rectify_by": day(snapshot.stored("rectify_by")),
    }


FORMS = (
    declare(
        "complaint_register",
        "司法鉴定执业活动投诉登记表",
        ComplaintSchema,
        complaint,
        word="司鉴诉登字",
        case=COMPLAINT,
        source=REGULATION,
    ),
    declare(
        "complaint_accepted",
        "司法鉴定投诉受理通知书",
        AcceptedSchema,
        accepted,
        word="司鉴诉受字",
        case=COMPLAINT,
        layout="letter",
        source=REGULATION,
        words={"closing": ("结束的话", "特此通知。")},
    ),
    declare(
        "complaint_refused",
        "司法鉴定投诉不予受理告知书",
        RefusedSchema,
        refused,
        word="司鉴诉拒字",
        case=COMPLAINT,
        layout="letter",
        source=REGULATION,
        pages=(1, 2),
        words={"closing": ("结束的话", "特此告知。")},
    ),
    declare(
        "complaint_answer",
        "司法鉴定投诉处理答复",
        AnswerSchema,
        answer,
        word="司鉴诉复字",
        case=COMPLAINT,
        layout="letter",
        source=REGULATION,
        pages=(1, 2),
        words={
            "remedy": (
                "救济途径",
                "对本处理结果不服的，可以依法申请行政复议或者提起行政诉讼；法律对期限有规定的，请在期限内提出。",
            )
        },
    ),
    declare(
        "rectification",
        "司法鉴定整改通知书",
        RectificationSchema,
        rectification,
        word="司鉴改字",
        case=COMPLAINT,
        layout="letter",
        pages=(1, 2),
        words={"closing": ("结束的话", "整改完成后，请在期限内书面报告整改情况。")},
    ),
)

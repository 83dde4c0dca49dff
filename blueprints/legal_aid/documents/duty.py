"""Forms of duty lawyers: the request for help, what was done, the ledger."""

from marshmallow import Schema

from blueprints.legal_aid.documents.choices import HELP, STAGES
from blueprints.legal_aid.documents.parts import (
    FormSchema,
    PersonSchema,
    aided,
    at,
    base,
    declare,
    given,
    issued_on,
    lawyer,
    mark,
    marks,
    people,
    said,
    written,
)
from blueprints.legal_aid.documents.sample_duty import SNAPSHOT
from saas.documents.form import Snapshot, Values, code, codes, rows, text, texts

ANSWERS = ("yes", "no")
MODES = ("meeting", "phone", "video")


class SuspectSchema(FormSchema):
    """What the forms of a suspect or defendant without a defender have."""

    persons = rows(PersonSchema, "犯罪嫌疑人、被告人")
    charge = text("涉嫌罪名", most=100, needed=True)
    organ = text("办案机关", most=100)
    organ_contact = text("办案人员和电话", most=100)
    custody = text("羁押场所", most=100)


class HelpApplicationSchema(SuspectSchema):
    """法律帮助申请表."""

    stage = code("诉讼阶段", *STAGES)
    admits = code("是否认罪认罚", *ANSWERS)
    asked = codes("申请的法律帮助", *HELP)
    requested_at = text("提出申请的时间", most=40)


class RecordSchema(SuspectSchema):
    """值班律师提供法律帮助情况登记表."""

    stage = code("诉讼阶段", *STAGES)
    admits = code("是否认罪认罚", *ANSWERS)
    lawyer = text("值班律师", most=100)
    firm = text("律师事务所", most=100)
    held_at = text("提供帮助的时间", most=40)
    mode = code("方式", *MODES)
    place_name = text("地点", most=100)
    helped = codes("提供的法律帮助", *HELP)
    witnessed = code("见证签署认罪认罚具结书", *ANSWERS)
    opinion = texts("咨询内容和法律意见", needed=True, empty=0)
    adopted = texts("向办案机关提出的意见和采纳情况", empty=0)
    wants_aid = code("要求申请法律援助", *ANSWERS)
    forwarded_at = text("转交申请的时间", most=40)


class EntrySchema(Schema):
    """One help in the ledger."""

    seq = text("序号", most=4)
    held_at = text("时间", most=40)
    name = text("受帮助人", most=100)
    charge = text("涉嫌罪名", most=100)
    stage = text("诉讼阶段", most=40)
    organ = text("办案机关", most=100)
    helped = text("法律帮助的内容", most=200)
    lawyer = text("值班律师", most=100)
    note = text("备注", most=200)


class LedgerSchema(FormSchema):
    """值班律师法律帮助工作台账."""

    issued_on = text("登记日期", most=20)
    workplace = text("值班地点", most=100)
    days = text("值班工作日", most=20)
    entries = rows(EntrySchema, "记录", empty=10)


def suspect(snapshot: Snapshot) -> Values:
    """Who needs help, what of, and who has the case."""
    return base(snapshot) | {
        "persons": people(snapshot, "applicant")[:1],
        "charge": said(snapshot, "charge"),
        "organ": said(snapshot, "organ_name"),
        "organ_contact": said(snapshot, "organ_contact"),
        "custody": said(snapshot, "detained_at"),
    }


def help_application(snapshot: Snapshot) -> Values:
    """What help somebody without a defender asks of the duty lawyer."""
    return suspect(snapshot) | {
        "stage": mark(snapshot, STAGES, "stage"),
        "admits": mark(snapshot, ANSWERS, "admits"),
        "asked": marks(snapshot, HELP, "help_items"),
        "requested_at": at(snapshot, "requested_at"),
    }


def record(snapshot: Snapshot) -> Values:
    """What the duty lawyer did."""
    return suspect(snapshot) | {
        "stage": mark(snapshot, STAGES, "stage"),
        "admits": mark(snapshot, ANSWERS, "admits"),
        "lawyer": lawyer(snapshot),
        "firm": said(snapshot, "provider_name"),
        "held_at": at(snapshot, "held_at"),
        "mode": mark(snapshot, MODES, "held_mode"),
        "place_name": said(snapshot, "help_place"),
        "helped": marks(snapshot, HELP, "provided"),
        "witnessed": mark(snapshot, ANSWERS, "witnessed"),
        "opinion": written(snapshot, "help_opinion"),
        "adopted": written(snapshot, "opinion_adopted"),
        "wants_aid": mark(snapshot, ANSWERS, "wants_aid"),
        "forwarded_at": at(snapshot, "forwarded_at"),
    }


def ledger(snapshot: Snapshot) -> Values:
    """The help given in the case as a line of the ledger of the duty lawyer's workplace."""
    return base(snapshot) | {
        "issued_on": issued_on(snapshot),
        "workplace": said(snapshot, "help_place"),
        "days": said(snapshot, "duty_days"),
        "entries": [_entry(snapshot)] if given(snapshot, "held_at") else [],
    }


def _entry(snapshot: Snapshot) -> Values:
    return {
        "seq": "1",
        "held_at": at(snapshot, "held_at"),
        "name": aided(snapshot),
        "charge": said(snapshot, "charge"),
        "stage": said(snapshot, "stage"),
        "organ": said(snapshot, "organ_name"),
        "helped": said(snapshot, "provided"),
        "lawyer": lawyer(snapshot),
        "note": said(snapshot, "ledger_note"),
    }


FORMS = (
    declare(
        "help_application",
        "法律帮助申请表",
        HelpApplicationSchema,
        help_application,
        word="援帮申字",
        prescribed="二十三",
        case=SNAPSHOT,
    ),
    declare(
        "duty_record",
        "值班律师提供法律帮助情况登记表",
        RecordSchema,
        record,
        word="援帮登字",
        prescribed="二十八",
        case=SNAPSHOT,
    ),
    declare(
        "duty_ledger",
        "值班律师法律帮助工作台账",
        LedgerSchema,
        ledger,
        word="援帮账字",
        prescribed="二十九",
        layout="ledger",
        case=SNAPSHOT,
    ),
)

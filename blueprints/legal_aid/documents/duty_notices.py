"""The notices by which each of four organs has a duty lawyer come, with the reply of the legal aid agency.

They differ in what each organ is entitled to and has to say at its stage; what the case does not hold (the compulsory
measure, the procedure, the hearing) is filled in by hand.
"""

from blueprints.legal_aid.documents.choices import HELP
from blueprints.legal_aid.documents.duty import SuspectSchema, suspect
from blueprints.legal_aid.documents.parts import at, declare, issued_on, lawyer, marks, on, said
from blueprints.legal_aid.documents.sample_duty import at_stage
from saas.documents.form import Form, Snapshot, Values, codes, text


class NoticeSchema(SuspectSchema):
    """What all four notices have."""

    issued_on = text("回执日期", most=20)
    notice_number = text("通知书文号", most=80)
    received_on = text("收到通知日期", most=20)
    asked = codes("法律帮助事项", *HELP)
    wanted_at = text("要求到场的时间", most=40)
    place_name = text("地点", most=100)
    lawyer = text("值班律师", most=100)
    firm = text("律师事务所", most=100)
    duty_on = text("值班日期", most=20)


def notice(snapshot: Snapshot) -> Values:
    """The notice an organ gave, and whom the agency sends."""
    return suspect(snapshot) | {
        "issued_on": issued_on(snapshot),
        "notice_number": said(snapshot, "notice_number"),
        "received_on": on(snapshot, "received_on"),
        "asked": marks(snapshot, HELP, "help_items"),
        "wanted_at": at(snapshot, "help_wanted_at"),
        "place_name": said(snapshot, "help_place"),
        "lawyer": lawyer(snapshot),
        "firm": said(snapshot, "provider_name"),
        "duty_on": on(snapshot, "duty_on"),
    }


def _form(name: str, organ: str, word: str, prescribed: str) -> Form:
    return declare(
        f"duty_{name}",
        f"值班律师提供法律帮助通知书（{organ}）",
        NoticeSchema,
        notice,
        word=word,
        prescribed=prescribed,
        layout="letter",
        pages=(2, 2),
        case=at_stage(name),
    )


FORMS = (
    _form("police", "公安机关", "援值公字", "二十四"),
    _form("security", "国家安全机关", "援值安字", "二十五"),
    _form("procuratorate", "人民检察院", "援值检字", "二十六"),
    _form("court", "人民法院", "援值法字", "二十七"),
)

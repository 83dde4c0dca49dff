"""Forms that frame a file: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.notary.documents.parts import HOUSE, about, declare
from saas.documents import filing
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day

KINDS = {"ordinary": "普通卷", "secret": "密卷"}


class CoverSchema(filing.CoverSchema):
    """公证卷宗封面."""

    office = text("公证机构", most=100)
    certificate_number = text("公证书编号", most=80)
    applicants = text("申请人", most=1000)
    matter = text("公证事项", most=200)
    case_number = text("受理编号", most=60)
    handler = text("承办公证员", most=60)
    approver = text("审批人", most=60)
    accepted_on = text("受理日期", most=20)
    closed_on = text("办结日期", most=20)
    outcome = text("结果", most=20)
    volume_kind = text("密级", most=8)


class StatementSchema(filing.CheckedSchema):
    """卷内备考表."""

    office = text("公证机构", most=100)
    matter = text("公证事项", most=1200, needed=True)
    case_number = text("受理编号", most=60)
    statement = texts("本卷情况说明", needed=True, empty=6)


class BackCoverSchema(Schema):
    """封底."""

    office = text("公证机构", most=100)
    case_number = text("受理编号", most=60)


OUTCOMES = (("issue", "出具公证书"), ("refuse", "不予办理"), ("terminate", "终止公证"), ("write_off", "核销"))


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    known = about(snapshot)
    ended = snapshot.taken(*(action for action, _ in OUTCOMES))
    return filing.covered(snapshot) | {
        "office": snapshot.unit["name"],
        "number": known["number"],
        "certificate_number": snapshot.number_of("notary.certificate"),
        "applicants": known["applicants"],
        "matter": known["matter"],
        "handler": snapshot.stored("handler"),
        "approver": snapshot.taken("approve").get("actor", ""),
        "accepted_on": day(snapshot.taken("accept", "accept_green", "recognise").get("on")),
        "closed_on": day(ended.get("on") or snapshot.stored("closed_on")),
        "outcome": dict(OUTCOMES).get(str(ended.get("action") or ""), ""),
        "volume_kind": KINDS.get(snapshot.stored("volume_kind"), ""),
    }


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return filing.checked(snapshot) | {
        "office": snapshot.unit["name"],
        "number": about(snapshot)["number"],
        "matter": snapshot.stored("title"),
    }


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"office": snapshot.unit["name"], "case_number": snapshot.stored("number")}


FORMS = (
    declare("cover", "公证卷宗封面", CoverSchema, cover, word="公卷字", layout="cover", source=HOUSE),
    declare(
        "catalogue",
        "卷内目录",
        CatalogueSchema,
        catalogue,
        word="公目字",
        layout="catalogue",
        template=TEMPLATE,
        source=HOUSE,
    ),
    declare(
        "statement",
        "卷内备考表",
        StatementSchema,
        statement,
        word="公备字",
        source="GB/T 9705-2008《文书档案案卷格式》，未核对",
    ),
    declare("back_cover", "卷宗封底", BackCoverSchema, back_cover, word="公底字", layout="back", source=HOUSE),
)

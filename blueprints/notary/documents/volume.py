"""Forms that frame a file: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.notary.documents.parts import HOUSE, about, declare
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day, lines

RETENTION = {"permanent": "永久", "y30": "30年", "y10": "10年"}
KINDS = {"ordinary": "普通卷", "secret": "密卷"}


class CoverSchema(Schema):
    """公证卷宗封面."""

    number = text("卷号", most=80)
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
    compiler = text("立卷人", most=60)
    compiled_on = text("立卷日期", most=20)
    volume_kind = text("密级", most=8)
    retention = text("保管期限", most=20)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    volume = text("卷别", most=8, printed=False)


class StatementSchema(Schema):
    """卷内备考表."""

    office = text("公证机构", most=100)
    number = text("文书编号", most=80)
    matter = text("公证事项", most=1200, needed=True)
    case_number = text("受理编号", most=60)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    statement = texts("本卷情况说明", needed=True, empty=6)
    compiler = text("立卷人", most=60)
    checker = text("检查人", most=60)
    compiled_on = text("立卷日期", most=20)


class BackCoverSchema(Schema):
    """封底."""

    office = text("公证机构", most=100)
    case_number = text("受理编号", most=60)


OUTCOMES = (("issue", "出具公证书"), ("refuse", "不予办理"), ("terminate", "终止公证"), ("write_off", "核销"))


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    known = about(snapshot)
    ended = snapshot.taken(*(action for action, _ in OUTCOMES))
    return _frame(snapshot) | {
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
        "retention": RETENTION.get(snapshot.stored("retention"), ""),
        "volume": str(snapshot.extra.get("volume") or ""),
    }


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    known = about(snapshot)
    return _frame(snapshot) | {
        "number": known["number"],
        "matter": snapshot.stored("title"),
        "statement": lines(snapshot.stored("statement")) or ["无。"],
        "checker": snapshot.taken("archive").get("actor", ""),
    }


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"office": snapshot.unit["name"], "case_number": snapshot.stored("number")}


def _frame(snapshot: Snapshot) -> Values:
    compiled = snapshot.taken("compile")
    return {
        "office": snapshot.unit["name"],
        "case_number": snapshot.stored("number"),
        "compiler": compiled.get("actor", ""),
        "compiled_on": day(compiled.get("on")),
        "pieces": str(snapshot.extra.get("pieces") or ""),
        "pages": str(snapshot.extra.get("pages") or ""),
    }


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

"""Forms that frame a file: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.appraisal.documents.parts import ARCHIVES, base, declare, names
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day, lines

RETENTION = {"permanent": "永久", "y30": "30年", "y10": "10年"}


class CoverSchema(Schema):
    """卷宗封面."""

    number = text("卷号", most=80)
    unit = text("立卷单位", most=100)
    matter = text("卷名", needed=True)
    case_number = text("案件编号", most=60)
    party = text("委托人、投诉人或者申请人", most=1000)
    handler = text("承办人", most=60)
    opened_on = text("收件日期", most=20)
    closed_on = text("办结日期", most=20)
    compiler = text("立卷人", most=60)
    compiled_on = text("立卷日期", most=20)
    retention = text("保管期限", most=20)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    volume = text("卷别", most=8, printed=False)


class StatementSchema(Schema):
    """卷宗情况说明."""

    number = text("文书编号", most=80)
    unit = text("立卷单位", most=100)
    matter = text("卷名", needed=True)
    case_number = text("案件编号", most=60)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    statement = texts("卷宗情况说明", needed=True, empty=6)
    compiler = text("立卷人", most=60)
    checker = text("检查人", most=60)
    compiled_on = text("立卷日期", most=20)


class BackCoverSchema(Schema):
    """封底."""

    unit = text("立卷单位", most=100)
    case_number = text("案件编号", most=60)


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    return _head(snapshot) | {
        "party": names(snapshot, "applicant"),
        "handler": snapshot.stored("handler"),
        "opened_on": day(snapshot.stored("opened_on")),
        "closed_on": day(snapshot.stored("closed_on") or snapshot.taken("compile").get("on")),
        "retention": RETENTION.get(snapshot.stored("retention"), ""),
        "volume": str(snapshot.extra.get("volume") or ""),
    }


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return _head(snapshot) | {
        "statement": lines(snapshot.stored("statement")) or ["无。"],
        "checker": snapshot.taken("archive").get("actor", ""),
    }


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"unit": snapshot.unit["name"], "case_number": snapshot.stored("number")}


def _head(snapshot: Snapshot) -> Values:
    compiled = snapshot.taken("compile")
    known = base(snapshot)
    return {
        "number": known["number"],
        "unit": known["unit"],
        "matter": snapshot.stored("title"),
        "case_number": snapshot.stored("number"),
        "compiler": compiled.get("actor", ""),
        "compiled_on": day(compiled.get("on")),
        "pieces": str(snapshot.extra.get("pieces") or ""),
        "pages": str(snapshot.extra.get("pages") or ""),
    }


FORMS = (
    declare("cover", "司法鉴定卷宗封面", CoverSchema, cover, word="司鉴卷字", layout="cover", source=ARCHIVES),
    declare(
        "catalogue",
        "卷内目录",
        CatalogueSchema,
        catalogue,
        word="司鉴目字",
        layout="catalogue",
        template=TEMPLATE,
        source=ARCHIVES,
    ),
    declare("statement", "卷宗情况说明", StatementSchema, statement, word="司鉴说字", layout="letter", source=ARCHIVES),
    declare("back_cover", "卷宗封底", BackCoverSchema, back_cover, word="司鉴底字", layout="back", source=ARCHIVES),
)

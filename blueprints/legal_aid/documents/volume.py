"""Forms that frame a file: cover, catalogue, statement, back."""

from marshmallow import Schema

from blueprints.legal_aid.documents.parts import aided, base, cause, declare, lawyer, on, said
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day, lines

RETENTION = {"permanent": "永久", "y30": "30年", "y10": "10年"}
SOURCE = "法律援助卷宗装订的地方规范（一案一卷，封面、目录、备考），没有统一的格式"


class CoverSchema(Schema):
    """卷宗封面."""

    number = text("卷号", most=80)
    agency = text("法律援助机构", most=100)
    aided = text("受援人", most=1000)
    cause = text("案由")
    case_number = text("案件编号", most=60)
    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    opened_on = text("受理日期", most=20)
    closed_on = text("结案日期", most=20)
    compiler = text("立卷人", most=60)
    compiled_on = text("立卷日期", most=20)
    retention = text("保管期限", most=20)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    volume = text("卷别", most=8, printed=False)


class StatementSchema(Schema):
    """卷宗情况说明."""

    number = text("文书编号", most=80)
    agency = text("法律援助机构", most=100)
    aided = text("受援人", most=1000)
    cause = text("案由")
    case_number = text("案件编号", most=60)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    statement = texts("卷宗情况说明", needed=True, empty=6)
    compiler = text("立卷人", most=60)
    compiled_on = text("立卷日期", most=20)


class BackCoverSchema(Schema):
    """卷宗封底."""

    agency = text("法律援助机构", most=100)
    case_number = text("案件编号", most=60)


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    return _head(snapshot) | {
        "firm": said(snapshot, "provider_name"),
        "lawyer": lawyer(snapshot),
        "opened_on": day(snapshot.stored("opened_on")),
        "closed_on": on(snapshot, "finished_on") or day(snapshot.stored("closed_on")),
        "retention": RETENTION.get(snapshot.stored("retention"), ""),
        "volume": str(snapshot.extra.get("volume") or ""),
    }


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return _head(snapshot) | {
        "statement": lines(snapshot.stored("statement")) or ["无。"],
    }


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"agency": snapshot.unit["name"], "case_number": snapshot.stored("number")}


def _head(snapshot: Snapshot) -> Values:
    compiled, known = snapshot.taken("archive", "conclude", "conclude_terminated"), base(snapshot)
    return {
        "number": known["number"],
        "agency": known["agency"],
        "aided": aided(snapshot),
        "cause": cause(snapshot),
        "case_number": snapshot.stored("number"),
        "compiler": str(compiled.get("actor") or ""),
        "compiled_on": day(compiled.get("on")),
        "pieces": str(snapshot.extra.get("pieces") or ""),
        "pages": str(snapshot.extra.get("pages") or ""),
    }


FORMS = (
    declare("cover", "法律援助卷宗封面", CoverSchema, cover, word="援卷字", layout="cover", source=SOURCE),
    declare(
        "catalogue",
        "卷内目录",
        CatalogueSchema,
        catalogue,
        word="援目字",
        layout="catalogue",
        template=TEMPLATE,
        source=SOURCE,
    ),
    declare("statement", "卷宗情况说明", StatementSchema, statement, word="援说字", layout="letter", source=SOURCE),
    declare("back_cover", "卷宗封底", BackCoverSchema, back_cover, word="援底字", layout="back", source=SOURCE),
)

"""Forms that frame a file of legal education: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.education.documents.parts import base, declare, duty_unit
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
    duty_unit = text("责任单位、主办单位或者申报单位", most=100)
    opened_on = text("开始日期", most=20)
    closed_on = text("结束日期", most=20)
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
        "duty_unit": duty_unit(snapshot),
        "opened_on": day(snapshot.stored("opened_on")),
        "closed_on": day(snapshot.stored("closed_on")),
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
    compiled, known = snapshot.taken("compile"), base(snapshot)
    return {
        "number": known["number"],
        "unit": known["unit"],
        "matter": snapshot.stored("event_title") or snapshot.stored("model_name") or snapshot.stored("title"),
        "case_number": snapshot.stored("number"),
        "compiler": compiled.get("actor", ""),
        "compiled_on": day(compiled.get("on")),
        "pieces": str(snapshot.extra.get("pieces") or ""),
        "pages": str(snapshot.extra.get("pages") or ""),
    }


FORMS = (
    declare("cover", "普法工作卷宗封面", CoverSchema, cover, word="普卷字", layout="cover"),
    declare("catalogue", "卷内目录", CatalogueSchema, catalogue, word="普目字", layout="catalogue", template=TEMPLATE),
    declare("statement", "卷宗情况说明", StatementSchema, statement, word="普说字", layout="letter"),
    declare("back_cover", "卷宗封底", BackCoverSchema, back_cover, word="普底字", layout="back"),
)

"""Forms that frame a file of legal education: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.education.documents.parts import base, declare, duty_unit
from saas.documents import filing
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text
from saas.documents.wording import day


class CoverSchema(filing.CoverSchema):
    """卷宗封面."""

    unit = text("立卷单位", most=100)
    matter = text("卷名", needed=True)
    duty_unit = text("责任单位、主办单位或者申报单位", most=100)
    opened_on = text("开始日期", most=20)
    closed_on = text("结束日期", most=20)


class StatementSchema(filing.CheckedSchema):
    """卷宗情况说明."""

    unit = text("立卷单位", most=100)
    matter = text("卷名", needed=True)


class BackCoverSchema(Schema):
    """封底."""

    unit = text("立卷单位", most=100)
    case_number = text("案件编号", most=60)


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    return (
        _head(snapshot)
        | filing.covered(snapshot)
        | {
            "duty_unit": duty_unit(snapshot),
            "opened_on": day(snapshot.stored("opened_on")),
            "closed_on": day(snapshot.stored("closed_on")),
        }
    )


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return _head(snapshot) | filing.checked(snapshot)


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"unit": snapshot.unit["name"], "case_number": snapshot.stored("number")}


def _head(snapshot: Snapshot) -> Values:
    known = base(snapshot)
    return {
        "number": known["number"],
        "unit": known["unit"],
        "matter": snapshot.stored("event_title") or snapshot.stored("model_name") or snapshot.stored("title"),
    }


FORMS = (
    declare("cover", "普法工作卷宗封面", CoverSchema, cover, word="普卷字", layout="cover"),
    declare("catalogue", "卷内目录", CatalogueSchema, catalogue, word="普目字", layout="catalogue", template=TEMPLATE),
    declare("statement", "卷宗情况说明", StatementSchema, statement, word="普说字", layout="letter"),
    declare("back_cover", "卷宗封底", BackCoverSchema, back_cover, word="普底字", layout="back"),
)

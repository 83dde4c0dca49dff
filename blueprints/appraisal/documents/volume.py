"""Forms that frame a file: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.appraisal.documents.parts import ARCHIVES, base, declare, names
from saas.documents import filing
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text
from saas.documents.wording import day


class CoverSchema(filing.CoverSchema):
    """卷宗封面."""

    unit = text("立卷单位", most=100)
    matter = text("卷名", needed=True)
    party = text("委托人、投诉人或者申请人", most=1000)
    handler = text("承办人", most=60)
    opened_on = text("收件日期", most=20)
    closed_on = text("办结日期", most=20)


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
            "party": names(snapshot, "applicant"),
            "handler": snapshot.stored("handler"),
            "opened_on": day(snapshot.stored("opened_on")),
            "closed_on": day(snapshot.stored("closed_on") or snapshot.taken("compile").get("on")),
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
        "matter": snapshot.stored("title"),
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

"""Forms that frame a file: cover, catalogue, statement, back."""

from marshmallow import Schema

from blueprints.legal_aid.documents.parts import aided, base, cause, declare, lawyer, on, said
from saas.documents import filing
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text
from saas.documents.wording import day

COMPILING = ("archive", "conclude", "conclude_terminated")
SOURCE = "法律援助卷宗装订的地方规范（一案一卷，封面、目录、备考），没有统一的格式"


class CoverSchema(filing.CoverSchema):
    """卷宗封面."""

    agency = text("法律援助机构", most=100)
    aided = text("受援人", most=1000)
    cause = text("案由")
    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    opened_on = text("受理日期", most=20)
    closed_on = text("结案日期", most=20)


class StatementSchema(filing.StatementSchema):
    """卷宗情况说明."""

    agency = text("法律援助机构", most=100)
    aided = text("受援人", most=1000)
    cause = text("案由")


class BackCoverSchema(Schema):
    """卷宗封底."""

    agency = text("法律援助机构", most=100)
    case_number = text("案件编号", most=60)


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    return (
        _head(snapshot)
        | filing.covered(snapshot, *COMPILING)
        | {
            "firm": said(snapshot, "provider_name"),
            "lawyer": lawyer(snapshot),
            "opened_on": day(snapshot.stored("opened_on")),
            "closed_on": on(snapshot, "finished_on") or day(snapshot.stored("closed_on")),
        }
    )


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return _head(snapshot) | filing.stated(snapshot, *COMPILING)


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"agency": snapshot.unit["name"], "case_number": snapshot.stored("number")}


def _head(snapshot: Snapshot) -> Values:
    known = base(snapshot)
    return {
        "number": known["number"],
        "agency": known["agency"],
        "aided": aided(snapshot),
        "cause": cause(snapshot),
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

"""Forms that frame a file: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.mediation.documents.parts import base, declare, mediators
from saas.documents import filing
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Snapshot, Values, text
from saas.documents.wording import day


class CoverSchema(filing.CoverSchema):
    """卷宗封面."""

    committee = text("人民调解委员会", most=100)
    matter = text("卷名", needed=True)
    mediators = text("人民调解员")
    opened_on = text("调解开始日期", most=20)
    closed_on = text("调解结束日期", most=20)
    remark = text("备注")


class StatementSchema(filing.CheckedSchema):
    """卷宗情况说明."""

    committee = text("人民调解委员会", most=100)
    matter = text("卷名", needed=True)


class BackCoverSchema(Schema):
    """封底."""

    committee = text("人民调解委员会", most=100)
    case_number = text("案件编号", most=60)


def cover(snapshot: Snapshot) -> Values:
    """The front of the file."""
    return (
        _head(snapshot)
        | filing.covered(snapshot)
        | {
            "mediators": mediators(snapshot),
            "opened_on": day(snapshot.stored("opened_on")),
            "closed_on": day(_closed_on(snapshot)),
            "remark": "",
        }
    )


def statement(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return _head(snapshot) | filing.checked(snapshot)


def back_cover(snapshot: Snapshot) -> Values:
    """The back of the file."""
    return {"committee": snapshot.unit["name"], "case_number": snapshot.stored("number")}


def _head(snapshot: Snapshot) -> Values:
    known = base(snapshot)
    return {
        "number": known["number"],
        "committee": known["committee"],
        "matter": snapshot.stored("title"),
    }


def _closed_on(snapshot: Snapshot) -> str:
    ended: str = snapshot.taken("agree_written", "agree_oral", "end", "withdraw").get("on", "")
    return ended or snapshot.stored("closed_on")


FORMS = (
    declare(
        "cover",
        "调解卷宗封面",
        CoverSchema,
        cover,
        word="人调卷字",
        layout="cover",
        words={"remark": ("封面备注", "")},
    ),
    declare(
        "catalogue", "卷内目录", CatalogueSchema, catalogue, word="人调目字", layout="catalogue", template=TEMPLATE
    ),
    declare("statement", "卷宗情况说明", StatementSchema, statement, word="人调说字", layout="letter"),
    declare("back_cover", "卷宗封底", BackCoverSchema, back_cover, word="人调底字", layout="back"),
)

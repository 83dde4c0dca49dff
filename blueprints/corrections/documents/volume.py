"""Forms that frame a file: cover, catalogue, statement, back cover."""

from marshmallow import Schema

from blueprints.corrections.documents.parts import ARCHIVES, Builder
from blueprints.corrections.documents.sample import SERVING
from blueprints.corrections.facts import day as day_of
from blueprints.corrections.facts import is_minor
from saas.documents import filing
from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Form, Snapshot, Values, text, texts
from saas.documents.wording import day

COMPILING = ("compile", "compile_ended")


class CoverSchema(filing.CoverSchema):
    """卷宗封面."""

    agency = text("立卷单位", most=100)
    matter = text("卷名", needed=True)
    category = text("类别", most=20)
    opened_on = text("立案日期", most=20)
    sealed = text("封存", most=20)


class StatementSchema(filing.CheckedSchema):
    """卷内备考表."""

    agency = text("立卷单位", most=100)
    matter = text("卷名", needed=True)
    statement = texts("本卷情况说明", needed=True, empty=6)


class BackSchema(Schema):
    """封底."""

    agency = text("立卷单位", most=100)
    case_number = text("案件编号", most=60)


def cover(shot: Snapshot) -> Values:
    """The front of the file; one of a minor says that it is sealed (预防未成年人犯罪法 59)."""
    return (
        _head(shot)
        | filing.covered(shot, *COMPILING)
        | {
            "category": shot.stored("kind_title"),
            "opened_on": day(shot.stored("opened_on")),
            "sealed": "未成年人档案，封存" if _sealed(shot) else "",
        }
    )


def _sealed(shot: Snapshot) -> bool:
    opened = day_of(shot.stored("opened_on"))
    return bool(shot.case.get("minor_file")) or (opened is not None and is_minor(shot.case.get("birth"), opened))


def statement(shot: Snapshot) -> Values:
    """What a later reader must know of the file."""
    return _head(shot) | filing.checked(shot, *COMPILING)


def back_cover(shot: Snapshot) -> Values:
    """The back of the file."""
    return {"agency": shot.unit["office"], "case_number": shot.stored("number")}


def _head(shot: Snapshot) -> Values:
    return {
        "number": shot.document.get("number", ""),
        "agency": shot.unit["office"],
        "matter": shot.stored("title"),
    }


def _frame(
    name: str, title: str, word: str, schema: type[Schema], build: Builder, layout: str, template: str = ""
) -> Form:
    return Form(
        code=f"corrections.{name}",
        title=title,
        domain="corrections",
        template=template or f"corrections/documents/{name}.html",
        schema=schema,
        build=build,
        sample=build(SERVING),
        source=ARCHIVES,
        verified=False,
        level="house",
        number_kind=word,
        layout=layout,
    )


FORMS = (
    _frame("cover", "卷宗封面", "矫卷字", CoverSchema, cover, "cover"),
    _frame("catalogue", "卷内目录", "矫目字", CatalogueSchema, catalogue, "catalogue", TEMPLATE),
    _frame("statement", "卷内备考表", "矫备字", StatementSchema, statement, "letter"),
    _frame("back_cover", "卷宗封底", "矫底字", BackSchema, back_cover, "back"),
)

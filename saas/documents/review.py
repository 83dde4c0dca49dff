"""卷内备考表: the state of a file, who put it together and who checked it, whatever line of work it is of."""

from marshmallow import Schema

from saas.documents.form import Form, Snapshot, Values, text, texts
from saas.documents.wording import day, lines

CODE = "platform.review"


class ReviewSchema(Schema):
    """卷内备考表."""

    unit = text("立卷单位", most=100)
    case_number = text("案件编号", most=60)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    statement = texts("本卷情况说明", empty=0)
    compiler = text("立卷人", most=60)
    checker = text("检查人", most=60)
    compiled_on = text("立卷时间", most=20)


def review(snapshot: Snapshot) -> Values:
    """What a later reader must know of the file.

    Whoever puts the file together says it in ``snapshot.extra``: ``pieces``, ``pages``, ``statement`` (a paragraph to
    a line), ``compiler``, ``checker``, ``compiled_on`` (a day).
    """
    extra = snapshot.extra
    return {
        "unit": snapshot.unit["name"],
        "case_number": snapshot.stored("number"),
        "statement": lines(extra.get("statement")),
        "compiled_on": day(extra.get("compiled_on")),
    } | {name: str(extra.get(name) or "") for name in ("pieces", "pages", "compiler", "checker")}


_SAMPLE = Snapshot(
    tenant={},
    unit={"name": "兴丰司法所"},
    case={"number": "2026000123"},
    extra={
        "pieces": 6,
        "pages": 10,
        "statement": "卷宗封面、卷内目录、封底不编页号。\n第6页为复印件，原件由当事人保存。",
        "compiler": "赵敏",
        "checker": "孙立",
        "compiled_on": "2026-11-06",
    },
)
FORM = Form(
    code=CODE,
    title="卷内备考表",
    domain="platform",
    template="documents/review.html",
    schema=ReviewSchema,
    build=review,
    sample=review(_SAMPLE),
    source="GB/T 9705-2008《文书档案案卷格式》",
    verified=False,
    level="house",
    number_kind="备考字",
    layout="review",
)

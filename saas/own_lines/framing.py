"""The forms around the file of a line of the city's own: cover and catalogue."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from saas.documents.form import Form, Snapshot, Values, rows, text
from saas.documents.wording import day, listed
from saas.domain import VolumeForms

COVER, CATALOGUE = "own.cover", "own.catalogue"
ORDER = VolumeForms(COVER, CATALOGUE, statement="", back="")
SOURCE = "本系统格式，没有规定的格式"
_ROW = ("seq", "title", "pages", "note", "target")
_EXAMPLE = {
    "seq": "1",
    "title": "办理结果告知书",
    "pages": "1",
    "note": "京告字〔2026〕1号",
    "target": "1",
}


class CatalogueRowSchema(Schema):
    """One line of the catalogue; ``target`` is the number of the part it leads to, or empty."""

    seq = text("序号", most=8)
    title = text("文书名称")
    pages = text("页号", most=20)
    note = text("备注", most=100)
    target = text("链接", most=8, printed=False)


class CatalogueSchema(Schema):
    """卷内目录."""

    catalogue = rows(CatalogueRowSchema, "目录", empty=18)


class CoverSchema(Schema):
    """卷宗封面."""

    unit = text("承办机构", most=100)
    matter = text("卷名", needed=True)
    case_number = text("案件编号", most=60)
    handler = text("承办人", most=100)
    opened_on = text("收件日期", most=20)
    closed_on = text("办结日期", most=20)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)


def cover(snapshot: Snapshot) -> Values:
    """The front of the file; who handled the case is whoever took its steps where nobody was named."""
    taken = dict.fromkeys(step["actor"] for step in snapshot.steps[1:])
    return {
        "unit": snapshot.unit["name"],
        "matter": snapshot.stored("title"),
        "case_number": snapshot.stored("number"),
        "handler": snapshot.stored("handler") or listed(taken)[:100],
        "opened_on": day(snapshot.stored("opened_on")),
        "closed_on": day(snapshot.stored("closed_on")),
        "pieces": str(snapshot.extra.get("pieces") or ""),
        "pages": str(snapshot.extra.get("pages") or ""),
    }


def catalogue(snapshot: Snapshot) -> Values:
    """What the file holds; the rows come with the snapshot, from whoever puts the file together."""
    return {"catalogue": [_row(row) for row in snapshot.extra.get("catalogue", ())]}


def _row(row: Mapping[str, Any]) -> Values:
    return {name: str(row.get(name) or "") for name in _ROW}


SAMPLE = Snapshot(
    tenant={},
    unit={"name": "兴丰司法所"},
    case={"title": "冯春分线索登记", "number": "XS-2026-0001", "opened_on": "2026-11-22", "closed_on": "2026-11-25"},
    steps=({"actor": "冯春分"}, {"actor": "石强"}),
    extra={"pieces": 1, "pages": 1, "catalogue": [_EXAMPLE]},
)
FORMS = tuple(
    Form(
        code=code,
        title=title,
        domain="own",
        template=f"documents/{code.replace('.', '_')}.html",
        schema=schema,
        build=build,
        sample=build(SAMPLE),
        source=SOURCE,
        verified=False,
        number_kind="卷字",
        layout=layout,
    )
    for code, title, schema, build, layout in (
        (COVER, "卷宗封面", CoverSchema, cover, "cover"),
        (CATALOGUE, "卷内目录", CatalogueSchema, catalogue, "catalogue"),
    )
)

"""The forms around the file of a line of the city's own: cover and catalogue."""

from marshmallow import Schema

from saas.documents.catalogue import TEMPLATE, CatalogueSchema, catalogue
from saas.documents.form import Form, Snapshot, Values, text
from saas.documents.wording import day, listed
from saas.domain import VolumeForms

COVER, CATALOGUE = "file.cover", "file.catalogue"
"""Codes that no document of a process can have: those begin with ``own.`` or with the name of a line of work."""
ORDER = VolumeForms(COVER, CATALOGUE, statement="", back="")
SOURCE = "本系统格式，没有规定的格式"
_EXAMPLE = {
    "seq": "1",
    "title": "办理结果告知书",
    "pages": "1",
    "note": "京告字〔2026〕1号",
    "target": "1",
}


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
    volume = text("卷别", most=8, printed=False)


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
        "volume": str(snapshot.extra.get("volume") or ""),
    }


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
        template=template,
        schema=schema,
        build=build,
        sample=build(SAMPLE),
        source=SOURCE,
        verified=False,
        number_kind="卷字",
        layout=layout,
    )
    for code, title, template, schema, build, layout in (
        (COVER, "卷宗封面", "documents/own_cover.html", CoverSchema, cover, "cover"),
        (CATALOGUE, "卷内目录", TEMPLATE, CatalogueSchema, catalogue, "catalogue"),
    )
)

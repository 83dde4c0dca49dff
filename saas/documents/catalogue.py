"""The catalogue of a file: the same table whatever line of work the file is of."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from saas.documents.form import Snapshot, Values, rows, text

TEMPLATE = "documents/catalogue.html"


class CatalogueRowSchema(Schema):
    """One line of the catalogue; ``target`` is the number of the part it leads to, or empty."""

    seq = text("序号", most=8)
    title = text("文书名称")
    pages = text("页号", most=20)
    note = text("备注", most=100)
    target = text("链接", most=8, printed=False)


COLUMNS = tuple(CatalogueRowSchema().fields)


class CatalogueSchema(Schema):
    """卷内目录."""

    catalogue = rows(CatalogueRowSchema, "目录", empty=18)
    volume = text("卷别", most=8, printed=False)


def catalogue(snapshot: Snapshot) -> Values:
    """What the file holds; the rows come with the snapshot, from whoever puts the file together."""
    return {
        "catalogue": [_row(row) for row in snapshot.extra.get("catalogue", ())],
        "volume": str(snapshot.extra.get("volume") or ""),
    }


def _row(row: Mapping[str, Any]) -> Values:
    return {name: str(row.get(name) or "") for name in COLUMNS}

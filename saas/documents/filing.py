"""What covers and statements of all files share, whatever is in them: who compiled what, how much, for how long."""

from collections.abc import Sequence

from marshmallow import Schema

from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day, lines

RETENTION = {"permanent": "永久", "y30": "30年", "y10": "10年"}
"""How long a file is kept, as archives name it."""
COMPILING = ("compile",)
"""The step that binds a file where the line of work calls it nothing else."""


class FiledSchema(Schema):
    """Of whichever sheet."""

    case_number = text("案件编号", most=60)
    pieces = text("件数", most=8)
    pages = text("页数", most=8)
    compiler = text("立卷人", most=60)
    compiled_on = text("立卷日期", most=20)


class CoverSchema(FiledSchema):
    """卷宗封面."""

    number = text("卷号", most=80)
    retention = text("保管期限", most=20)
    volume = text("卷别", most=8, printed=False)


class StatementSchema(FiledSchema):
    """卷宗情况说明."""

    number = text("文书编号", most=80)
    statement = texts("卷宗情况说明", needed=True, empty=6)


class CheckedSchema(StatementSchema):
    """卷宗情况说明, looked over by a second person."""

    checker = text("检查人", most=60)


def covered(snapshot: Snapshot, *compiling: str) -> Values:
    """The values of :class:`CoverSchema` but the number; ``compiling`` are the steps that bind the file."""
    return _filed(snapshot, compiling) | {
        "retention": RETENTION.get(snapshot.stored("retention"), ""),
        "volume": str(snapshot.extra.get("volume") or ""),
    }


def stated(snapshot: Snapshot, *compiling: str) -> Values:
    """The values of :class:`StatementSchema` but the number: what a later reader must know of the file."""
    return _filed(snapshot, compiling) | {"statement": lines(snapshot.stored("statement")) or ["无。"]}


def checked(snapshot: Snapshot, *compiling: str) -> Values:
    """The same with who looked it over, which is who archived it."""
    return stated(snapshot, *compiling) | {"checker": snapshot.taken("archive").get("actor", "")}


def _filed(snapshot: Snapshot, compiling: Sequence[str]) -> Values:
    compiled = snapshot.taken(*(compiling or COMPILING))
    return {
        "case_number": snapshot.stored("number"),
        "pieces": str(snapshot.extra.get("pieces") or ""),
        "pages": str(snapshot.extra.get("pages") or ""),
        "compiler": str(compiled.get("actor") or ""),
        "compiled_on": day(compiled.get("on")),
    }

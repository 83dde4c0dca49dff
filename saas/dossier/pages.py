"""The pages without numbers: how the case went, what it rested on, what the audit noted, the notes of each volume."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from saas.documents import render
from saas.dossier.awake import awake
from saas.dossier.frame import printable
from saas.dossier.history import History
from saas.dossier.parts import Part, printed

LAYOUT = "dossier"
ROWS_A_BLOCK = 200  # a very long table costs more than several shorter ones
LINES_A_BLOCK = 60  # and so does a very long preformatted block
LINE = 96  # columns of half a character that fit on a line of the audit extract
COLUMNS = (22, 22, 16, 14)
HEADINGS = ("办理时间", "系统记录时间", "操作", "操作人", "封存号/位置")
INDENT = "　　　"


@dataclass(frozen=True)
class Notes:
    """What the notes of a volume say of it."""

    volume: str
    pieces: int
    pages: int
    compiled: Mapping[str, Any]
    lacking: Sequence[str] = ()
    void: Sequence[Mapping[str, Any]] = ()
    enclosed: Sequence[str] = ()
    obstacles: Sequence[str] = ()
    main: bool = True


@dataclass(frozen=True)
class Pages:
    """Prints the pages of one case into a folder."""

    number: str
    matter: str
    folder: Path

    def appendix(self, history: History) -> list[Part]:
        """What stands behind the volumes; what there is nothing to tell of is left out."""
        blocks = list(_blocks([_step(row) for row in history.timeline]))
        made = [self._page("timeline", "办理过程", {"blocks": blocks})]
        if history.clocks:
            made.append(self._page("clocks", "期限计算", {"clocks": _plain(history.clocks)}))
        if history.decisions:
            made.append(self._page("grounds", "办理依据", {"rows": _plain(history.decisions)}))
        return [*made, self._page("audit", "审计摘录", audit_values(history))]

    def notes(self, notes: Notes) -> Part:
        """卷内备考表: counts, what is missing, void or enclosed, and who compiled and checked, if that is known."""
        values = {
            "volume": notes.volume,
            "pieces": notes.pieces,
            "pages": notes.pages,
            "lacking": list(notes.lacking),
            "void": _plain(notes.void),
            "enclosed": [printable(title) for title in notes.enclosed],
            "obstacles": [printable(sentence) for sentence in notes.obstacles],
            "main": notes.main,
            "compiler": notes.compiled.get("compiler", ""),
            "checker": notes.compiled.get("checker", ""),
            "compiled_on": notes.compiled.get("compiled_on", ""),
        }
        return self._page("review_sheet", "卷内备考表", values)

    def in_place(self, title: str, reason: str, rows: Mapping[str, str]) -> bytes:
        """A sheet that stands in the place of something that is not shown, and says why."""
        told = {"title": printable(title), "reason": reason, "rows": _plain(rows)}
        return _pdf("in_place", title, self._about() | told)

    def _page(self, name: str, title: str, values: Mapping[str, Any]) -> Part:
        return printed(title, _pdf(name, title, {**self._about(), **values}), self.folder, kind=name)

    def _about(self) -> dict[str, Any]:
        return {"number": self.number, "matter": printable(self.matter)}


def audit_values(history: History) -> dict[str, Any]:
    """The audit extract as lines of fixed columns: laid out as tables it would take most of the time of a dossier."""
    lines = [line for row in history.changes for line in _event_lines(row)]
    return {
        "head": _line(*HEADINGS),
        "total": len(history.changes),
        "open": sum(row["seal"] is None for row in history.changes),
        "blocks": ["\n".join(lines[start : start + LINES_A_BLOCK]) for start in range(0, len(lines), LINES_A_BLOCK)],
        "seals": _plain(history.seals),
    }


def _pdf(name: str, title: str, values: Mapping[str, Any]) -> bytes:
    markup = render.page(f"dossier/{name}.html", title, LAYOUT, values)
    return awake(lambda: render.pdf(markup, LAYOUT))


def _blocks(rows: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    for start in range(0, len(rows), ROWS_A_BLOCK):
        yield rows[start : start + ROWS_A_BLOCK]


def _step(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "seq": str(row["seq"]),
        "at": _moment(row["at"]),
        "title": printable(f"{row['title']}{row['void']}"),
        "actor": printable(row["actor"]),
        "role": printable(row["role"]),
        "state": printable(row["state"]),
    }


def _event_lines(row: Mapping[str, Any]) -> Iterator[str]:
    place = f"{row['seal']}/{row['leaf']}" if row["seal"] is not None else "未封存"
    yield _line(_moment(row["at"]), _moment(row["recorded"]), row["title"], row["actor"], place)
    yield from (f"{INDENT}{line}" for line in _wrapped(printable(row["detail"]), LINE - 2 * len(INDENT)))


def _line(*texts: str) -> str:
    """Texts in their columns; the last one may be as long as it likes."""
    padded = (_padded(printable(text), width) for text, width in zip(texts, COLUMNS, strict=False))
    return "".join(padded) + texts[-1]


def _moment(stamp: str) -> str:
    """A moment of the history without its zone, which is the same for all."""
    return stamp.partition("+")[0].replace("T", " ")


def _padded(text: str, width: int) -> str:
    """A text with spaces up to a width, wide ones where they fit; a long one is followed by one space."""
    missing = max(width - _width(text), 1)
    return f"{text}{' ' * (missing % 2)}{'　' * (missing // 2)}"


def _wrapped(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for char in text:
        used += _width(char)
        if used > width:
            yield line
            line, used = "", _width(char)
        line += char
    if line:
        yield line


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value, its texts made printable
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value

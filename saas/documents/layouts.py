"""What the layouts of printed forms share: the red head, the lines at the foot, the levels of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Characters in a line and the size in points at which they fill most of its 156 mm.
HEAD_SIZES = ((8, 52), (9, 46), (10, 42), (12, 35), (14, 30))
SMALLEST_HEAD = 24
DATE = "{date}"
OPEN_DATE = "　　年　月　日"
GAP = re.compile(r"[\t　]+| {2,}")
NUMERALS = "[一二三四五六七八九十百]+"
# A level is a heading of its own line; a sentence that only begins with its number is text.
LEVELS = ((re.compile(f"{NUMERALS}、[^。；]+"), "level-1"), (re.compile(f"（{NUMERALS}）[^。；]+"), "level-2"))


@dataclass(frozen=True)
class Head:
    """发文机关标志 as it is printed: its lines, and the size of its characters in points."""

    lines: tuple[str, ...]
    size: int


def letterhead(text: str) -> Head | None:
    """The red head that fits in one or two lines; a line break in the text stands, else the middle breaks it."""
    written = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not written:
        return None
    lines = _halves(written[0]) if len(written) == 1 else written
    longest = max(len(line) for line in lines)
    return Head(lines, next((size for most, size in HEAD_SIZES if longest <= most), SMALLEST_HEAD))


def colophon(lines: Sequence[str], day: str) -> list[tuple[str, str]]:
    """The lines of the 版记, each with what stands at its left and at its right; ``{date}`` is the day of issue."""
    return [_sides(line, day or OPEN_DATE) for line in lines if line.strip()]


def level(paragraph: str) -> str:
    """The class of a paragraph that is a heading of the first (一、) or the second level (（一）); else empty."""
    return next((name for pattern, name in LEVELS if pattern.fullmatch(paragraph)), "")


def _halves(line: str) -> tuple[str, ...]:
    middle = (len(line) + 1) // 2
    return (line,) if len(line) <= HEAD_SIZES[-1][0] else (line[:middle], line[middle:])


def _sides(line: str, day: str) -> tuple[str, str]:
    left, *right = (part.replace(DATE, day) for part in GAP.split(line.strip(), maxsplit=1))
    return left, "".join(right)

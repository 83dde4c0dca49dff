"""The fonts official forms are printed with, and which characters they have."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from saas.documents.form import strings
from saas.errors import AppError, InvalidInputError

SUFFIXES = (".ttf", ".otf")


class DocumentProblem(AppError):  # noqa: N818 - a problem to be put right by the person, like the other refusals.
    """A form cannot be printed as it should be; the message says what stands in the way."""

    status = 422
    title = "文书不能生成"


def font_files(folder: Path) -> list[Path]:
    """The font files of a folder, in the order of their names."""
    return sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES)


@cache
def characters(folder: Path) -> frozenset[int]:
    """Every code point that some font of the folder can draw.

    Raises:
        DocumentProblem: the folder has no font.
    """
    files = font_files(folder)
    if not files:
        raise DocumentProblem("没有找到打印文书用的字体，请联系系统管理员安装。")
    return frozenset(point for path in files for point in _cmap(path))


def missing(text: str, folder: Path) -> list[str]:
    """The characters of a text that no font can draw, each once, in their order."""
    known = characters(folder)
    return list(dict.fromkeys(char for char in text if not char.isspace() and ord(char) not in known))


def check_coverage(values: object, labels: dict[str, str], folder: Path) -> None:
    """Refuse values with characters that would print as empty boxes.

    Raises:
        InvalidInputError: names the value and the characters.
    """
    faults = dict(_faults(strings(values), labels, folder))
    if faults:
        raise InvalidInputError(faults, "".join(faults.values()))


def _faults(pairs: Iterable[tuple[str, str]], labels: dict[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    for name, text in pairs:
        if absent := missing(text, folder):
            described = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in absent)
            yield name, f"{labels.get(name, name)}中的{described}不能打印，请换成常用的写法。"


def _cmap(path: Path) -> Iterable[int]:
    with TTFont(path, lazy=True) as font:
        found: dict[int, str] = font.getBestCmap()
        return list(found)

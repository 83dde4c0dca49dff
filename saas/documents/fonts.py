"""The fonts official forms are printed with, and which characters they have."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont

from saas.config_parts import ConfigError
from saas.documents.form import strings
from saas.documents.old_codes import MOVED, is_private
from saas.errors import AppError, InvalidInputError

SUFFIXES = (".ttf", ".otf")
COLLECTIONS = (".ttc", ".otc")
FAMILY, TYPOGRAPHIC_FAMILY = 1, 16  # numbers of names in a font
LINE_ENDS = "\t\n\r"
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, marks of direction and joining, halves of characters


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


@cache
def families(folder: Path) -> dict[str, Path]:
    """The file of every family of a folder.

    Raises:
        ConfigError: Two files answer to one name, which prints wrong characters without a word.
    """
    found: dict[str, Path] = {}
    for name, path in ((name, file) for file in font_files(folder) for name in sorted(_names(file))):
        if found.setdefault(name, path) != path:
            raise ConfigError(f"FENGQIAO_FONTS_DIR: {found[name].name} and {path.name} are both called {name}.")
    return found


def check_families(folder: Path) -> None:
    """Refuse fonts that could be taken for one another.

    Raises:
        ConfigError: Names the files.
    """
    if collections := [path.name for path in folder.glob("*") if path.suffix in COLLECTIONS]:
        raise ConfigError(f"FENGQIAO_FONTS_DIR: {collections[0]} holds several fonts; put each into a file of its own.")
    families(folder)


@cache
def digest(folder: Path) -> str:
    """The SHA-256 of all fonts of a folder, to tell what one print was made with from what another was."""
    whole = sha256()
    for path in font_files(folder):
        whole.update(sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def missing(text: str, folder: Path) -> list[str]:
    """The characters of a text that cannot be printed as they should be, each once, in their order."""
    known = characters(folder)
    return [char for char in dict.fromkeys(text) if not _is_printed(char, known)]


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
            yield name, advice(labels.get(name, name), absent)


def advice(label: str, absent: Sequence[str]) -> str:
    """What to do about characters of one value that cannot be printed, a sentence for each kind of them."""
    return "".join(_sentences(label, absent))


def _sentences(label: str, absent: Sequence[str]) -> Iterator[str]:
    """Type them anew, take them out, or write it another way."""
    moved = [char for char in absent if ord(char) in MOVED]
    unseen = [char for char in absent if unicodedata.category(char) in UNSEEN]
    for char in moved:
        right = MOVED[ord(char)]
        yield f"{label}中的{_quoted(char)}是旧编码，请改成“{chr(right)}”（U+{right:04X}）。"
    if unseen:
        yield f"{label}中有看不见的字符（{'、'.join(f'U+{ord(char):04X}' for char in unseen)}），请删除后重新输入。"
    if others := [char for char in absent if char not in moved and char not in unseen]:
        yield f"{label}中的{'、'.join(_quoted(char) for char in others)}不能打印，请换成常用的写法。"


def _quoted(char: str) -> str:
    return f"“{char}”（U+{ord(char):04X}）"


def _is_printed(char: str, known: frozenset[int]) -> bool:
    if is_private(ord(char)):
        # A font may have something there; what it is differs from font to font.
        return False
    kind = unicodedata.category(char)
    return kind == "Zs" or char in LINE_ENDS or (ord(char) in known and kind not in UNSEEN)


@cache
def _names(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        names = font["name"]
        found = (names.getDebugName(FAMILY), names.getDebugName(TYPOGRAPHIC_FAMILY))
        return frozenset(name for name in found if name)


def _cmap(path: Path) -> Iterable[int]:
    with TTFont(path, lazy=True) as font:
        found: dict[int, str] = font.getBestCmap()
        return list(found)

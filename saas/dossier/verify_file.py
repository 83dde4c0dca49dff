"""What a file shows of itself, before any register is asked: its pages, its data and its signature."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf

from saas.dossier import verify_pages, verify_words
from saas.dossier.verify_data import UnreadableError, embedded
from saas.signing import checking
from saas.signing.checking import Checked

ARCHIVE = b"PK\x03\x04"


@dataclass(frozen=True)
class Seen:
    """What was seen of a file.

    Attributes:
        number: The case's, as the file says; None where it does not.
        pages: How many it has; None where it cannot be read.
        problems: What is wrong with it, sentences.
        signature: What was found of its signature.
    """

    number: str | None
    pages: int | None
    problems: tuple[str, ...]
    signature: Checked


def look(file: BinaryIO, trust: Sequence[str] | None) -> Seen:
    """Read a file here, whatever that takes.

    Args:
        file: The file.
        trust: Certificates that are known, PEM; None where nobody could say which.
    """
    signature = checking.check(file, trust)
    about: dict[str, Any] = {"number": None, "pages": None}
    problems = tuple(_problems(file, about))
    return Seen(about["number"], about["pages"], problems, signature)


def _problems(file: BinaryIO, about: dict[str, Any]) -> Iterator[str]:
    """What the file itself shows to be wrong; notes its number and pages."""
    file.seek(0)
    if file.read(len(ARCHIVE)) == ARCHIVE:
        yield verify_words.ARCHIVE
        return
    try:
        with pikepdf.open(file) as opened:
            about["pages"] = len(opened.pages)
            told = embedded(opened)
            about["number"] = told["number"]
            yield from verify_pages.problems(opened, told)
    except UnreadableError as error:
        yield str(error)
    except Exception:  # noqa: BLE001 - a file from outside may break the reader anywhere
        yield verify_words.UNREADABLE

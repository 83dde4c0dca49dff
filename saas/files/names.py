"""Names of attachments as people gave them, made safe to show, store and send."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGEST_NAME = 120  # characters
UNNAMED = "未命名"


def clean_name(name: str) -> str:
    """The last part of a path without control, direction and line characters, at most 120 characters long."""
    composed = unicodedata.normalize("NFC", name.replace("\\", "/"))
    last = composed.rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    return _shorten(" ".join(visible.split()).strip(". ")) or UNNAMED


def extension(name: str) -> str:
    """What follows the last dot, in lower case with its dot; empty when there is none."""
    return PurePosixPath(name).suffix.lower()


def disposition(name: str, *, inline: bool) -> str:
    """A Content-Disposition with the name for every browser (RFC 6266, RFC 8187).

    The plain name is ASCII without quotes; the extended one carries 中文 and is preferred by browsers.
    """
    safe = clean_name(name)
    plain = "".join(letter if letter.isascii() and letter not in '"\\%;' else "_" for letter in safe)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _shorten(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    ending = extension(name)[:10]
    return name[: LONGEST_NAME - len(ending)] + ending

"""Whether a file is the dossier that was exported: signature, pages, embedded data, and what the register knows."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

from saas import clock
from saas.dossier import verify_file, verify_words
from saas.dossier.verify_file import Seen
from saas.signing import pdf
from saas.signing.checking import Checked

UNREADABLE = verify_words.UNREADABLE
NO_DATA = verify_words.NO_DATA
NOT_ASKED = verify_words.NOT_ASKED
NOT_FOUND = verify_words.NOT_FOUND
DIGITS = 64  # of a SHA-256


@dataclass(frozen=True)
class Successor:
    """A newer export of the same case, of the same variant and another content."""

    digest: str
    exported_at: datetime


@dataclass(frozen=True)
class Copy:
    """A copy for somebody, with a watermark: it stands in the register, but it is not the original."""

    taken_by: str
    taken_at: datetime
    digest: str


@dataclass(frozen=True)
class Record:
    """What the register of exports knows of a digest.

    Attributes:
        number: The case's.
        pages: How many the file has.
        exported_by: Who asked for it.
        exported_at: When it was finished.
        unit: The body that handles the case.
        digest: SHA-256 of the whole file.
        content_digest: SHA-256 of its bytes before it was signed.
        superseded_by: The newest export of the case where that is another one.
        copy: Set where the digest that was asked for is that of a copy of this export.
    """

    number: str
    pages: int
    exported_by: str
    exported_at: datetime
    unit: str = ""
    digest: str | None = None
    content_digest: str | None = None
    superseded_by: Successor | None = None
    copy: Copy | None = None


Register = Callable[[Sequence[str]], Record | None]
"""Asked with the digests of a file and of its earlier revisions, the file's first; answers what it knows of one."""

Look = Callable[[BinaryIO, Sequence[str] | None], Seen]
"""Reads a file; told which certificates are known."""


def verify(
    source: bytes | BinaryIO,
    register: Register | None,
    trust: Sequence[str] | None = None,
    *,
    look: Look = verify_file.look,
) -> dict[str, Any]:
    """Judge a file: ``ok, number, pages, exported_by, exported_at, problems`` and what they rest on.

    ``problems`` are sentences for a person; ``ok`` is true only if there are none, so a file whose register could not
    be asked (``register`` is None) is never called the original, and an original that a newer export has superseded is
    not called the dossier of the case. ``verdict`` says which: ``original``, ``superseded``, ``copy``, ``refused``.
    ``digest`` is the SHA-256 of the file, ``registered`` is true, false or, if nobody was asked, None.

    Args:
        source: The file or its bytes.
        register: What asks the registers.
        trust: Certificates that are known, PEM; None where nobody could say which.
        look: What reads it: here, or in a process of its own.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    ends = list(pdf.digests(file))
    record, place = _found(register, ends)
    seen = look(file, trust)
    answer: dict[str, Any] = {"number": seen.number, "pages": seen.pages, "digest": ends[-1][1]}
    # A copy is known by its own digest; its pages bear a name across them and therefore differ from the original's.
    copied = _is_copy(record, ends[-1][1])
    problems = [*(() if copied else seen.problems), *verify_words.signature_problems(seen.signature)]
    problems += _register_problems(answer, record, place, ends, asked=register is not None)
    superseded = _superseded(record)
    answer["content_digest"] = record.content_digest if record else _content_digest(seen.signature, ends)
    return {
        "ok": not problems and not superseded,
        "verdict": _verdict(problems, superseded, is_copy=copied),
        **answer,
        **_registered(record, asked=register is not None),
        "signature": _told(seen.signature),
        "problems": [*problems, *superseded],
        **verify_words.reach(seen.signature, asked=register is not None, found=record is not None),
    }


def _found(register: Register | None, ends: Sequence[tuple[int, str]]) -> tuple[Record | None, int]:
    """What the register knows, and which revision of the file it knows: the longest one."""
    record = register([digest for _, digest in reversed(ends)]) if register else None
    if record is None:
        return None, 0
    known = {record.digest, record.content_digest, record.copy.digest if record.copy else None}
    places = [place for place, (_, digest) in enumerate(ends) if digest in known]
    return record, places[-1] if places else len(ends) - 1


def _register_problems(
    answer: Mapping[str, Any], record: Record | None, place: int, ends: Sequence[tuple[int, str]], *, asked: bool
) -> list[str]:
    if not asked:
        return [NOT_ASKED]
    if record is None:
        return [NOT_FOUND]
    if record.copy is not None:
        whole = _is_copy(record, answer["digest"])
        return [verify_words.copy(record.copy.taken_at, record.digest) if whole else verify_words.COPY_APPENDED]
    found = _difference(record, place, ends)
    if found:
        return [found]
    if record.number != answer["number"] or record.pages != answer["pages"]:
        return [f"登记的是{record.number}，共{record.pages}页，与文件里写的不一致。"]
    return []


def _difference(record: Record, place: int, ends: Sequence[tuple[int, str]]) -> str | None:
    """How a file differs from the registered one although some beginning of it is registered."""
    is_whole, digest = place == len(ends) - 1, ends[place][1]
    if digest == record.digest or record.digest is None:
        return None if is_whole else verify_words.APPENDED
    return verify_words.STRIPPED if is_whole else verify_words.SIGNED_ANEW


def _superseded(record: Record | None) -> list[str]:
    if record is None or record.superseded_by is None:
        return []
    return [verify_words.superseded(record.exported_at, record.superseded_by.exported_at, record.superseded_by.digest)]


def _is_copy(record: Record | None, digest: str) -> bool:
    """Whether a file is a copy that was taken away, all of it and not only its beginning."""
    return record is not None and record.copy is not None and record.copy.digest == digest


def _verdict(problems: Sequence[str], superseded: Sequence[str], *, is_copy: bool) -> str:
    if is_copy and len(problems) == 1:
        return "copy"
    if problems:
        return "refused"
    return "superseded" if superseded else "original"


def _registered(record: Record | None, *, asked: bool) -> dict[str, Any]:
    newer, copy = (record.superseded_by, record.copy) if record else (None, None)
    return {
        "exported_by": record.exported_by if record else None,
        "exported_at": _moment(record.exported_at) if record else None,
        "unit": record.unit or None if record else None,
        "registered": record is not None if asked else None,
        "superseded_by": newer and {"digest": newer.digest, "exported_at": _moment(newer.exported_at)},
        "copy": copy and {**asdict(copy), "taken_at": _moment(copy.taken_at)},
    }


def _told(found: Checked) -> dict[str, Any]:
    about = found.certificate
    return {
        "state": found.state,
        "subject": about.subject if about else None,
        "fingerprint": about.fingerprint if about else None,
        "test": about.is_test if about else None,
        "signed_at": _moment(found.signed_at),
        "stamped_at": _moment(found.stamped_at),
        "trusted": found.trusted,
    }


def _content_digest(signature: Checked, ends: Sequence[tuple[int, str]]) -> str | None:
    """Of a file nobody knows: what stands before its signature, if it has one."""
    if signature.state == "none":
        return ends[-1][1]
    return ends[0][1] if len(ends) > 1 else None


def _moment(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat() if moment else None


def look_up(digest: str, register: Register) -> dict[str, Any]:
    """What the registers know of a digest that somebody typed; nothing is said of any file.

    Args:
        digest: SHA-256 of a file or of what it was before it was signed, as :func:`digest_of` gives it.
        register: What asks the registers.
    """
    record = register([digest])
    copied = _is_copy(record, digest)
    problems = verify_words.known(copy_of=record.digest if record and copied else None, found=record is not None)
    superseded = _superseded(record)
    return {
        "ok": not problems and not superseded,
        "verdict": "registered" if not problems and not superseded else _verdict(problems, superseded, is_copy=copied),
        "number": record.number if record else None,
        "pages": record.pages if record else None,
        "digest": digest,
        "content_digest": record.content_digest if record else None,
        **_registered(record, asked=True),
        "signature": {},
        "problems": [*problems, *superseded],
        **verify_words.REACH_OF_DIGEST,
    }


def digest_of(text: str) -> str | None:
    """A digest somebody typed, without gaps and in small letters; None where it is none."""
    typed = "".join(text.split()).lower()
    return typed if len(typed) == DIGITS and set(typed) <= set("0123456789abcdef") else None

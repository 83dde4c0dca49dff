"""Whether a file is the dossier that was exported, page by page and as a whole."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

import pikepdf
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from saas import clock
from saas.dossier.enclosing import DATA_NAME
from saas.dossier.fingerprint import Fingerprints
from saas.dossier.manifest import FORMAT

FORMATS = ("fengqiao-dossier/1", FORMAT)
VOLUMES = {"sub": "副卷"}
LARGEST_DATA = 50 * 1024 * 1024  # bytes
UNREADABLE = "这个文件打不开，不是完整的 PDF 卷宗。"
NO_DATA = "文件里没有卷宗数据，不是本系统导出的卷宗，或者数据已被去掉。"
NOT_ASKED = "没有查询导出登记，只核对了文件自身，还不能确认是系统导出的原件。"
NOT_FOUND = "导出登记中没有这份文件：它不是系统导出的原件，或者导出后被改动过。"


@dataclass(frozen=True)
class Record:
    """What the register of exports knows of a digest."""

    number: str
    pages: int
    exported_by: str
    exported_at: datetime


Register = Callable[[str], Record | None]


class UnreadableError(ValueError):
    """The file is no dossier; the text says why."""


class PartSchema(Schema):
    """A part as the embedded data tells of it."""

    class Meta:
        """Later versions may say more."""

        unknown = EXCLUDE

    title = fields.String(required=True)
    start = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    number = fields.Integer(required=True, strict=True, allow_none=True)
    volume = fields.String(load_default="main")
    pages = fields.List(fields.String(), required=True)


class DataSchema(Schema):
    """The embedded data as far as verification needs it."""

    class Meta:
        """The facts of the case are not judged here."""

        unknown = EXCLUDE

    format = fields.String(required=True, validate=validate.OneOf(FORMATS))
    number = fields.String(required=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)


def verify(data: bytes, register: Register | None) -> dict[str, Any]:
    """Judge a file: ``ok, number, pages, exported_by, exported_at, problems``.

    ``problems`` are sentences for a person; ``ok`` is true only if there are none, so a file whose
    register could not be asked (``register`` is None) is never called the original. ``digest`` is the
    SHA-256 looked for, ``registered`` is true, false or, if nobody was asked, None.
    """
    digest = hashlib.sha256(data).hexdigest()
    answer: dict[str, Any] = {"number": None, "pages": None, "digest": digest}
    problems = list(_own_problems(data, answer))
    record = register(digest) if register else None
    problems += _register_problems(answer, record, asked=register is not None)
    return {
        "ok": not problems,
        **answer,
        "exported_by": record.exported_by if record else None,
        "exported_at": clock.local(record.exported_at).isoformat() if record else None,
        "registered": None if register is None else record is not None,
        "problems": problems,
    }


def _own_problems(data: bytes, answer: dict[str, Any]) -> Iterator[str]:
    """What the file itself shows to be wrong; notes its number and pages in the answer."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            answer["pages"] = len(pdf.pages)
            told = _embedded(pdf)
            answer["number"] = told["number"]
            yield from _page_problems(pdf, told)
    except UnreadableError as error:
        yield str(error)
    except (pikepdf.PdfError, RecursionError):
        yield UNREADABLE


def _embedded(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    if DATA_NAME not in pdf.attachments:
        raise UnreadableError(NO_DATA)
    try:
        raw = pdf.attachments[DATA_NAME].get_file().read_bytes()
        told: Mapping[str, Any] = DataSchema().load(json.loads(raw[:LARGEST_DATA]))
    except (ValueError, ValidationError, RecursionError) as error:
        raise UnreadableError("文件里的卷宗数据已损坏，不能核对各页。") from error
    return told


def _page_problems(pdf: pikepdf.Pdf, told: Mapping[str, Any]) -> Iterator[str]:
    fingerprints = Fingerprints()
    expected = list(_expected(told))
    present = [fingerprints.of(page) for page in pdf.pages]
    if len(present) == len(expected):
        for (name, fingerprint), found in zip(expected, present, strict=True):
            if found != fingerprint:
                yield f"{name}与制作时不一致。"
    else:
        yield from _differences(expected, present)


def _differences(expected: Sequence[tuple[str, str]], present: Sequence[str]) -> Iterator[str]:
    """Where pages were taken out or put in: the rest is matched, so that only those are named."""
    matcher = SequenceMatcher(None, [fingerprint for _, fingerprint in expected], present, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "delete":
            yield from (f"缺少{name}。" for name, _ in expected[start:end])
        elif kind == "replace":
            yield from (f"{name}与制作时不一致。" for name, _ in expected[start:end])
        if kind in {"insert", "replace"} and new_end - new_start > end - start:
            yield f"多出{new_end - new_start - (end - start)}页（在文件的第{new_start + 1}页处）。"


def _expected(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every page in order: what a person calls it, and its fingerprint when the file was made."""
    for part in told["parts"]:
        volume = VOLUMES.get(part["volume"], "")
        for offset, fingerprint in enumerate(part["pages"]):
            if part["number"] is None:
                yield f"{volume}{part['title']}的第{offset + 1}页", fingerprint
            else:
                yield f"{volume}第{part['number'] + offset}页（{part['title']}）", fingerprint


def _register_problems(answer: Mapping[str, Any], record: Record | None, *, asked: bool) -> list[str]:
    if not asked:
        return [NOT_ASKED]
    if record is None:
        return [NOT_FOUND]
    if record.number != answer["number"] or record.pages != answer["pages"]:
        return [f"登记的是{record.number}，共{record.pages}页，与文件里写的不一致。"]
    return []

"""Whether every page and every embedded file of a dossier is as the data inside say it was when it was made."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import pikepdf

from saas.dossier.enclosing import DATA_NAME
from saas.dossier.fingerprint import Fingerprints

VOLUMES = {"sub": "副卷"}


def problems(pdf: pikepdf.Pdf, told: Mapping[str, Any]) -> Iterator[str]:
    """Each page and embedded file that differs, in a sentence of its own."""
    yield from _pages(pdf, told)
    yield from _attachments(pdf, told)


def _pages(pdf: pikepdf.Pdf, told: Mapping[str, Any]) -> Iterator[str]:
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


def _attachments(pdf: pikepdf.Pdf, told: Mapping[str, Any]) -> Iterator[str]:
    """Files that travel inside beside the data: each must be what was filed, byte for byte, and none may be missing."""
    known = {part["enclosed"]: part["digest"] for part in told["parts"] if part["enclosed"]}
    for name in pdf.attachments:
        if name == DATA_NAME:
            continue
        if name not in known:
            yield f"多出随卷附件“{name}”。"
        elif hashlib.sha256(pdf.attachments[name].get_file().read_bytes()).hexdigest() != known[name]:
            yield f"随卷附件“{name}”与制作时不一致。"
    yield from (f"缺少随卷附件“{name}”。" for name in known if name not in pdf.attachments)

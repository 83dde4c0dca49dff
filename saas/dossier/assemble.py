"""Binds stored parts into one PDF: order, page numbers, bookmarks, links, embedded data; the same bytes every time."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from saas import clock
from saas.dossier import stamp
from saas.dossier.fingerprint import Fingerprints
from saas.errors import AppError
from saas.files import sheets

FORMAT = "fengqiao-dossier/1"
DATA_NAME = "case.json"
DATA_TITLE = "卷宗结构化数据"
PRODUCER = "Fengqiao"
PDF = "application/pdf"
LINK = "https://p.invalid/"  # a link of the catalogue to a numbered page; becomes a place in the file

Progress = Callable[[str], None]


class PartError(AppError):
    """A part cannot be bound; the message names it."""

    title = "卷宗不能制作"


@dataclass(frozen=True)
class Part:
    """Something to be bound: stored bytes with the title the catalogue prints.

    ``own`` tells pages this platform printed, which go in unchanged, from what people uploaded.
    """

    title: str
    data: bytes
    media_type: str = PDF
    own: bool = True
    note: str = ""
    kind: str = "document"
    name: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the stored bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Span:
    """Where a part came to lie: its first and last numbered page."""

    part: Part
    first: int
    last: int


@dataclass(frozen=True)
class Place:
    """A part with the index of its first page in the file, its length, and its first page number if it has any."""

    part: Part
    start: int
    length: int
    number: int | None

    @property
    def label(self) -> str:
        """What the bookmark says."""
        return self.part.title if self.number is None else f"{self.part.title}（第{self.number}页）"


@dataclass
class Body:
    """The numbered pages, laid out but not yet bound."""

    pdf: pikepdf.Pdf
    spans: list[Span] = field(default_factory=list)
    sources: list[pikepdf.Pdf] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many numbered pages there are."""
        return self.spans[-1].last if self.spans else 0


@dataclass(frozen=True)
class Cover:
    """What the bound file says of itself; ``frozen`` is the moment of the case all dates are taken from."""

    number: str
    title: str
    frozen: datetime
    facts: Mapping[str, Any]


def lay(parts: Iterable[Part], progress: Progress = lambda _: None) -> Body:
    """Put the numbered parts one after another, so that the pages of each are known.

    Raises:
        PartError: A part cannot be read; names it.
    """
    body = Body(pikepdf.new())
    for part in parts:
        progress(part.title)
        add(body, part)
    return body


def add(body: Body, part: Part) -> None:
    """Put one more numbered part at the end.

    Raises:
        PartError: It cannot be read.
    """
    before = body.pages
    length = _append(body, part)
    body.spans.append(Span(part, before + 1, before + length))


def bind(body: Body, front: Sequence[Part], tail: Sequence[Part], cover: Cover, font: Path) -> bytes:
    """The whole file: front matter, the numbered pages, and what stands behind them without numbers.

    Raises:
        PartError: A part of the front or tail cannot be read.
    """
    pdf = body.pdf
    front_lengths = [_insert(body, part) for part in reversed(front)][::-1]
    first = sum(front_lengths)
    tail_lengths = [_append(body, part) for part in tail]
    stamp.number_pages(pdf, first, body.pages, font)
    places = _places(body, list(zip(front, front_lengths, strict=True)), list(zip(tail, tail_lengths, strict=True)))
    _link(pdf, first)
    _outline(pdf, places)
    _label(pdf, first, body.pages)
    _describe(pdf, cover, archival=all(place.part.own or place.part.media_type != PDF for place in places))
    _embed(pdf, _manifest(pdf, cover, places), cover.frozen)
    return _saved(body)


def _append(body: Body, part: Part) -> int:
    """How many pages the part added at the end."""
    before = len(body.pdf.pages)
    try:
        if part.media_type != PDF:
            sheets.add_picture(body.pdf, part.data, part.media_type)
        elif part.own:
            body.pdf.pages.extend(_opened(body, part).pages)
        else:
            sheets.add_foreign(body.pdf, part.data)
    except (pikepdf.PdfError, OSError, ValueError, SyntaxError) as error:  # Pillow calls a wrong beginning bad syntax.
        raise PartError(f"“{part.title}”的文件读不出来，请重新上传或重新制作后再试。") from error
    return len(body.pdf.pages) - before


def _insert(body: Body, part: Part) -> int:
    """How many pages the part added in front of everything."""
    pages = list(_opened(body, part).pages)
    for page in reversed(pages):
        body.pdf.pages.insert(0, page)
    return len(pages)


def _opened(body: Body, part: Part) -> pikepdf.Pdf:
    source = pikepdf.open(io.BytesIO(part.data))
    body.sources.append(source)
    return source


def _places(body: Body, front: list[tuple[Part, int]], tail: list[tuple[Part, int]]) -> list[Place]:
    numbered = [(span.part, span.last - span.first + 1, span.first) for span in body.spans]
    unnumbered_front = [(part, length, None) for part, length in front]
    unnumbered_tail = [(part, length, None) for part, length in tail]
    found, start = [], 0
    for part, length, number in [*unnumbered_front, *numbered, *unnumbered_tail]:
        found.append(Place(part, start, length, number))
        start += length
    return found


def _link(pdf: pikepdf.Pdf, first: int) -> None:
    """Make the links of the front matter lead to pages of this file."""
    for page in pdf.pages[:first]:
        for note in page.obj.get("/Annots", Array([])):
            address = str(note.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(LINK):
                del note["/A"]
                target = pdf.pages[first + int(address.removeprefix(LINK)) - 1].obj
                note.Dest = Array([target, Name.XYZ, None, None, None])


def _outline(pdf: pikepdf.Pdf, places: Sequence[Place]) -> None:
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(place.label, place.start) for place in places)


def _label(pdf: pikepdf.Pdf, first: int, numbered: int) -> None:
    """Roman numbers in front, the stamped numbers in the middle, 附-i and so on behind."""
    labels: list[Any] = []
    if first:
        labels += [0, Dictionary(S=Name.r)]
    if numbered:
        labels += [first, Dictionary(S=Name.D, St=1)]
    if len(pdf.pages) > first + numbered:
        labels += [first + numbered, Dictionary(S=Name.r, P=String("附-"))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.Lang = String("zh-CN")


def _manifest(pdf: pikepdf.Pdf, cover: Cover, places: Sequence[Place]) -> bytes:
    fingerprints = Fingerprints()
    parts = [
        {
            "title": place.part.title,
            "kind": place.part.kind,
            "name": place.part.name,
            "media_type": place.part.media_type,
            "digest": place.part.digest,
            "start": place.start,
            "number": place.number,
            "pages": [fingerprints.of(page) for page in pdf.pages[place.start : place.start + place.length]],
        }
        for place in places
    ]
    told = {
        "format": FORMAT,
        "number": cover.number,
        "title": cover.title,
        "frozen_at": clock.local(cover.frozen).isoformat(),
        "case": cover.facts,
        "parts": parts,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _embed(pdf: pikepdf.Pdf, data: bytes, frozen: datetime) -> None:
    stamp_text = _pdf_date(frozen)
    attached = pikepdf.AttachedFileSpec(
        pdf,
        data,
        filename=DATA_NAME,
        description=DATA_TITLE,
        mime_type="application/json",
        creation_date=stamp_text,
        mod_date=stamp_text,
    )
    attached.relationship = Name.Data
    pdf.attachments[DATA_NAME] = attached
    pdf.Root.AF = Array([pdf.attachments[DATA_NAME].obj])


def _describe(pdf: pikepdf.Pdf, cover: Cover, *, archival: bool) -> None:
    """Title and dates; the archival standard is claimed only where no foreign PDF was drawn in."""
    moment = clock.local(cover.frozen).isoformat()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["dc:title"] = cover.title
        about["pdf:Producer"] = PRODUCER
        about["xmp:CreatorTool"] = PRODUCER
        about["xmp:CreateDate"] = moment
        about["xmp:ModifyDate"] = moment
        if archival:
            about["pdfaid:part"] = "3"
            about["pdfaid:conformance"] = "B"
    for name, text in (("/Title", cover.title), ("/Producer", PRODUCER), ("/Creator", PRODUCER)):
        pdf.docinfo[name] = String(text)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String(_pdf_date(cover.frozen))


def _pdf_date(moment: datetime) -> str:
    return clock.local(moment).strftime("D:%Y%m%d%H%M%S+08'00'")


def _saved(body: Body) -> bytes:
    _keep_colour(body)
    made = io.BytesIO()
    body.pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for source in body.sources:
        source.close()
    return made.getvalue()


def _keep_colour(body: Body) -> None:
    """Take over what our own prints say of their colours, once for the whole file."""
    for source in body.sources:
        intents = source.Root.get("/OutputIntents")
        if intents is not None:
            body.pdf.Root.OutputIntents = body.pdf.copy_foreign(source.make_indirect(intents))
            return

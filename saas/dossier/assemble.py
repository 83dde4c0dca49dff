"""Binds what was laid out into one PDF on the disk: order, page numbers, bookmarks, links, embedded data.

The same parts always give the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf

from saas.dossier import enclosing, finding, manifest, metadata, stamp, watermark
from saas.dossier.parts import Body, Part, PartError, Place, VolumeCode
from saas.dossier.sheaves import opened


@dataclass(frozen=True)
class Volume:
    """One volume: what stands before its numbered pages, these, and what stands behind them."""

    code: VolumeCode
    title: str
    body: Body
    front: Sequence[Part] = ()
    back: Sequence[Part] = ()


@dataclass(frozen=True)
class Cover:
    """What the bound file says of itself.

    Attributes:
        number: Of the case.
        title: Of the file.
        frozen: The moment of the case that all dates are taken from.
        told: What the embedded data says besides the parts; see dossier.schema.json.
        archival: Whether the file may be called PDF/A-3b.
        mark: What stands at the head of every page and across it; None on a full dossier.
    """

    number: str
    title: str
    frozen: datetime
    told: Mapping[str, Any]
    archival: bool
    mark: tuple[str, str] | None = None


@dataclass
class _Bound:
    """The file under way: its places, per volume the index of its first numbered page, and how far it is bound."""

    pdf: pikepdf.Pdf
    reached: int = 0
    places: list[Place] = field(default_factory=list)
    starts: dict[VolumeCode, int] = field(default_factory=dict)


def bind(pile: Path, volumes: Sequence[Volume], tail: Sequence[Part], cover: Cover, font: Path, out: Path) -> int:
    """Write the whole file and say how many pages it has: the volumes, and what stands behind them without numbers.

    Args:
        pile: The numbered pages of all volumes one after another.
        volumes: How they are divided, and what frames them.
        tail: What stands behind.
        cover: What the file says of itself.
        font: Where the digits of page numbers are cut from.
        out: Where it is written.

    Raises:
        PartError: Something that was printed for it cannot be read.
    """
    with opened(pile) as pdf:
        bound = _Bound(pdf)
        for volume in volumes:
            _add_volume(bound, volume)
        for part in tail:
            _insert(bound, part, "appendix")
        _finish(bound, volumes, cover, font)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(pdf.pages)


def _finish(bound: _Bound, volumes: Sequence[Volume], cover: Cover, font: Path) -> None:
    """Numbers, ways to find things, and what the file says of itself."""
    pdf, places = bound.pdf, bound.places
    stamp.number_pages(pdf, [(bound.starts[volume.code], volume.body.pages) for volume in volumes], font)
    if cover.mark is not None:
        watermark.mark_pages(pdf, *cover.mark, font)
    finding.link(pdf, places, bound.starts)
    finding.outline(pdf, places, {volume.code: volume.title for volume in volumes})
    finding.label(pdf, places)
    metadata.describe(pdf, cover.title, cover.frozen, part=3 if cover.archival else None)
    data = manifest.told(pdf, cover.told, places, number=cover.number, title=cover.title, frozen=cover.frozen)
    enclosing.enclose(pdf, data, places, cover.frozen)


def _add_volume(bound: _Bound, volume: Volume) -> None:
    for part in volume.front:
        _insert(bound, part, volume.code)
    start = bound.starts[volume.code] = bound.reached
    bound.places += [
        Place(span.part, volume.code, start + span.first - 1, span.last - span.first + 1, span.first)
        for span in volume.body.spans
    ]
    bound.reached += volume.body.pages
    for part in volume.back:
        _insert(bound, part, volume.code)


def _insert(bound: _Bound, part: Part, volume: VolumeCode) -> None:
    """Put in pages that were printed for this file; what they say of their colours is taken over once."""
    try:
        with pikepdf.open(part.path) as source:
            length = len(source.pages)
            for offset, page in enumerate(source.pages):
                bound.pdf.pages.insert(bound.reached + offset, page)
            _take_over_colours(bound.pdf, source)
    except pikepdf.PdfError as error:
        raise PartError(f"“{part.title}”的文件读不出来，请重新制作后再试。") from error
    bound.places.append(Place(part, volume, bound.reached, length, None))
    bound.reached += length


def _take_over_colours(pdf: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    intents = source.Root.get("/OutputIntents")
    if intents is not None and "/OutputIntents" not in pdf.Root:
        pdf.Root.OutputIntents = pdf.copy_foreign(source.make_indirect(intents))

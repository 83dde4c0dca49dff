"""Binds what was laid out into one PDF on the disk: order, page numbers, bookmarks, links, embedded data.

The same parts always give the same bytes.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf

from saas.dossier import enclosing, finding, manifest, metadata, stamp, watermark
from saas.dossier.parts import Body, Part, PartError, Place, VolumeCode


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
    """The file under way: its places, and per volume the index of its first numbered page."""

    pdf: pikepdf.Pdf
    sources: ExitStack
    places: list[Place] = field(default_factory=list)
    starts: dict[VolumeCode, int] = field(default_factory=dict)


def bind(volumes: Sequence[Volume], tail: Sequence[Part], cover: Cover, font: Path, out: Path) -> int:
    """Write the whole file and say how many pages it has: the volumes, and what stands behind them without numbers.

    Raises:
        PartError: Something that was printed for it cannot be read.
    """
    with ExitStack() as sources, pikepdf.new() as pdf:
        bound = _Bound(pdf, sources)
        for volume in volumes:
            _add_volume(bound, volume)
        for part in tail:
            _add_whole(bound, part, "appendix")
        numbered = [(bound.starts[volume.code], volume.body.pages) for volume in volumes]
        stamp.number_pages(pdf, numbered, font)
        if cover.mark is not None:
            watermark.mark_pages(pdf, *cover.mark, font)
        finding.link(pdf, bound.places, bound.starts)
        finding.outline(pdf, bound.places, {volume.code: volume.title for volume in volumes})
        finding.label(pdf, bound.places)
        metadata.describe(pdf, cover.title, cover.frozen, part=3 if cover.archival else None)
        data = manifest.told(pdf, cover.told, bound.places, number=cover.number, title=cover.title, frozen=cover.frozen)
        enclosing.enclose(pdf, data, bound.places, cover.frozen, sources)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(pdf.pages)


def _add_volume(bound: _Bound, volume: Volume) -> None:
    for part in volume.front:
        _add_whole(bound, part, volume.code)
    start = bound.starts[volume.code] = len(bound.pdf.pages)
    for path in volume.body.sheaves:
        bound.pdf.pages.extend(_opened(bound, path).pages)
    bound.places += [
        Place(span.part, volume.code, start + span.first - 1, span.last - span.first + 1, span.first)
        for span in volume.body.spans
    ]
    for part in volume.back:
        _add_whole(bound, part, volume.code)


def _add_whole(bound: _Bound, part: Part, volume: VolumeCode) -> None:
    """Put pages that were printed for this file at the end; what they say of their colours is taken over once."""
    start = len(bound.pdf.pages)
    try:
        source = _opened(bound, part.path)
    except pikepdf.PdfError as error:
        raise PartError(f"“{part.title}”的文件读不出来，请重新制作后再试。") from error
    bound.pdf.pages.extend(source.pages)
    bound.places.append(Place(part, volume, start, len(bound.pdf.pages) - start, None))
    intents = source.Root.get("/OutputIntents")
    if intents is not None and "/OutputIntents" not in bound.pdf.Root:
        bound.pdf.Root.OutputIntents = bound.pdf.copy_foreign(source.make_indirect(intents))


def _opened(bound: _Bound, path: Path) -> pikepdf.Pdf:
    return bound.sources.enter_context(pikepdf.open(path))

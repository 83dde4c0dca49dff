"""How people find their way in a bound file: links of the catalogue, bookmarks, labels of pages."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from saas.dossier.parts import Place, VolumeCode

LINK = "https://p.invalid/"  # a link of the catalogue to a numbered page; becomes a place in the file
APPENDIX = "附页"
PREFIXES: Mapping[tuple[VolumeCode, str], tuple[Name, str]] = {
    ("main", "front"): (Name.r, ""),
    ("main", "numbered"): (Name.D, ""),
    ("main", "back"): (Name.r, "尾-"),
    ("sub", "front"): (Name.r, "副-"),
    ("sub", "numbered"): (Name.D, "副-"),
    ("sub", "back"): (Name.r, "副尾-"),
    ("appendix", "back"): (Name.D, "附-"),
}
"""How pages are counted by volume and by where in it they stand: the style of the number, and what stands before it."""


def link(pdf: pikepdf.Pdf, places: Sequence[Place], starts: Mapping[VolumeCode, int]) -> None:
    """Make the links of each volume's front matter lead to the numbered pages of that volume."""
    for place in places:
        if place.number is None and place.volume in starts and place.start < starts[place.volume]:
            for page in pdf.pages[place.start : place.start + place.length]:
                _link_page(pdf, page.obj, starts[place.volume])


def _link_page(pdf: pikepdf.Pdf, page: pikepdf.Object, first: int) -> None:
    for note in page.get("/Annots", Array([])):
        address = str(note.get("/A", Dictionary()).get("/URI", ""))
        if address.startswith(LINK):
            del note["/A"]
            target = pdf.pages[first + int(address.removeprefix(LINK)) - 1].obj
            note.Dest = Array([target, Name.XYZ, None, None, None])


def outline(pdf: pikepdf.Pdf, places: Sequence[Place], titles: Mapping[VolumeCode, str]) -> None:
    """A bookmark for each volume and, below it, for each of its parts."""
    with pdf.open_outline() as made:
        for volume, inside in groupby(places, key=lambda place: place.volume):
            listed = list(inside)
            item = OutlineItem(titles.get(volume, APPENDIX), listed[0].start)
            item.children.extend(OutlineItem(place.label, place.start) for place in listed)
            made.root.append(item)


def label(pdf: pikepdf.Pdf, places: Sequence[Place]) -> None:
    """Give every page the name viewers show: its stamped number, or a roman one before and behind numbered pages."""
    runs: list[Any] = []
    for (volume, where), start in _runs(places):
        style, prefix = PREFIXES[volume, where]
        runs += [start, Dictionary(S=style, St=1, P=String(prefix)) if prefix else Dictionary(S=style, St=1)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(runs))


def _runs(places: Sequence[Place]) -> Iterator[tuple[tuple[VolumeCode, str], int]]:
    """Where pages begin to be counted anew."""
    ended: set[VolumeCode] = set()
    known: tuple[VolumeCode, str] | None = None
    numbered = {place.volume for place in places if place.number is not None}
    for place in places:
        if place.number is not None:
            ended.add(place.volume)
            found = (place.volume, "numbered")
        else:
            found = (place.volume, "back" if place.volume in ended or place.volume not in numbered else "front")
        if found != known:
            known = found
            yield found, place.start

"""Files that travel inside the PDF: the case as data, and what could not be shown as pages."""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from saas import clock
from saas.dossier.manifest import enclosed_name
from saas.dossier.parts import Place

DATA_NAME = "case.json"
DATA_TITLE = "卷宗结构化数据"


def enclose(pdf: pikepdf.Pdf, data: bytes, places: Sequence[Place], frozen: datetime, sources: ExitStack) -> None:
    """Enclose the data and every original that has only a sheet in its place; all are associated with the file."""
    found = {DATA_NAME: _data(pdf, data, frozen)}
    for place in places:
        if place.part.filed.enclosed is not None:
            found[enclosed_name(place)] = _original(pdf, place, frozen, sources)
    names = [entry for name in sorted(found) for entry in (String(name), found[name])]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))
    pdf.Root.AF = Array([found[name] for name in sorted(found)])


def pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it, in the city's zone."""
    return clock.local(moment).strftime("D:%Y%m%d%H%M%S+08'00'")


def _data(pdf: pikepdf.Pdf, data: bytes, frozen: datetime) -> pikepdf.Object:
    stream = _stream(pdf, data, "application/json", frozen)
    return _specification(pdf, stream, DATA_NAME, DATA_TITLE, Name.Data)


def _original(pdf: pikepdf.Pdf, place: Place, frozen: datetime, sources: ExitStack) -> pikepdf.Object:
    """Carried over from a PDF of its own on the disk, so that of many originals one at a time is in memory."""
    filed = place.part.filed
    assert filed.enclosed is not None
    carrier_path = Path(f"{filed.enclosed}.carrier")
    with pikepdf.new() as carrier:
        carrier.Root.Carried = _stream(carrier, filed.enclosed.read_bytes(), filed.media_type, frozen)
        carrier.save(carrier_path, deterministic_id=True)
    source = sources.enter_context(pikepdf.open(carrier_path))
    stream = pdf.copy_foreign(source.Root.Carried)
    return _specification(pdf, stream, enclosed_name(place), place.part.title, Name.Source)


def _stream(pdf: pikepdf.Pdf, data: bytes, media_type: str, frozen: datetime) -> pikepdf.Object:
    stream = Stream(pdf, data)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name(f"/{media_type}")
    checksum = hashlib.md5(data, usedforsecurity=False).digest()  # as ISO 32000 prescribes
    stamped = String(pdf_date(frozen))
    stream.Params = Dictionary(Size=len(data), CheckSum=String(checksum), CreationDate=stamped, ModDate=stamped)
    return pdf.make_indirect(stream)


def _specification(
    pdf: pikepdf.Pdf, stream: pikepdf.Object, name: str, title: str, relationship: Name
) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(title),
            AFRelationship=relationship,
            EF=Dictionary(F=stream, UF=stream),
        )
    )

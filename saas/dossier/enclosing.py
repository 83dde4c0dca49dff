"""Files that travel inside the PDF: the case as data, and what could not be shown as pages."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from saas import clock
from saas.dossier.manifest import enclosed_name
from saas.dossier.parts import Original, Place

DATA_NAME = "case.json"
DATA_TITLE = "卷宗结构化数据"
CARRIED = "/FqCarried"  # where the pile keeps originals until they are enclosed


def carry(pdf: pikepdf.Pdf, original: Original) -> int:
    """Lay an original into the pile, where it is read from the disk like everything else; its size in bytes."""
    assert original.enclosed is not None
    data = original.enclosed.read_bytes()
    if CARRIED not in pdf.Root:
        pdf.Root[CARRIED] = Dictionary()
    pdf.Root[CARRIED][f"/{original.digest}"] = _stream(pdf, data, original.media_type)
    return len(data)


def enclose(pdf: pikepdf.Pdf, data: bytes, places: Sequence[Place], frozen: datetime) -> None:
    """Enclose the data and every original that has only a sheet in its place; all are associated with the file."""
    made = _stream(pdf, data, "application/json")
    found = {DATA_NAME: _specification(pdf, made, DATA_NAME, DATA_TITLE, Name.Data)}
    for place in places:
        if place.part.filed.enclosed is not None:
            stream = pdf.Root[CARRIED][f"/{place.part.filed.digest}"]
            name = enclosed_name(place)
            found[name] = _specification(pdf, stream, name, place.part.title, Name.Source)
    for one in found.values():
        one.EF.F.Params.CreationDate = one.EF.F.Params.ModDate = String(pdf_date(frozen))
    if CARRIED in pdf.Root:
        del pdf.Root[CARRIED]
    names = [entry for name in sorted(found) for entry in (String(name), found[name])]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))
    pdf.Root.AF = Array([found[name] for name in sorted(found)])


def pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it, in the city's zone."""
    return clock.local(moment).strftime("D:%Y%m%d%H%M%S+08'00'")


def _stream(pdf: pikepdf.Pdf, data: bytes, media_type: str) -> pikepdf.Object:
    stream = Stream(pdf, data)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name(f"/{media_type}")
    checksum = hashlib.md5(data, usedforsecurity=False).digest()  # as ISO 32000 prescribes
    stream.Params = Dictionary(Size=len(data), CheckSum=String(checksum))
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

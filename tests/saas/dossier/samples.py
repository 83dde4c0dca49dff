"""Parts of a file, made small, and what they are bound into."""

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream, String

from saas.dossier import assemble, sheaves
from saas.dossier.assemble import Cover, Volume
from saas.dossier.binding import TITLES
from saas.dossier.finding import LINK
from saas.dossier.parts import Part
from saas.dossier.verify import Record, Register
from saas.files import sheets
from tests.saas.files import samples

NUMBER = "2026000123"
FROZEN = datetime(2026, 11, 20, 3, tzinfo=UTC)


def print_of(text: str, pages: int = 1, links: tuple[int, ...] = ()) -> bytes:
    """A print of our own: its text on every page, links to numbered pages on the first."""
    with pikepdf.new() as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, pages + 1):
            made.add_blank_page(page_size=(595, 842))
            page = made.pages[-1].obj
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents = Stream(made, f"BT /F 12 Tf 100 400 Td ({text} {number}) Tj ET".encode())
        made.pages[0].obj.Annots = Array([made.make_indirect(_link(target)) for target in links])
        return samples.saved(made)


def part(
    folder: Path, title: str, data: bytes, media_type: str = "application/pdf", *, own: bool = True, note: str = ""
) -> Part:
    """A part lying in the folder; a PDF from elsewhere as sheets."""
    digest = hashlib.sha256(data).hexdigest()
    path = folder / f"{digest}-{own}"
    if own or media_type != "application/pdf" or not data.startswith(b"%PDF"):
        path.write_bytes(data)
    else:
        sheets.clean(io.BytesIO(data), path)
    return Part(title, path, digest, media_type, own, note, kind="document" if own else "file", name=title)


def parts(folder: Path) -> list[Part]:
    """Six pieces on eight pages: forms, pictures, and a PDF from elsewhere."""
    return [
        part(folder, "申请书", print_of("application", 2), note="第1号"),
        part(folder, "身份证", samples.jpeg((600, 400), noted=True), "image/jpeg", own=False),
        part(folder, "现场照片", samples.jpeg((2400, 3000), turned=True, noted=True), "image/jpeg", own=False),
        part(folder, "截图", samples.png(), "image/png", own=False),
        part(folder, "合同", print_of("contract", 2), own=False),
        part(folder, "协议书", print_of("agreement")),
    ]


def volume(folder: Path, pieces: list[Part], code: Literal["main", "sub"] = "main") -> Volume:
    """A volume whose catalogue links to the first page of every piece."""
    body = sheaves.lay(pieces, folder, code)
    links = tuple(span.first for span in body.spans)
    front = [
        part(folder, "卷宗封面", print_of("cover")),
        part(folder, "卷内目录", print_of("catalogue", links=links)),
    ]
    return Volume(code, TITLES[code], body, front, [part(folder, "卷内备考表", print_of("notes"))])


def dossier(font: Path, folder: Path, pieces: list[Part] | None = None, inner: list[Part] | None = None) -> bytes:
    """A whole file: a volume of the pieces, a second one of the inner pieces if there are any, and a page behind."""
    volumes = [volume(folder, parts(folder) if pieces is None else pieces)]
    volumes += [volume(folder, inner, "sub")] if inner else []
    obstacles = [obstacle.sentence for one in volumes for obstacle in one.body.obstacles]
    told = {"variant": "full", "case": {"title": "邻里纠纷"}}
    cover = Cover(NUMBER, "卷宗", FROZEN, told, archival=not obstacles)
    assemble.bind(volumes, [part(folder, "办理过程", print_of("timeline"))], cover, font, folder / "out.pdf")
    return (folder / "out.pdf").read_bytes()


def told(data: bytes) -> dict[str, Any]:
    """What a file says of itself."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: dict[str, Any] = json.loads(pdf.attachments["case.json"].get_file().read_bytes())
    return found


def texts(data: bytes) -> list[str]:
    """The text of every page."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [_text(pdf, index) for index in range(len(pdf))]
    finally:
        pdf.close()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A file after somebody worked on it and saved it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def register_of(data: bytes, pages: int = 12) -> Register:
    """A register that knows one file."""
    known = hashlib.sha256(data).hexdigest()

    def ask(digests: Sequence[str]) -> Record | None:
        return Record(NUMBER, pages, "王秀英", FROZEN, digest=known) if known in digests else None

    return ask


def _link(target: int) -> Dictionary:
    action = Dictionary(S=Name.URI, URI=String(f"{LINK}{target}"))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 10, 10]), A=action)


def _text(pdf: pypdfium2.PdfDocument, index: int) -> str:
    page = pdf[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()

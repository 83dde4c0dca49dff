"""Parts of a file, made small, and what they are bound into."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream, String

from saas.dossier import assemble
from saas.dossier.assemble import Body, Cover, Part
from saas.dossier.verify import Record, Register
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


def parts() -> list[Part]:
    """Six pieces on eight pages: forms, pictures, and a PDF from elsewhere."""
    return [
        Part("申请书", print_of("application", 2), note="第1号"),
        Part("身份证", samples.jpeg((600, 400), noted=True), "image/jpeg", own=False, kind="file"),
        Part("现场照片", samples.jpeg((2400, 3000), turned=True, noted=True), "image/jpeg", own=False, kind="file"),
        Part("截图", samples.png(), "image/png", own=False, kind="file"),
        Part("合同", print_of("contract", 2), own=False, kind="file"),
        Part("协议书", print_of("agreement")),
    ]


def catalogue(body: Body) -> Part:
    """A catalogue that links to the first page of every piece."""
    return Part("卷内目录", print_of("catalogue", links=tuple(span.first for span in body.spans)))


def dossier(font: Path, pieces: list[Part] | None = None) -> bytes:
    """A whole file."""
    body = assemble.lay(pieces if pieces is not None else parts())
    front = [Part("卷宗封面", print_of("cover")), catalogue(body)]
    tail = [Part("封底", print_of("back")), Part("卷内备考表", print_of("notes"))]
    return assemble.bind(body, front, tail, Cover(NUMBER, "卷宗", FROZEN, {"title": "邻里纠纷"}), font)


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
    digest = assemble.Part("", data).digest

    def ask(digests: Sequence[str]) -> Record | None:
        return Record(NUMBER, pages, "王秀英", FROZEN, digest=digest) if digest in digests else None

    return ask


def _link(target: int) -> Dictionary:
    action = Dictionary(S=Name.URI, URI=String(f"{assemble.LINK}{target}"))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 10, 10]), A=action)


def _text(pdf: pypdfium2.PdfDocument, index: int) -> str:
    page = pdf[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()

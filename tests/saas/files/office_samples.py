"""Packages as people send them: documents, tables and OFD that are fine, and some that mean harm."""

import io
import zipfile
from collections.abc import Mapping

import openpyxl

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFD_NAMESPACE = "http://www.ofdspec.org/2016"

Parts = Mapping[str, str | bytes]


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def types(main: str = WORD, more: str = "") -> str:
    """The list of kinds of content."""
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    )


def relations(*found: tuple[str, str, str]) -> str:
    """A part of relations: type, target, mode of each."""
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE_RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(found)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def text(inside: str = "<w:p><w:r><w:t>情况说明</w:t></w:r></w:p>") -> str:
    """The main part."""
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


PARTS: Parts = {
    "[Content_Types].xml": types(),
    "_rels/.rels": relations(("officeDocument", "word/document.xml", "Internal")),
    "word/document.xml": text(),
    "word/_rels/document.xml.rels": relations(("hyperlink", "https://www.example.com/", "External")),
}


def docx(more: Parts | None = None) -> bytes:
    """A document with a link, some parts replaced or added."""
    return packed({**PARTS, **(more or {})})


def related(*found: tuple[str, str, str]) -> bytes:
    """A document whose text relates to something."""
    return docx({"word/_rels/document.xml.rels": relations(*found)})


def xlsx() -> bytes:
    """A table as a program writes it."""
    book = openpyxl.Workbook()
    book.create_sheet("清单", 0).append(["姓名", "金额"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ofd(namespace: str = OFD_NAMESPACE, first: str = "OFD.xml") -> bytes:
    """The outermost part of an OFD, and something else."""
    root = f'<ofd:OFD xmlns:ofd="{namespace}" Version="1.0" DocType="OFD"><ofd:DocBody/></ofd:OFD>'
    return packed({first: root, "Doc_0/Document.xml": "<not-even-read"})


def bomb(megabytes: int, ratio_hidden_in: int = 1) -> bytes:
    """A document with so much of nothing in it, in one entry or in several."""
    each = megabytes // ratio_hidden_in
    return docx({f"word/media/image{n}.bin": bytes(each << 20) for n in range(ratio_hidden_in)})


def lying_bomb() -> bytes:
    """A document whose directory says ten bytes of an entry that holds a hundred megabytes."""
    made = bytearray(docx({"word/media/big.bin": bytes(100 << 20)}))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        size = archive.getinfo("word/media/big.bin").file_size
    at = -1
    for _ in range(made.count(size.to_bytes(4, "little"))):
        at = made.index(size.to_bytes(4, "little"), at + 1)
        made[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(made)


def many_entries() -> bytes:
    """A document of many thousand empty parts."""
    return docx({f"word/media/{n}.xml": "" for n in range(6_000)})


def misplaced() -> bytes:
    """A package whose end says that its list begins behind where it does."""
    whole = bytearray(docx())
    at = len(whole) - 6
    whole[at : at + 4] = (int.from_bytes(whole[at : at + 4], "little") + 1).to_bytes(4, "little")
    return bytes(whole)


def encrypted() -> bytes:
    """A document one entry of which is marked as locked."""
    made = bytearray(docx())
    local, central = made.index(b"PK\x03\x04"), made.index(b"PK\x01\x02")
    made[local + 6] |= 1
    made[central + 8] |= 1
    return bytes(made)


def doubled() -> bytes:
    """A document with two parts of one name in different letters."""
    return docx({"word/Document.xml": text()})


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
MACRO = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}

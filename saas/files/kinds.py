"""The kinds of files that are taken: how they are called, how they begin, and what can be done with them."""

from collections.abc import Mapping

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"

TYPES: Mapping[str, str] = {
    ".pdf": PDF,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".png": PNG,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".ofd": OFD,
}
"""Media types by the ending of a name; what is not here is not taken."""

TITLES: Mapping[str, str] = {
    PDF: "PDF",
    JPEG: "JPG 图片",
    PNG: "PNG 图片",
    DOCX: "Word 文档（DOCX）",
    XLSX: "Excel 表格（XLSX）",
    OFD: "OFD 版式文件",
}

IMAGE, OFFICE = "image", "office"
KINDS: Mapping[str, str] = {PDF: "pdf", JPEG: IMAGE, PNG: IMAGE, DOCX: OFFICE, XLSX: OFFICE, OFD: "ofd"}
"""What is done alike with several media types."""

SHOWN = frozenset({PDF, JPEG, PNG})
"""What a browser may show instead of saving it."""

NAMED = "PDF、JPG、PNG、Word（DOCX）、Excel（XLSX）或 OFD"
"""The kinds in words, for the pages where files are chosen and for refusals."""

ACCEPT = ",".join(TYPES)
"""The same for a browser's dialogue."""

ZIP_BEGINNING = b"PK\x03\x04"


def begins_like(media_type: str, data: bytes) -> bool:
    """Whether the first bytes fit; a PDF's may be preceded by up to 1,024 others (ISO 32000-1, annex H)."""
    if media_type == PDF:
        return b"%PDF-" in data[:1024]
    if media_type == JPEG:
        return data.startswith(b"\xff\xd8\xff")
    return data.startswith(b"\x89PNG\r\n\x1a\n" if media_type == PNG else ZIP_BEGINNING)

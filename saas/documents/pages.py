"""What can be read back from a printed form: its pages and their text."""

from pathlib import Path

import pypdfium2


def count_pages(data: bytes | Path) -> int:
    """How many pages a PDF has, given as bytes or as a file of the disk."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return len(pdf)
    finally:
        pdf.close()


def page_texts(data: bytes) -> list[str]:
    """The text of each page of a PDF."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()

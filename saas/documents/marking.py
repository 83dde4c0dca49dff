"""The mark on a print that counts no longer, put on when it is taken away; the stored bytes stay as they are."""

import io

import pikepdf

from saas import clock
from saas.documents import render
from saas.documents.models import Document
from saas.text import chinese_date

TEMPLATE = "documents/mark.html"
LAYOUT = "mark"


def marked_void(document: Document, data: bytes) -> bytes:
    """The print of a void document with 作废 across every page; a signature in it holds no longer."""
    day = chinese_date(clock.local(document.voided_at).date()) if document.voided_at else ""
    values = {"word": "作废", "line": f"本文书已于{day}作废，编号：{document.number}"}
    markup = render.page(TEMPLATE, document.title, LAYOUT, values)
    return _laid_over(data, render.pdf(markup, LAYOUT))


def _laid_over(data: bytes, mark: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(io.BytesIO(mark)) as above:
        for page in pdf.pages:
            page.add_overlay(above.pages[0], pikepdf.Rectangle(page.mediabox))
        pdf.save(made)
    return made.getvalue()

"""Issued documents as they are printed: one from what was frozen with it, those of a case in one go."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pikepdf

from saas.documents import queries, render
from saas.documents.designs import seals
from saas.documents.dress import Dress
from saas.documents.models import Document
from saas.errors import ConflictError, NotFoundError
from saas.files import store
from saas.signing.pdf import content_of

MOST_PAGES = 120  # in one go; some five seconds
NOTHING = "这个案件还没有制作好的文书。"
TOO_MANY = "已制作的文书共有 {pages} 页，超过 {most} 页，不能一次打印。请逐份打开打印，或者导出卷宗。"


def markup_of(document: Document, values: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """The HTML of a document and its layout, from the values frozen with it unless others are given.

    Raises:
        AppError: its form or its seal is gone, or the template lacks a value.
    """
    form, dress = queries.form_of(document), Dress.of(document.dress)
    shown = document.values if values is None else values
    return render.html(form, shown, dress=dress, seal=seals.address(dress)), form.layout


def list_ready(case_id: UUID) -> list[Document]:
    """The documents of a case that can be put on paper in one go, oldest first.

    Raises:
        NotFoundError: there is none.
        ConflictError: they have too many pages.
    """
    found = [one for one in queries.list_documents(case_id) if one.state == "ready"]
    if not found:
        raise NotFoundError(NOTHING)
    pages = sum(one.pages or 0 for one in found)
    if pages > MOST_PAGES:
        raise ConflictError(TOO_MANY.format(pages=pages, most=MOST_PAGES), title="不能一次打印")
    return found


def together(documents: Sequence[Document]) -> bytes:
    """Printed documents as one PDF, each with the pages it was issued with; their signatures stay with themselves.

    Printed anew, each font is in it once. Where that would give other pages by now, those that were kept are joined.

    Raises:
        AppError: one of them cannot be printed, or is no longer in the store.
    """
    if all(_prints_as_issued(one) for one in documents):
        return render.bundle([markup_of(one) for one in documents])
    return _joined([content_of(store.get(str(one.storage_key)), one.content_digest) for one in documents])


def _prints_as_issued(document: Document) -> bool:
    try:
        template = render.template_digest(queries.form_of(document))
    except NotFoundError:
        return False
    return (document.template_digest, document.renderer) == (template, render.renderer())


def _joined(prints: Sequence[bytes]) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as whole:
        for data in prints:
            with pikepdf.open(io.BytesIO(data)) as one:
                whole.pages.extend(one.pages)
        whole.save(made)
    return made.getvalue()

"""Printing issued documents, after the act that issued them."""

from typing import Any
from uuid import UUID

from saas.db.session import current_tenant
from saas.documents import printing, queries, retrying
from saas.documents import render as rendering
from saas.documents.issue import RENDER
from saas.documents.models import Document
from saas.documents.pages import count_pages
from saas.files import store
from saas.jobs.registry import job
from saas.signing import pdf as signing


def make(document: Document) -> None:
    """Print a document and keep it; one that is printed already or void stays as it is.

    The row is locked until the transaction ends, so that two processes do not print the same one.

    Raises:
        DocumentProblem: it cannot be printed as it should be.
    """
    queries.lock(document)
    if document.state in {"ready", "void"}:
        return
    _kept(document, rendering.pdf(*printing.markup_of(document)))


def _kept(document: Document, data: bytes) -> None:
    signed = signing.sign_bytes(data, reason=document.title)
    document.storage_key = store.put(signed, tenant=current_tenant())
    document.digest, document.content_digest = store.digest_of(signed), store.digest_of(data)
    document.pages, document.renderer = count_pages(data), rendering.renderer()
    document.state, document.problem, document.try_at = "ready", None, None


def give_up(payload: dict[str, Any], problem: str) -> None:
    """Mark a document whose last try failed, with the problem for those who look at the case."""
    document = queries.get_document(UUID(payload["document"]))
    queries.lock(document)
    if document.state == "queued":
        retrying.fail(document, problem)


@job(RENDER, failed=give_up)
def render(payload: dict[str, Any]) -> None:
    """Print the document the payload names."""
    make(queries.get_document(UUID(payload["document"])))

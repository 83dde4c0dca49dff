"""Printing issued documents, after the act that issued them."""

from typing import Any
from uuid import UUID

from saas.db.session import current_tenant
from saas.documents import render as rendering
from saas.documents.dress import Dress
from saas.documents.issue import RENDER
from saas.documents.models import Document
from saas.documents.pages import count_pages
from saas.documents.queries import form_of, get_document
from saas.files import store
from saas.jobs.registry import job
from saas.signing import pdf as signing


def make(document: Document) -> None:
    """Print a document and keep it; a document that is printed already stays as it is.

    Raises:
        DocumentProblem: it cannot be printed as it should be.
    """
    if document.state == "ready":
        return
    form = form_of(document)
    data = rendering.pdf(rendering.html(form, document.values, dress=Dress.of(document.dress)), form.layout)
    signed = signing.sign_bytes(data, reason=document.title)
    document.storage_key = store.put(signed, tenant=current_tenant())
    document.digest, document.content_digest = store.digest_of(signed), store.digest_of(data)
    document.pages, document.renderer = count_pages(data), rendering.renderer()
    document.state, document.problem = "ready", None


def give_up(payload: dict[str, Any], problem: str) -> None:
    """Mark a document whose last try failed, with the problem for those who look at the case."""
    document = get_document(UUID(payload["document"]))
    document.state, document.problem = "failed", problem


@job(RENDER, failed=give_up)
def render(payload: dict[str, Any]) -> None:
    """Print the document the payload names."""
    make(get_document(UUID(payload["document"])))

"""The receipt of a service (送达回证), to be signed by hand or filled with what was written down."""

from dataclasses import replace
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.cases import queries
from saas.cases.snapshot import snapshot
from saas.documents import receipt, render, serving
from saas.documents.actions import DocumentAudit
from saas.documents.designs import queries as designs
from saas.documents.dress import Issuer
from saas.documents.models import Document, DocumentService
from saas.documents.queries import list_services
from saas.errors import NotFoundError
from saas.identity.permissions import KernelPermission, requires
from saas.web.sending import PDF, send_bytes
from saas.web.staff.board import staff
from saas.web.staff.paper_acts import document_in


@staff.get("/cases/<number>/documents/<uuid:document_id>/receipt.pdf")
@requires(KernelPermission.DOCUMENT_READ)
def print_receipt(number: str, document_id: UUID) -> ResponseReturnValue:
    """Send the receipt of a document, in words of today: of the service the address names, else one to be filled in."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.DOCUMENT_READ)
    document = document_in(case, document_id)
    told = serving.told(document, _service_in(document, request.args.get("service")))
    values = receipt.FORM.load(receipt.FORM.build(replace(snapshot(case), extra={"service": told})))
    audit.record(DocumentAudit.READ, document, by=g.actor, case=case, detail={"number": document.number})
    markup = render.html(receipt.FORM, values, dress=designs.dress_in_force(Issuer.of(case.unit)))
    return send_bytes(render.pdf(markup, receipt.FORM.layout), PDF, f"送达回证{document.number}.pdf", inline=True)


def _service_in(document: Document, wanted: str | None) -> DocumentService | None:
    """The service of a document that an address names; None where it names none.

    Raises:
        NotFoundError: the document has no such service.
    """
    if wanted is None:
        return None
    found = next((one for one in list_services([document.id]) if str(one.id) == wanted), None)
    if found is None:
        raise NotFoundError
    return found

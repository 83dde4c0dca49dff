"""The documents of a case as plain values: state, number, relations, services, and what can be done with each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from saas import clock
from saas.cases import access, effects
from saas.cases.models import Case
from saas.documents import replacing, serving, voiding, ways
from saas.documents.models import Document, DocumentService
from saas.documents.queries import list_documents, list_services
from saas.domain import Domain
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.workflow.process import Definition

STATES: Mapping[str, tuple[str, str]] = {
    "ready": ("已制作", "success"),
    "queued": ("制作中", "info"),
    "failed": ("待重做", "danger"),
    "void": ("已作废", "neutral"),
}
DETAILS = {
    "place": "地点",
    "received_by": "签收人",
    "relation": "与受送达人的关系",
    "witness": "见证人",
    "postal_number": "邮件号码",
    "remark": "备注",
}
COLUMNS = (
    {"key": "title", "label": "文书和编号"},
    {"key": "state", "label": "状态"},
    {"key": "services", "label": "送达"},
    {"key": "acts", "label": "办理"},
)


def documents(case: Case, definition: Definition, domain: Domain, by: Actor) -> dict[str, Any]:
    """Issued documents, and the forms that can be looked at before they are issued."""
    issued = list_documents(case.id)
    services = _by_document(list_services([one.id for one in issued]))
    later = {one.replaces_id: one for one in issued if one.replaces_id}
    numbers = {one.id: one.number for one in issued}
    rows = [_row(one, case, by, services[one.id], later.get(one.id), numbers) for one in issued]
    return {
        "documents": rows,
        "print_all_url": url_for("staff.print_documents", number=case.number) if _can_print(issued, case, by) else None,
        "document_columns": COLUMNS,
        "unserved": [row for row in rows if row["unserved"]],
        "previews": [
            {"title": title, "url": url_for("staff.preview_form", number=case.number, code=code)}
            for code, title in {
                **{form.code: form.title for form in domain.forms if effects.may_be_made(form, case)},
                **{paper.code: paper.title for paper in definition.papers},
            }.items()
        ],
    }


def _can_print(issued: Sequence[Document], case: Case, by: Actor) -> bool:
    """Whether there is something to be put on paper in one go."""
    return any(one.state == "ready" for one in issued) and access.allows(by, KernelPermission.DOCUMENT_READ, case)


def document_url(case: Case, document_id: UUID) -> str:
    """Where the PDF of an issued document is."""
    return url_for("staff.download_document", number=case.number, document_id=document_id)


def documents_url(case: Case) -> str:
    """Where the documents of a case are."""
    return url_for("staff.show_case", number=case.number, tab="documents")


def redo_url(case: Case, document: Document) -> str:
    """Where a document that failed is sent to be printed again."""
    return _url("staff.redo_document", case, document)


def relation_text(document: Document, replaced: str | None) -> str | None:
    """What a document stands in for, by the number of that."""
    return f"{replacing.WORDS[document.relation]}，原编号：{replaced}" if document.relation else None


def _row(
    document: Document,
    case: Case,
    by: Actor,
    services: Sequence[DocumentService],
    later: Document | None,
    numbers: Mapping[UUID, str],
) -> dict[str, Any]:
    can_act = access.allows(by, KernelPermission.CASE_ACT, case)
    counts = document.state == "ready" and later is None
    return {
        "id": document.id,
        "title": document.title,
        "number": document.number,
        "void": document.state == "void",
        "state": STATES[document.state],
        "notes": _notes(document, later, numbers),
        "pages": document.pages,
        "issued": f"{clock.local(document.issued_at):%Y-%m-%d %H:%M} {document.issued_by}",
        "url": document_url(case, document.id) if document.storage_key or document.state == "queued" else None,
        "services": [service_line(one, case) for one in services],
        "unserved": counts and not services,
        "acts": _acts(document, case, by, later, can_act=can_act),
        "redo_url": redo_url(case, document) if can_act and document.state == "failed" else None,
    }


def _notes(document: Document, later: Document | None, numbers: Mapping[UUID, str]) -> list[str]:
    """What has to be known of a document besides its state, each a sentence."""
    told = [relation_text(document, numbers.get(document.replaces_id)) if document.replaces_id else None]
    if document.state == "void" and document.voided_at:
        when = f"{clock.local(document.voided_at):%Y-%m-%d %H:%M}"
        told.append(f"{document.voided_by}于 {when} 作废，原因：{document.void_reason}")
    if later is not None:
        told.append(f"已由 {later.number}（{replacing.WORDS[str(later.relation)]}）代替")
    if document.state == "failed":
        told.append(document.problem)
    return [one for one in told if one]


def service_line(service: DocumentService, case: Case) -> dict[str, Any]:
    """One service in words, with the signed receipt if there is one."""
    told = service.detail
    details = "，".join(f"{label}：{told[name]}" for name, label in DETAILS.items() if name in told)
    way = ways.WAYS[service.way].title
    receipt = url_for("staff.download_file", number=case.number, file_id=service.file_id) if service.file_id else None
    return {
        "head": f"{service.served_on} {way}：{service.recipient}",
        "details": details,
        "receipt_url": receipt,
        "print_url": url_for(
            "staff.print_receipt", number=case.number, document_id=service.document_id, service=service.id
        ),
    }


def _acts(document: Document, case: Case, by: Actor, later: Document | None, *, can_act: bool) -> list[dict[str, str]]:
    """What the reader can do with a document as it is now."""
    can_void = access.allows(by, KernelPermission.DOCUMENT_VOID, case)
    acts = (
        ("送达回证", "staff.print_receipt", can_act and serving.against(document) is None),
        ("登记送达", "staff.ask_service", can_act and serving.against(document) is None),
        ("补发", "staff.ask_reissue", can_void and replacing.against(document, replacing.REISSUE, later) is None),
        ("更正", "staff.ask_correction", can_void and replacing.against(document, replacing.CORRECTION, later) is None),
        ("作废", "staff.ask_void", can_void and voiding.against(document) is None),
    )
    return [{"title": title, "url": _url(endpoint, case, document)} for title, endpoint, open_ in acts if open_]


def _url(endpoint: str, case: Case, document: Document) -> str:
    return url_for(endpoint, number=case.number, document_id=document.id)


def _by_document(services: Sequence[DocumentService]) -> Mapping[UUID, list[DocumentService]]:
    found: dict[UUID, list[DocumentService]] = defaultdict(list)
    for one in services:
        found[one.document_id].append(one)
    return found

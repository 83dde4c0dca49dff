"""Serving a document (送达): to whom, how and when it was handed over, with what each way asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.db.ids import new_id
from saas.db.session import db
from saas.documents import queries
from saas.documents.actions import DocumentAudit
from saas.documents.models import Document, DocumentService
from saas.documents.ways import WAYS
from saas.errors import ConflictError, InvalidInputError

if TYPE_CHECKING:
    from saas.cases.models import Case
    from saas.identity.actor import Actor

UNSERVABLE: Mapping[str, str] = {
    "queued": "这份文书正在生成，请稍等片刻，刷新页面后再登记送达。",
    "failed": "这份文书还没有生成成功（待重做），不能送达。请先重新生成。",
    "void": "这份文书已经作废，不能送达。",
}


LENGTHS: Mapping[str, int] = {
    "recipient": 100,
    "place": 200,
    "received_by": 100,
    "relation": 40,
    "witness": 100,
    "postal_number": 40,
    "remark": 200,
}
DETAIL = tuple(name for name in LENGTHS if name != "recipient")


@dataclass(frozen=True)
class Handover:
    """What is written down of one service, as it was filled in; ``file_id`` is the signed receipt."""

    recipient: str
    way: str
    served_on: date | None
    place: str = ""
    received_by: str = ""
    relation: str = ""
    witness: str = ""
    postal_number: str = ""
    remark: str = ""
    file_id: UUID | None = None


def serve(document: Document, case: "Case", handover: Handover, *, by: "Actor") -> DocumentService:
    """Write down that a document of a case, which was loaded for update, was served.

    Raises:
        ConflictError: it is not printed, or void.
        InvalidInputError: names each entry that is missing or cannot be.
    """
    queries.lock(document)
    if standing := against(document):
        raise ConflictError(standing, title="现在不能登记送达")
    if wrong := faults(document, handover):
        raise InvalidInputError(wrong)
    assert handover.served_on is not None, "it was asked for"
    kept = {name: value for name in DETAIL if (value := getattr(handover, name).strip())}
    service = DocumentService(
        id=new_id(),
        document_id=document.id,
        recipient=handover.recipient.strip(),
        way=handover.way,
        served_on=handover.served_on,
        detail=kept,
        file_id=handover.file_id,
        recorded_by=by.name,
    )
    db.session.add(service)
    detail = {"number": document.number, "service": handover.way, "day": str(handover.served_on)}
    audit.record(DocumentAudit.SERVED, document, by=by, case=case, detail=detail)
    return service


def told(document: Document, service: DocumentService | None) -> dict[str, Any]:
    """What a receipt prints of a service, as :func:`saas.documents.receipt.receipt` reads it."""
    papers = [{"title": document.title, "number": document.number}]
    if service is None:
        return {"papers": papers}
    known = {"recipient": service.recipient, "way": service.way, "served_on": str(service.served_on)}
    return {"papers": papers, **known, "served_by": service.recorded_by, **service.detail}


def against(document: Document) -> str | None:
    """Why a document cannot be served as it is now."""
    return UNSERVABLE.get(document.state)


def faults(document: Document, handover: Handover) -> dict[str, str]:
    """What is wrong with a service as it was filled in, by entry."""
    wrong = {
        name: f"最多 {most} 个字，请缩短。" for name, most in LENGTHS.items() if len(getattr(handover, name)) > most
    }
    if not handover.recipient.strip():
        wrong["recipient"] = "请选择或者填写受送达人。"
    if day := _day_fault(document, handover.served_on):
        wrong["served_on"] = day
    way = WAYS.get(handover.way)
    if way is None:
        return wrong | {"way": "请选择送达方式。"}
    needed = {name: sentence for name, sentence in way.needs.items() if not getattr(handover, name).strip()}
    by_another = handover.received_by.strip() not in {"", handover.recipient.strip()}
    if by_another and not handover.relation.strip() and handover.way == "direct":
        needed["relation"] = "由别人代收的，请写明代收人与受送达人的关系。"
    return wrong | needed


def _day_fault(document: Document, day: date | None) -> str | None:
    if day is None:
        return "请填写送达日期。"
    if day > clock.today():
        return "送达日期不能晚于今天。"
    issued = clock.local(document.issued_at).date()
    return f"送达日期不能早于文书的制作日期（{issued}）。" if day < issued else None

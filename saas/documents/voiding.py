"""Voiding a document (作废): its number stays taken and its print kept, with the reason."""

from typing import TYPE_CHECKING

from saas import clock
from saas.audit import services as audit
from saas.documents import queries
from saas.documents.actions import DocumentAudit
from saas.documents.models import Document
from saas.errors import ConflictError, InvalidInputError

if TYPE_CHECKING:
    from saas.cases.models import Case
    from saas.identity.actor import Actor

LONGEST = 200  # characters of a reason
TITLE = "现在不能作废"
NO_REASON = "请填写作废的原因，会印在编号登记簿上。"
NOT_RECALLED = "这份文书已经登记送达。请写明送达的文书怎样收回；收不回的，请改用“更正”。"
ALREADY = "这份文书已经作废。请刷新页面查看。"
IN_PRINT = "这份文书正在生成，请稍等片刻，刷新页面后再办理。"


def void(document: Document, case: "Case", reason: str, *, by: "Actor", recalled: str = "") -> None:
    """Void a document for good.

    Args:
        document: One of the case, which was loaded for update.
        case: Its case.
        reason: Why.
        by: Who does it.
        recalled: How the copies that were served were taken back; needed where any was.

    Raises:
        ConflictError: it is void already, or is being printed at this moment.
        InvalidInputError: nothing is said why, or of the copies that were served.
    """
    queries.lock(document)
    if told := against(document):
        raise ConflictError(told, title=TITLE)
    why = _reason(reason, recalled, served=queries.is_served(document.id))
    mark(document, case, why, by=by)


def mark(document: Document, case: "Case", reason: str, *, by: "Actor") -> None:
    """Let a locked document be void."""
    document.state, document.void_reason, document.try_at = "void", reason, None
    document.voided_by, document.voided_at = by.name, clock.now()
    detail = {"form": document.form_code, "number": document.number, "reason": reason}
    audit.record(DocumentAudit.VOIDED, document, by=by, case=case, detail=detail, high=True)


def against(document: Document) -> str | None:
    """Why a document cannot be voided as it is now."""
    return {"void": ALREADY, "queued": IN_PRINT}.get(document.state)


def _reason(reason: str, recalled: str, *, served: bool) -> str:
    wrong = {} if reason.strip() else {"reason": NO_REASON}
    if served and not recalled.strip():
        wrong["recalled"] = NOT_RECALLED
    for name, text in (("reason", reason), ("recalled", recalled)):
        if len(text.strip()) > LONGEST:
            wrong[name] = f"最多 {LONGEST} 个字，请缩短。"
    if wrong:
        raise InvalidInputError(wrong)
    return f"{reason.strip()}（已送达文书的收回情况：{recalled.strip()}）" if recalled.strip() else reason.strip()

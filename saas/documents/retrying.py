"""Documents that could not be printed (待重做): they keep their numbers and are tried again, ever later."""

from datetime import timedelta
from typing import TYPE_CHECKING

from saas import clock
from saas.audit import services as audit
from saas.documents import issue, queries
from saas.documents.actions import DocumentAudit
from saas.documents.models import Document
from saas.errors import ConflictError

if TYPE_CHECKING:
    from saas.cases.models import Case
    from saas.identity.actor import Actor

FIRST_REST = timedelta(minutes=10)
LONGEST_REST = timedelta(days=1)
NOT_FAILED = "这份文书不需要重新生成。请刷新页面查看。"


def fail(document: Document, problem: str) -> None:
    """Note that a locked document could not be printed, and when it is tried again."""
    document.state, document.problem = "failed", problem
    document.tries += 1
    document.try_at = clock.now() + rest_after(document.tries)


def rest_after(tries: int) -> timedelta:
    """How long a document rests after so many vain tries: each time twice as long, a day at most."""
    doubled: int = 2 ** min(tries - 1, 16)
    return min(FIRST_REST * doubled, LONGEST_REST)


def redo(document: Document, case: "Case", *, by: "Actor") -> None:
    """Have a document of a case printed again now, because a person wants it.

    Raises:
        ConflictError: it has not failed.
    """
    queries.lock(document)
    if document.state != "failed":
        raise ConflictError(NOT_FAILED)
    again(document)
    audit.record(DocumentAudit.RETRIED, document, by=by, case=case, detail={"number": document.number})


def again(document: Document) -> None:
    """Put a locked document that failed back into the queue."""
    document.state, document.try_at = "queued", None
    issue.enqueue(document)

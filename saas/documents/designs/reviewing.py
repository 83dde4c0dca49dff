"""The second person: submitting, taking back, sending back, publishing."""

from collections.abc import Sequence

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.documents.designs import queries
from saas.documents.designs.actions import DesignAudit
from saas.documents.designs.body import digest_of
from saas.documents.designs.keeping import IN_REVIEW, OPEN, is_second, lock, remember
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.surroundings import problems_of
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError, RefusedError
from saas.identity.actor import Actor
from saas.workflow.engine import Reason
from saas.workflow.problem import Problem

SECOND = "文书样式须由另一人审核：建立、修改或者提交过这份草稿的人不能审核，请由另一名安全管理员办理。"
CHANGED = "您打开这一页以后，草稿改过并重新提交了审核。请按下面的最新内容审核。"
UNCHANGED = "草稿与现行的样式没有不同，不需要发布。"


def submit(design: DocumentDesign, *, by: Actor) -> None:
    """Hand the draft to a second person.

    Raises:
        RefusedError: it has faults; all are named with their places.
        ConflictError: it is not open, or nothing is changed in it.
    """
    lock(design)
    if digest_of(design.body) == digest_of(queries.body_in_force()):
        raise ConflictError(UNCHANGED)
    refuse_faults(problems_of(design.body))
    design.state, design.submitted_by, design.submitted_at = IN_REVIEW, by.name, clock.now()
    remember(design, by)
    audit.record(DesignAudit.SUBMITTED, design, by=by, detail={"revision": design.revision})


def recall(design: DocumentDesign, *, by: Actor) -> None:
    """Take the draft back from review, to go on with it.

    Raises:
        ConflictError: it is not in review.
    """
    lock(design, state=IN_REVIEW)
    design.state = OPEN
    audit.record(DesignAudit.RECALLED, design, by=by)


def send_back(design: DocumentDesign, reason: str, *, by: Actor) -> None:
    """Refuse to publish the draft, saying what is to be done.

    Raises:
        InvalidInputError: nothing is said why.
        PermissionDeniedError: it is the person's own work.
        ConflictError: it is not in review.
    """
    lock(design, state=IN_REVIEW)
    check_second(design, by)
    if not reason.strip():
        raise InvalidInputError({"reason": "请写明退回的理由，编辑的人据此修改。"})
    design.state, design.reason = OPEN, reason.strip()
    audit.record(DesignAudit.SENT_BACK, design, by=by, detail={"reason": design.reason})


def publish(design: DocumentDesign, *, seen: int | None = None, by: Actor) -> DocumentDesign:
    """Publish the reviewed draft as the next version; what was in force before stays with what it was printed on.

    Args:
        design: The draft; it is locked and read anew.
        seen: The revision the second person looked at, where that was on a page.
        by: The second person.

    Raises:
        PermissionDeniedError: it is the person's own work.
        RefusedError: it has faults; all are named with their places.
        ConflictError: it is not in review, or was changed since the person looked.
    """
    lock(design, state=IN_REVIEW)
    check_second(design, by)
    if seen not in {None, design.revision}:
        raise ConflictError(CHANGED)
    refuse_faults(problems_of(design.body))
    before = queries.find_version(queries.last_version())
    if before is not None:
        before.state = "replaced"
        db.session.flush()  # only one may be in force at any moment
    design.version, design.state = queries.last_version() + 1, "published"
    design.digest = digest_of(design.body)
    design.published_by, design.published_by_id, design.published_at = by.name, by.id, clock.now()
    db.session.flush()
    detail = {"version": design.version, "digest": design.digest, "base": design.base}
    audit.record(DesignAudit.PUBLISHED, design, by=by, detail=detail, high=True)
    return design


def check_second(design: DocumentDesign, by: Actor) -> None:
    """Refuse to let somebody review work of their own.

    Raises:
        PermissionDeniedError: they had a hand in it.
    """
    if not is_second(design, by):
        raise PermissionDeniedError(SECOND)


def refuse_faults(problems: Sequence[Problem]) -> None:
    """Refuse with all faults at once.

    Raises:
        RefusedError: there are faults.
    """
    faults = [one for one in problems if one.severity == "error"]
    if faults:
        reasons = [Reason(fault.code, fault.message, field=fault.place) for fault in faults]
        raise RefusedError(reasons, title="文书样式还有问题，不能发布")

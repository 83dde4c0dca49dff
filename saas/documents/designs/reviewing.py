"""The second person: submitting, taking back, sending back, publishing."""

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.documents.designs import queries
from saas.documents.designs.actions import DesignAudit
from saas.documents.designs.body import digest_of
from saas.documents.designs.keeping import IN_REVIEW, OPEN, lock
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.surroundings import problems_of
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError
from saas.identity.actor import Actor
from saas.workflow.drafts.faults import refuse_faults
from saas.workflow.drafts.keeping import is_second, remember

SECOND = "文书样式须由另一人审核：建立、修改或者提交过这份草稿的人不能审核，请由另一名安全管理员办理。"
FAULTY = "文书样式还有问题，不能发布"
CHANGED = "这份草稿在您打开以后又修改过，还没有发布。请看过下面的最新内容，再决定是否发布。"
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
    refuse_faults(problems_of(design.body), FAULTY)
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


def publish(design: DocumentDesign, *, seen: int, by: Actor) -> DocumentDesign:
    """Publish the reviewed draft as the next version; what was in force before stays with what it was printed on.

    ``seen`` is the revision that the reviewer looked at.

    Raises:
        PermissionDeniedError: it is the person's own work.
        RefusedError: it has faults; all are named with their places.
        ConflictError: it is not in review, or was taken back, changed and submitted again meanwhile.
    """
    lock(design, state=IN_REVIEW)
    check_second(design, by)
    if seen != design.revision:
        raise ConflictError(CHANGED)
    refuse_faults(problems_of(design.body), FAULTY)
    last = queries.last_version()
    before = queries.find_version(last)
    if before is not None:
        before.state = "replaced"
        db.session.flush()  # only one may be in force at any moment
    design.version, design.state = last + 1, "published"
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

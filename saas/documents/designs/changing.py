"""Beginning, changing and giving up the draft of a city's dress of documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.documents.designs import queries
from saas.documents.designs.actions import DesignAudit
from saas.documents.designs.body import EMPTY, load
from saas.documents.designs.keeping import OPEN, lock
from saas.documents.designs.models import DocumentDesign
from saas.errors import ConflictError
from saas.identity.actor import Actor
from saas.workflow.drafts.keeping import remember


def begin(base: DocumentDesign | None = None, *, by: Actor) -> DocumentDesign:
    """A draft on a version, or on what is in force.

    Raises:
        ConflictError: one is open already.
    """
    opened = queries.find_open()
    if opened is not None:
        raise ConflictError(f"{opened.edited_by}已经在修改文书样式，一次只能有一份草稿。请在那份草稿里继续。")
    base = base or queries.find_version(queries.version_in_force())
    now = clock.now()
    design = DocumentDesign(
        base=base.version or 0 if base else 0,
        state=OPEN,
        body=dict(base.body if base else EMPTY),
        revision=0,
        editors=[],
        made_by=by.name,
        made_by_id=by.id,
        made_at=now,
        edited_by=by.name,
        edited_at=now,
    )
    remember(design, by)
    db.session.add(design)
    db.session.flush()
    audit.record(DesignAudit.STARTED, design, by=by, detail={"base": design.base})
    return design


def change(
    design: DocumentDesign, parts: Mapping[str, Any], *, seen: int, what: Sequence[str], by: Actor
) -> DocumentDesign:
    """Give some parts of the draft other contents; nothing happens where they are the same.

    Args:
        design: The draft; it is locked and read anew.
        parts: The parts of the body that are to be otherwise, whole.
        seen: The revision the person saw.
        what: The places that are changed, for the record.
        by: Who changes them.

    Raises:
        ConflictError: somebody else changed it meanwhile, or it is not open.
        InvalidInputError: it would not have the shape of a design.
    """
    lock(design)
    if seen != design.revision:
        told = f"{design.edited_by}在{clock.local(design.edited_at):%H:%M}修改了这份草稿"
        raise ConflictError(f"{told}，您的修改还没有保存。请先查看最新内容，再决定是否重新填写。")
    body = load({**design.body, **parts})
    if body == design.body:
        return design
    design.body, design.revision, design.reason = body, design.revision + 1, None
    design.edited_by, design.edited_at = by.name, clock.now()
    remember(design, by)
    detail = {"places": list(what), "revision": design.revision}
    audit.record(DesignAudit.EDITED, design, by=by, detail=detail)
    return design


def discard(design: DocumentDesign, *, by: Actor) -> None:
    """Give the draft up.

    Raises:
        ConflictError: it is not open.
    """
    lock(design)
    design.state = "discarded"
    audit.record(DesignAudit.DISCARDED, design, by=by, detail={"base": design.base, "revision": design.revision})

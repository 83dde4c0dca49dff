"""Beginning, editing, undoing and giving up a draft."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import ConflictError, InvalidInputError
from saas.identity.actor import Actor
from saas.workflow import queries
from saas.workflow.actions import ProcessAction
from saas.workflow.drafts.keeping import OPEN, lock, remember
from saas.workflow.drafts.queries import edit_after, edit_before, edits_after, is_taken
from saas.workflow.models import Draft, DraftEdit, ProcessVersion

KEPT_EDITS = 200
MAX_BYTES = 2_000_000


def start(key: str, *, by: Actor) -> Draft:
    """A draft of a process as it is in force.

    Raises:
        NotFoundError: The city does not run it.
    """
    version = queries.current_version(key)
    return _begin(deepcopy(version.body), version, by=by)


def create(body: Mapping[str, Any], *, by: Actor) -> Draft:
    """A draft of a new process.

    Raises:
        InvalidInputError: The body is too large, or its key is taken by a process the city runs or drafts.
    """
    if is_taken(body["key"]):
        raise InvalidInputError({"key": "已经有这个编号的流程，请换一个编号。"})
    return _begin(dict(body), None, by=by)


def edit(draft: Draft, body: Mapping[str, Any], what: str, *, cursor: int, by: Actor) -> None:
    """Change a draft; what was undone before can no longer be redone.

    Args:
        draft: The draft; it is locked and read anew.
        body: The whole body as it is to be.
        what: What was done, in Chinese.
        cursor: The edit the person saw.
        by: Who edits.

    Raises:
        ConflictError: Somebody else edited it meanwhile, or it is no longer open.
        InvalidInputError: The body is too large, or another process's.
    """
    _lock_as_seen(draft, cursor)
    if body.get("key") != draft.key:
        raise InvalidInputError({"key": "流程的编号不能修改。"})
    _check_size(body)
    db.session.execute(delete(DraftEdit).where(DraftEdit.draft_id == draft.id, DraftEdit.seq > draft.cursor))
    draft.last += 1
    draft.reason = None
    _stand(draft, draft.last, body, by=by)
    db.session.add(_kept(draft, what))
    _forget_old(draft)
    detail = {"key": draft.key, "what": what, "cursor": draft.cursor}
    audit.record(ProcessAction.EDITED, draft, by=by, detail=detail)


def undo(draft: Draft, *, cursor: int, by: Actor) -> None:
    """Go back to before the last edit; ``cursor`` is the edit the person saw.

    Raises:
        ConflictError: Somebody else edited it meanwhile, there is nothing before, or the draft is not open.
    """
    _lock_as_seen(draft, cursor)
    earlier = edit_before(draft)
    if earlier is None:
        raise ConflictError("没有可以撤销的修改。")
    _go(draft, earlier, ProcessAction.UNDONE, by=by)


def redo(draft: Draft, *, cursor: int, by: Actor) -> None:
    """Take the last undoing back; ``cursor`` is the edit the person saw.

    Raises:
        ConflictError: Somebody else edited it meanwhile, nothing was undone, or the draft is not open.
    """
    _lock_as_seen(draft, cursor)
    later = edit_after(draft)
    if later is None:
        raise ConflictError("没有可以恢复的修改。")
    _go(draft, later, ProcessAction.REDONE, by=by)


def discard(draft: Draft, *, by: Actor) -> None:
    """Give a draft up; it stays listed nowhere.

    Raises:
        ConflictError: It is not open.
    """
    lock(draft)
    draft.state, draft.decided_by, draft.decided_at = "discarded", by.name, clock.now()
    db.session.execute(delete(DraftEdit).where(DraftEdit.draft_id == draft.id))
    audit.record(ProcessAction.DISCARDED, draft, by=by, detail={"key": draft.key})


def _lock_as_seen(draft: Draft, cursor: int) -> None:
    """Lock an open draft that stands as the person saw it."""
    lock(draft)
    if cursor != draft.cursor:
        raise ConflictError(
            f"{draft.edited_by}刚刚修改了这份草稿，您的这一步还没有保存。请先查看最新内容，再决定是否重做。",
            detail=[f"{one.edited_by}：{one.what}" for one in edits_after(draft, cursor)],
        )


def _begin(body: dict[str, Any], base: ProcessVersion | None, *, by: Actor) -> Draft:
    _check_size(body)
    now = clock.now()
    draft = Draft(
        key=body["key"],
        title=str(body.get("title", body["key"])),
        base_version_id=base.id if base else None,
        body=body,
        cursor=0,
        last=0,
        state=OPEN,
        editors=[],
        made_by=by.name,
        made_at=now,
        edited_by=by.name,
        edited_at=now,
    )
    remember(draft, by)
    db.session.add(draft)
    db.session.flush()
    db.session.add(_kept(draft, "建立草稿"))
    detail = {"key": draft.key, "from_version": base.version if base else None}
    audit.record(ProcessAction.STARTED, draft, by=by, detail=detail)
    return draft


def _check_size(body: Mapping[str, Any]) -> None:
    if len(json.dumps(body, ensure_ascii=False).encode()) > MAX_BYTES:
        raise InvalidInputError({"definition": "流程的内容太多，请删减环节、表单或者说明文字。"})


def _stand(draft: Draft, seq: int, body: Mapping[str, Any], *, by: Actor) -> None:
    draft.body, draft.cursor, draft.title = dict(body), seq, str(body.get("title", draft.title))
    flag_modified(draft, "body")  # two bodies that differ in the order of their states are equal to Python
    draft.edited_by, draft.edited_at = by.name, clock.now()
    remember(draft, by)


def _kept(draft: Draft, what: str) -> DraftEdit:
    return DraftEdit(
        draft_id=draft.id,
        seq=draft.cursor,
        body=draft.body,
        what=what,
        edited_by=draft.edited_by,
        edited_at=draft.edited_at,
    )


def _forget_old(draft: Draft) -> None:
    """Keep the last edits only; the bodies are large."""
    oldest_kept = (
        select(DraftEdit.seq)
        .where(DraftEdit.draft_id == draft.id)
        .order_by(DraftEdit.seq.desc())
        .offset(KEPT_EDITS - 1)
        .limit(1)
        .scalar_subquery()
    )
    db.session.flush()
    db.session.execute(delete(DraftEdit).where(DraftEdit.draft_id == draft.id, DraftEdit.seq < oldest_kept))


def _go(draft: Draft, to: DraftEdit, action: ProcessAction, *, by: Actor) -> None:
    _stand(draft, to.seq, to.body, by=by)
    audit.record(action, draft, by=by, detail={"key": draft.key, "cursor": draft.cursor})

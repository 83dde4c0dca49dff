"""Drafts and their edits as they are looked for: listed, before and after one another, without the bodies."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer

from saas.db.session import db
from saas.workflow.models import Draft, DraftEdit, ProcessVersion


def list_drafts(key: str | None = None) -> list[Draft]:
    """The drafts that are worked on or wait for review, the one edited last first."""
    open_ = select(Draft).where(Draft.state.in_(["draft", "in_review"]))
    query = open_ if key is None else open_.where(Draft.key == key)
    return list(db.session.scalars(query.order_by(Draft.edited_at.desc(), Draft.id)))


def is_taken(key: str) -> bool:
    """Whether a process the city runs, or ran, or drafts has a key."""
    published = select(ProcessVersion.id).where(ProcessVersion.key == key).limit(1)
    return db.session.scalar(published) is not None or bool(list_drafts(key))


def can_undo(draft: Draft) -> bool:
    """Whether there is anything before the cursor."""
    return _is_any(_edits(draft).where(DraftEdit.seq < draft.cursor))


def can_redo(draft: Draft) -> bool:
    """Whether anything was undone."""
    return _is_any(_edits(draft).where(DraftEdit.seq > draft.cursor))


def list_edits(draft: Draft) -> Sequence[DraftEdit]:
    """The edits that can be undone, the latest first, without their bodies."""
    query = _edits(draft).where(DraftEdit.seq <= draft.cursor)
    return db.session.scalars(query.options(defer(DraftEdit.body)).order_by(DraftEdit.seq.desc())).all()


def edits_after(draft: Draft, cursor: int) -> Sequence[DraftEdit]:
    """The edits after a cursor, the earliest first, without their bodies."""
    query = _edits(draft).where(DraftEdit.seq > cursor)
    return db.session.scalars(query.options(defer(DraftEdit.body)).order_by(DraftEdit.seq)).all()


def edit_before(draft: Draft) -> DraftEdit | None:
    """The edit that undoing goes back to."""
    query = _edits(draft).where(DraftEdit.seq < draft.cursor)
    return db.session.scalars(query.order_by(DraftEdit.seq.desc()).limit(1)).first()


def edit_after(draft: Draft) -> DraftEdit | None:
    """The edit that redoing goes on to."""
    query = _edits(draft).where(DraftEdit.seq > draft.cursor)
    return db.session.scalars(query.order_by(DraftEdit.seq).limit(1)).first()


def versions_around(draft: Draft) -> tuple[int | None, int | None]:
    """The number of the version a draft was begun from, and of the last one published."""
    base = select(ProcessVersion.version).where(ProcessVersion.id == draft.base_version_id).scalar_subquery()
    newest = select(func.max(ProcessVersion.version)).where(ProcessVersion.key == draft.key).scalar_subquery()
    began, last = db.session.execute(select(base, newest)).one()
    return began, last


def _edits(draft: Draft) -> Select[DraftEdit]:
    return select(DraftEdit).where(DraftEdit.draft_id == draft.id)


def _is_any(query: Select[DraftEdit]) -> bool:
    return bool(db.session.scalar(select(query.exists())))

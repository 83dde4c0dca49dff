"""Drafts as they are kept: found, locked before they are changed."""

from typing import Protocol
from uuid import UUID

from saas.db.session import db
from saas.errors import ConflictError, NotFoundError
from saas.identity.actor import Actor
from saas.workflow.models import Draft

OPEN = "draft"
IN_REVIEW = "in_review"
STATE_TITLES = {"draft": "编辑中", "in_review": "待审核", "published": "已发布", "discarded": "已废弃"}
_NOT_OPEN = {
    "draft": "草稿还没有提交审核，请先提交。",
    "in_review": "草稿正在审核，不能修改。请先取回，或者等审核人退回。",
    "published": "这份草稿已经发布，不能再修改。需要调整时，请从流程列表重新建立草稿。",
    "discarded": "这份草稿已经废弃。请从流程列表重新建立草稿。",
}


class Reviewed(Protocol):
    """What one edits and another looks over: ``editors`` are the ids of all who had a hand in it."""

    editors: list[str]


def get_draft(draft_id: UUID) -> Draft:
    """A draft by its id, whatever has become of it.

    Raises:
        NotFoundError: The city has none of that id.
    """
    draft = db.session.get(Draft, draft_id)
    if draft is None:
        raise NotFoundError
    return draft


def is_second(draft: Reviewed, actor: Actor) -> bool:
    """Whether somebody may review a draft: whoever had no hand in it."""
    return actor.id is None or str(actor.id) not in draft.editors


def lock(draft: Draft, *, state: str = OPEN) -> None:
    """Lock a draft for this transaction and read it anew.

    Raises:
        ConflictError: It is not in the state it has to be in.
    """
    db.session.refresh(draft, with_for_update=True)
    if draft.state != state:
        raise ConflictError(_NOT_OPEN[draft.state])


def remember(draft: Reviewed, by: Actor) -> None:
    """Keep in mind that somebody had a hand in a draft."""
    if by.id is not None and str(by.id) not in draft.editors:
        draft.editors = [*draft.editors, str(by.id)]

"""Designs as they are kept: locked before they are changed, and who may look over whose work."""

from saas.db.session import db
from saas.documents.designs.models import DocumentDesign
from saas.errors import ConflictError
from saas.identity.actor import Actor

OPEN, IN_REVIEW = "draft", "in_review"
STATE_TITLES = {
    "draft": "编辑中",
    "in_review": "待审核",
    "published": "现行",
    "replaced": "已被新版本代替",
    "discarded": "已废弃",
}
_NOT_SO = {
    "draft": "草稿还没有提交审核，请先提交。",
    "in_review": "草稿正在审核，不能修改。请先取回，或者等审核人退回。",
    "published": "这个版本已经发布，不能再修改。需要调整时，请以它为基础新建草稿。",
    "replaced": "这个版本已经发布过，不能再修改。需要调整时，请以它为基础新建草稿。",
    "discarded": "这份草稿已经废弃。请重新建立草稿。",
}


def lock(design: DocumentDesign, *, state: str = OPEN) -> None:
    """Lock a design for this transaction and read it anew.

    Raises:
        ConflictError: it is not in the state it has to be in.
    """
    db.session.refresh(design, with_for_update=True)
    if design.state != state:
        raise ConflictError(_NOT_SO[design.state])


def is_second(design: DocumentDesign, actor: Actor) -> bool:
    """Whether somebody may review the design: whoever had no hand in it."""
    return actor.id is None or str(actor.id) not in design.editors


def remember(design: DocumentDesign, by: Actor) -> None:
    """Keep in mind that somebody had a hand in the design."""
    if by.id is not None and str(by.id) not in design.editors:
        design.editors = [*design.editors, str(by.id)]

"""Designs as they are kept: locked before they are changed."""

from saas.db.session import db
from saas.documents.designs.models import DocumentDesign
from saas.errors import ConflictError

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

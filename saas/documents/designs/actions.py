"""What the audit knows of the city's own dress of documents."""

from enum import StrEnum


class DesignAudit(StrEnum):
    """What is done to drafts and versions of it."""

    STARTED = "design.started"
    EDITED = "design.edited"
    SUBMITTED = "design.submitted"
    RECALLED = "design.recalled"
    SENT_BACK = "design.sent_back"
    DISCARDED = "design.discarded"
    PUBLISHED = "design.published"


TITLES: dict[str, str] = {
    DesignAudit.STARTED: "新建文书样式草稿",
    DesignAudit.EDITED: "修改文书样式草稿",
    DesignAudit.SUBMITTED: "提交文书样式审核",
    DesignAudit.RECALLED: "取回提交审核的文书样式",
    DesignAudit.SENT_BACK: "退回文书样式",
    DesignAudit.DISCARDED: "废弃文书样式草稿",
    DesignAudit.PUBLISHED: "发布文书样式",
}

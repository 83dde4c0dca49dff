"""What the audit knows of processes being shaped and published."""

from enum import StrEnum


class ProcessAction(StrEnum):
    """What is done to drafts and versions."""

    STARTED = "process.draft.started"
    EDITED = "process.draft.edited"
    UNDONE = "process.draft.undone"
    REDONE = "process.draft.redone"
    SUBMITTED = "process.draft.submitted"
    RECALLED = "process.draft.recalled"
    SENT_BACK = "process.draft.sent_back"
    DISCARDED = "process.draft.discarded"
    PUBLISHED = "process.published"


TITLES: dict[str, str] = {
    ProcessAction.STARTED: "新建流程草稿",
    ProcessAction.EDITED: "修改流程草稿",
    ProcessAction.UNDONE: "撤销流程草稿的一步修改",
    ProcessAction.REDONE: "恢复流程草稿的一步修改",
    ProcessAction.SUBMITTED: "提交流程草稿审核",
    ProcessAction.RECALLED: "取回提交审核的流程草稿",
    ProcessAction.SENT_BACK: "退回流程草稿",
    ProcessAction.DISCARDED: "废弃流程草稿",
    ProcessAction.PUBLISHED: "发布流程",
}

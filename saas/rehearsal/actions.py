"""What the audit knows of trying drafts."""

from enum import StrEnum


class RehearsalAudit(StrEnum):
    """Runs of a draft over the city's cases; what people play by themselves changes nothing."""

    ASKED = "process.backtest.asked"
    DONE = "process.backtest.done"
    FAILED = "process.backtest.failed"


TITLES: dict[str, str] = {
    RehearsalAudit.ASKED: "用历史案件试算流程草稿",
    RehearsalAudit.DONE: "流程草稿试算完成",
    RehearsalAudit.FAILED: "流程草稿试算失败",
}

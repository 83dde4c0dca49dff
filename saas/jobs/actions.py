"""What the record says of background jobs."""

from enum import StrEnum


class JobAudit(StrEnum):
    """How a job ended."""

    DONE = "job.done"
    FAILED = "job.failed"


TITLES: dict[str, str] = {JobAudit.DONE: "后台任务完成", JobAudit.FAILED: "后台任务失败"}

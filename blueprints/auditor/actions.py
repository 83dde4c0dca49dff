"""What the audit knows of auditors themselves: their searches, looks and exports."""

from enum import StrEnum


class AuditorAudit(StrEnum):
    """What an auditor did."""

    CASES_SEARCHED = "auditor.cases.searched"
    CASE_READ = "auditor.case.read"
    EVENTS_SEARCHED = "auditor.events.searched"
    EVENTS_EXPORTED = "auditor.events.exported"
    FILE_VERIFIED = "auditor.file.verified"


TITLES: dict[str, str] = {
    AuditorAudit.CASES_SEARCHED: "审计查询案件",
    AuditorAudit.CASE_READ: "审计查看案件",
    AuditorAudit.EVENTS_SEARCHED: "查询操作日志",
    AuditorAudit.EVENTS_EXPORTED: "导出操作日志",
    AuditorAudit.FILE_VERIFIED: "核验卷宗",
}

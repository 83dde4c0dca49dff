"""What the audit knows of dossiers."""

from enum import StrEnum


class DossierAudit(StrEnum):
    """What happens to an export."""

    REQUESTED = "dossier.requested"
    EXPORTED = "dossier.exported"
    FAILED = "dossier.failed"
    DOWNLOADED = "dossier.downloaded"


TITLES: dict[str, str] = {
    DossierAudit.REQUESTED: "申请导出卷宗",
    DossierAudit.EXPORTED: "导出卷宗",
    DossierAudit.FAILED: "导出卷宗未成功",
    DossierAudit.DOWNLOADED: "下载卷宗",
}

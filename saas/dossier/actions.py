"""What the audit knows of dossiers."""

from enum import StrEnum


class DossierAudit(StrEnum):
    """What happens to an export."""

    REQUESTED = "dossier.requested"
    EXPORTED = "dossier.exported"
    FAILED = "dossier.failed"
    DOWNLOADED = "dossier.downloaded"
    COPIED = "dossier.copied"
    BATCH_REQUESTED = "dossier.batch.requested"
    BATCH_EXPORTED = "dossier.batch.exported"
    BATCH_FAILED = "dossier.batch.failed"
    BATCH_DOWNLOADED = "dossier.batch.downloaded"


TITLES: dict[str, str] = {
    DossierAudit.REQUESTED: "申请导出卷宗",
    DossierAudit.EXPORTED: "导出卷宗",
    DossierAudit.FAILED: "导出卷宗未成功",
    DossierAudit.DOWNLOADED: "下载卷宗",
    DossierAudit.COPIED: "取走卷宗副本",
    DossierAudit.BATCH_REQUESTED: "申请批量导出卷宗",
    DossierAudit.BATCH_EXPORTED: "批量导出卷宗",
    DossierAudit.BATCH_FAILED: "批量导出卷宗未成功",
    DossierAudit.BATCH_DOWNLOADED: "下载批量导出的卷宗",
}

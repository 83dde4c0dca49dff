"""What is recorded of documents."""

from collections.abc import Mapping
from enum import StrEnum


class DocumentAudit(StrEnum):
    """Audit actions on documents: ``document.<past participle>``."""

    ISSUED = "document.issued"
    READ = "document.read"
    VOIDED = "document.voided"
    REISSUED = "document.reissued"
    CORRECTED = "document.corrected"
    SERVED = "document.served"
    RETRIED = "document.retried"
    ALARMED = "document.alarmed"
    LISTED = "document.register_exported"


TITLES: Mapping[str, str] = {
    DocumentAudit.ISSUED: "制作文书",
    DocumentAudit.READ: "查看文书",
    DocumentAudit.VOIDED: "作废文书",
    DocumentAudit.REISSUED: "补发文书",
    DocumentAudit.CORRECTED: "更正文书",
    DocumentAudit.SERVED: "登记送达",
    DocumentAudit.RETRIED: "重新生成文书",
    DocumentAudit.ALARMED: "提醒文书没有生成成功",
    DocumentAudit.LISTED: "导出编号登记簿",
}

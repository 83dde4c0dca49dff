"""What a city's own record says about what was done to its data as a whole."""

from enum import StrEnum


class DataAudit(StrEnum):
    """Acts of whoever runs the deployment."""

    BACKED_UP = "tenant.backed_up"
    RESTORED = "tenant.restored"
    COPIED = "tenant.copied"
    EXPORTED = "tenant.exported"
    MOVED = "tenant.moved"
    DELETION_ASKED = "tenant.deletion_asked"
    DELETION_WITHDRAWN = "tenant.deletion_withdrawn"


TITLES: dict[str, str] = {
    DataAudit.BACKED_UP: "备份本市数据",
    DataAudit.RESTORED: "从备份恢复本市数据",
    DataAudit.COPIED: "由备份建立副本",
    DataAudit.EXPORTED: "导出本市全部数据",
    DataAudit.MOVED: "迁移到另一台数据库服务器",
    DataAudit.DELETION_ASKED: "申请注销本市",
    DataAudit.DELETION_WITHDRAWN: "撤回注销申请",
}

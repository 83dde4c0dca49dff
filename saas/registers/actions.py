"""What the audit trail calls the things done to registers."""

from collections.abc import Mapping
from enum import StrEnum


class RegisterAudit(StrEnum):
    """Audit actions on registers: ``register.<past participle>``."""

    ADDED = "register.added"
    CHANGED = "register.changed"
    STATUS_SET = "register.status_set"
    RECORDED = "register.recorded"
    IMPORTED = "register.imported"
    READ = "register.read"
    LISTED = "register.exported"
    WARNED = "register.warned"


TITLES: Mapping[str, str] = {
    RegisterAudit.ADDED: "登记名录",
    RegisterAudit.CHANGED: "修改名录",
    RegisterAudit.STATUS_SET: "变更名录状态",
    RegisterAudit.RECORDED: "记入名录事项",
    RegisterAudit.IMPORTED: "批量导入名录",
    RegisterAudit.READ: "查看名录",
    RegisterAudit.LISTED: "导出名录",
    RegisterAudit.WARNED: "提醒名录到期",
}

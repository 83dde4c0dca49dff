"""What the audit knows of accounts and rights being administered."""

from enum import StrEnum


class RightsAction(StrEnum):
    """What is done to accounts, roles and grants."""

    PROPOSED = "rights.proposed"
    APPROVED = "rights.approved"
    REFUSED = "rights.refused"
    WITHDRAWN = "rights.withdrawn"
    ROLE_CHANGED = "rights.role.changed"
    ENABLED = "identity.user.enabled"
    MOVED = "identity.user.moved"
    VIEWED = "rights.viewed_as"
    TAMPERED = "rights.tampered"
    SEALED = "rights.sealed"
    LINKED = "identity.practitioner.linked"


class StaffAction(StrEnum):
    """What is said of how a person works."""

    LEAVE_ADDED = "identity.leave.added"
    LEAVE_ENDED = "identity.leave.ended"
    WORK_SET = "identity.work.set"


TITLES: dict[str, str] = {
    RightsAction.PROPOSED: "提出授权申请",
    RightsAction.APPROVED: "批准授权",
    RightsAction.REFUSED: "驳回授权申请",
    RightsAction.WITHDRAWN: "撤回授权申请",
    RightsAction.ROLE_CHANGED: "修改角色权限",
    RightsAction.ENABLED: "启用账号",
    RightsAction.MOVED: "调动单位",
    RightsAction.VIEWED: "查看他人权限",
    RightsAction.TAMPERED: "权限数据被篡改",
    RightsAction.SEALED: "重新封存全部权限",
    RightsAction.LINKED: "关联执业登记",
    StaffAction.LEAVE_ADDED: "登记休假",
    StaffAction.LEAVE_ENDED: "取消休假",
    StaffAction.WORK_SET: "设置办案安排",
}

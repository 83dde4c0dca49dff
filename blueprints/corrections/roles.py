"""Who does what in corrections and placement, and what the law keeps from whom."""

from enum import StrEnum

from saas.domain import RoleDeclaration
from saas.identity.permissions import KernelPermission as Kernel


class Permission(StrEnum):
    """Permissions of this line of work beyond the kernel's."""

    DECIDE = "corrections.decide"
    MONITOR = "corrections.monitor"


READING = {Kernel.WORK, Kernel.CASE_READ, Kernel.DOCUMENT_READ, Kernel.STATISTICS}
WORKING = READING | {
    *(Kernel.CASE_OPEN, Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.CASE_EXPORT, Kernel.UNMASK, Kernel.DOCUMENT_VOID),
}
EXPORTING = {Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
LEADING = WORKING | {Kernel.CASE_ASSIGN, Kernel.CASE_LABEL} | EXPORTING

SENSITIVE, SEALED = 1, 2
"""The labels of this line's cases: a criminal record is 敏感; a minor's file is for those entitled alone."""
# An office acts on behalf and decides only short leaves (社区矫正法 9); the device is for the head (29).
DECIDING = frozenset({Permission.DECIDE, Permission.MONITOR})

ROLES = (
    RoleDeclaration("corrections_officer", "社区矫正机构工作人员", frozenset(WORKING), SENSITIVE, DECIDING),
    RoleDeclaration("corrections_juvenile", "未成年人社区矫正专门人员", frozenset(WORKING), SEALED, DECIDING),
    RoleDeclaration("placement_officer", "安置帮教工作人员", frozenset(WORKING), SENSITIVE, DECIDING),
    RoleDeclaration("office_head", "司法所所长", frozenset(LEADING), SEALED, DECIDING),
    RoleDeclaration(
        "corrections_approver",
        "县级社区矫正机构",
        frozenset(LEADING | {Permission.DECIDE, Kernel.EXPORT_APPROVE}),
        SEALED,
        frozenset({Permission.MONITOR}),
    ),
    RoleDeclaration(
        "corrections_head",
        "县级司法行政部门负责人",
        frozenset(READING | {Kernel.CASE_ACT, Kernel.EXPORT_APPROVE, Permission.MONITOR}),
        SEALED,
    ),
    RoleDeclaration(
        "corrections_city",
        "上一级社区矫正机构",
        frozenset(READING | {Kernel.CASE_ACT, Permission.DECIDE}),
        SEALED,
        frozenset({Permission.MONITOR}),
    ),
)

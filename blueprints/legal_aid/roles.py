"""Who does what in legal aid, and what each is kept from."""

from enum import StrEnum

from saas.domain import RoleDeclaration
from saas.identity.permissions import KernelPermission as Kernel


class Permission(StrEnum):
    """Permissions of this line of work beyond the kernel's."""

    INSPECT = "legal_aid.inspect"


TITLES: dict[str, str] = {Permission.INSPECT: "检查法律援助案卷"}
READING = {Kernel.WORK, Kernel.CASE_READ, Kernel.DOCUMENT_READ, Kernel.STATISTICS}
HANDLING = READING | {Kernel.CASE_OPEN, Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.UNMASK}
CENTRE = HANDLING | {Kernel.CASE_EXPORT, Kernel.DOCUMENT_VOID}
LEADING = CENTRE | {Kernel.CASE_ASSIGN, Kernel.CASE_LABEL, Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
# The centre decides, the bureau looks over it (法律援助法 5, 49, 59); who handles cases does neither.
OVERSEEING = frozenset({Permission.INSPECT, Kernel.EXPORT_APPROVE})

ROLES = (
    RoleDeclaration("aid_clerk", "法律援助受理岗", frozenset(CENTRE), clearance=1, never=OVERSEEING),
    RoleDeclaration("aid_reviewer", "法律援助审查岗", frozenset(CENTRE | {Kernel.DOSSIER_EXPORT}), clearance=1),
    RoleDeclaration("aid_director", "法律援助中心负责人", frozenset(LEADING), clearance=2, never=OVERSEEING),
    RoleDeclaration("lawyer", "承办律师", frozenset(HANDLING), clearance=1, never=OVERSEEING | {Kernel.CASE_ASSIGN}),
    RoleDeclaration(
        "aid_supervisor",
        "法律援助工作科",
        frozenset(
            READING
            | {Kernel.CASE_ACT, Kernel.CASE_LABEL, Kernel.EXPORT_APPROVE, Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
            | {Permission.INSPECT}
        ),
        clearance=2,
    ),
)

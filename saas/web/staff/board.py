"""The blueprint that the console's routes hang on, and the entries of its menu."""

from flask import Blueprint

from saas.domain import MenuEntry
from saas.identity.permissions import SIGNED_IN, KernelPermission
from saas.inspections.queries import takes_part
from saas.registers.access import reads_any

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.host_kind = "city"  # type: ignore[attr-defined]

MENU = (
    MenuEntry("我的待办", "staff.show_work", "list-task", KernelPermission.WORK, order=10),
    MenuEntry("登记收件", "staff.choose_way", "file-earmark-plus", KernelPermission.CASE_OPEN, order=20),
    MenuEntry("案件查询", "staff.list_cases", "search", KernelPermission.CASE_READ, order=30),
    MenuEntry("编号登记簿", "staff.list_documents", "file-earmark-text", KernelPermission.DOCUMENT_READ, order=35),
    MenuEntry("检查评查", "staff.list_inspections", "clipboard-check", SIGNED_IN, order=38, open_to=takes_part),
    MenuEntry("名录", "staff.list_registers", "journal-text", SIGNED_IN, order=36, open_to=reads_any),
    MenuEntry("导出审批", "staff.list_approvals", "clipboard-check", KernelPermission.EXPORT_APPROVE, order=58),
    MenuEntry("统计", "staff.show_statistics", "bar-chart", KernelPermission.STATISTICS, order=60),
)

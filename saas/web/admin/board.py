"""The blueprint that the administrators' routes hang on, and the entries of its menu."""

from flask import Blueprint

from saas.domain import MenuEntry
from saas.identity.permissions import KernelPermission

admin = Blueprint("admin", __name__, url_prefix="/admin")
admin.host_kind = "city"  # type: ignore[attr-defined]

MENU = (
    MenuEntry("账号管理", "admin.list_accounts", "people", KernelPermission.IDENTITY_READ, order=70),
    MenuEntry("角色与权限", "admin.list_roles", "key", KernelPermission.IDENTITY_READ, order=72),
    MenuEntry("授权审批", "admin.list_proposals", "check2-square", KernelPermission.IDENTITY_APPROVE, order=74),
    MenuEntry("权限矩阵", "admin.show_rights", "grid", KernelPermission.IDENTITY_READ, order=76),
    MenuEntry("流程设计", "admin.list_processes", "diagram-3", KernelPermission.CONFIG_READ, order=78),
    MenuEntry("代码表", "admin.list_lists", "tags", KernelPermission.CONFIG_READ, order=82),
    MenuEntry("工作日历", "admin.show_calendar", "calendar-event", KernelPermission.CONFIG_READ, order=84),
    MenuEntry("参数设置", "admin.list_settings", "sliders", KernelPermission.CONFIG_READ, order=86),
    MenuEntry("签名证书", "admin.show_signing", "shield-check", KernelPermission.CONFIG_READ, order=87),
    MenuEntry("配置导出和导入", "admin.show_configuration", "archive", KernelPermission.CONFIG_READ, order=88),
)

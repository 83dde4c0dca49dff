"""What every operator's page has around it, and how its facts are put into words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, request, url_for

from saas import clock
from saas.web.menu import MenuItem

MENU = (
    ("租户列表", "platform.list_cities", "building"),
    ("开通城市", "platform.new_city", "file-earmark-plus"),
    ("备份文件", "platform.list_backups", "archive"),
    ("运行状况", "platform.show_health", "bar-chart"),
    ("卷宗核验", "platform.verify_form", "shield-check"),
    ("选择城市", "platform.choose_city", "signpost-split"),
    ("通行密钥", "platform.list_passkeys", "person"),
)
STATES: Mapping[str, tuple[str, str]] = {
    "active": ("服务中", "success"),
    "read_only": ("只读", "warning"),
    "suspended": ("已停用", "danger"),
    "provisioning": ("开通中", "info"),
    "failed": ("开通失败", "danger"),
    "moving": ("搬迁中", "info"),
    "deleting": ("注销中", "danger"),
}
STEP = 1024


def frame() -> dict[str, Any]:
    """The operator and the menu, for every template of a signed-in operator."""
    entries = [MenuItem(title, url_for(page), icon, page == request.endpoint) for title, page, icon in MENU]
    return {"operator": g.operator, "menu": entries}


def size_text(size: int | None) -> str:
    """Bytes as people read them."""
    if size is None:
        return "—"
    amount = float(size)
    for unit in ("字节", "KB", "MB"):
        if amount < STEP:
            return f"{amount:,.0f} {unit}" if unit == "字节" else f"{amount:,.1f} {unit}"
        amount /= STEP
    return f"{amount:,.1f} GB"


def moment_text(moment: datetime | None) -> str:
    """A moment in Beijing time to the minute."""
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else "—"


def who(username: str, names: Mapping[str, str]) -> str:
    """Name and account of an operator; what the system did by itself says so."""
    if username == "system":
        return "命令行或系统"
    return f"{names[username]}（{username}）" if username in names else username

"""The page of all settings, by the first word of their keys."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.configuration import values
from saas.domain import domains
from saas.identity.permissions import KernelPermission, requires
from saas.settings import services as settings
from saas.settings.declaration import Setting
from saas.settings.models import SettingValue
from saas.web.admin.board import admin

GROUPS: Mapping[str, str] = {
    "cases": "案件编号",
    "documents": "文书编号",
    "clocks": "期限提醒",
    "site": "网站",
    "portal": "群众端",
    "export": "导出",
    "dossier": "卷宗",
    "identity": "账号与登录",
    "audit": "操作日志",
}
COLUMNS = {"title": "设置", "value": "现在的值", "source": "依据", "changed": "最近修改"}
UNVERIFIED = "来源未核实"
NEVER = "未修改过，使用默认值"


@admin.get("/settings")
@requires(KernelPermission.CONFIG_READ)
def list_settings() -> ResponseReturnValue:
    """Show every setting with its value now."""
    own = settings.list_own()
    titles = {**{line.name: line.title for line in domains()}, **GROUPS}
    groups: dict[str, list[dict[str, Any]]] = {word: [] for word in titles}
    for setting in settings.declared().values():
        groups[setting.key.partition(".")[0]].append(_row(setting, own.get(setting.key)))
    return render_template(
        "admin/settings/list_settings.html",
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        groups=[{"id": word, "title": titles[word], "rows": rows} for word, rows in groups.items() if rows],
        may_edit=g.actor.may(KernelPermission.CONFIGURE),
    )


def _row(setting: Setting, own: SettingValue | None) -> dict[str, Any]:
    return {
        "title": setting.title,
        "url": url_for("admin.show_setting", key=setting.key),
        "value": shown(setting, settings.get(setting.key)),
        "source": setting.source,
        "unverified": not setting.verified,
        "changed": changed(own),
    }


def changed(own: SettingValue | None) -> str:
    """Who gave a setting its value, and when."""
    return f"{own.changed_by} {clock.local(own.changed_at):%Y-%m-%d %H:%M}" if own else NEVER


def shown(setting: Setting, value: Any) -> str:  # noqa: ANN401  a setting has the type it declares
    """A value in words."""
    if setting.kind == "boolean":
        return "是" if value else "否"
    return values.as_text(value) or "（空）"

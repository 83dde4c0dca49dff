"""What the audit knows of settings."""

from enum import StrEnum


class SettingAudit(StrEnum):
    """What is done to a setting."""

    CHANGED = "setting.changed"
    RESET = "setting.reset"


TITLES: dict[str, str] = {SettingAudit.CHANGED: "修改设置", SettingAudit.RESET: "恢复设置的默认值"}

"""Reading and changing a city's settings."""

from typing import Any

from flask import current_app
from sqlalchemy import select

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import InvalidInputError
from saas.identity.actor import Actor
from saas.settings.declaration import KERNEL_SETTINGS, Setting
from saas.settings.models import SettingValue

DECLARED = "fengqiao.settings"
_LOADED = "fengqiao.setting_values"


def declared() -> dict[str, Setting]:
    """All settings by key: the kernel's and those of the lines of work (put on the app at its start)."""
    extra: tuple[Setting, ...] = current_app.extensions.get(DECLARED, ())
    return {setting.key: setting for setting in (*KERNEL_SETTINGS, *extra)}


def get(key: str) -> Any:  # noqa: ANN401  a setting has the type it declares
    """The city's value of a setting, or its default; all values are read once per session."""
    values: dict[str, Any] | None = db.session.info.get(_LOADED)
    if values is None:
        rows = db.session.execute(select(SettingValue.key, SettingValue.value))
        values = {row.key: row.value["value"] for row in rows}
        db.session.info[_LOADED] = values
    return values[key] if key in values else declared()[key].default


def set_value(key: str, value: Any, *, by: Actor) -> None:  # noqa: ANN401  as above
    """Give a setting the city's own value.

    Raises:
        InvalidInputError: a number outside the setting's bounds.
    """
    setting = declared()[key]
    if setting.kind == "integer" and not _within(setting, value):
        raise InvalidInputError({key: f"{setting.title}应当在 {setting.minimum} 到 {setting.maximum} 之间。"})
    old = get(key)
    row = db.session.get(SettingValue, key) or SettingValue(key=key)
    row.value, row.changed_at, row.changed_by = {"value": value}, clock.now(), by.name
    db.session.add(row)
    db.session.info[_LOADED][key] = value
    audit.record("setting.changed", ("setting", key), by=by, detail={"old": old, "new": value}, high=True)


def _within(setting: Setting, value: int) -> bool:
    low, high = setting.minimum, setting.maximum
    return (low is None or value >= low) and (high is None or value <= high)

"""Reading and changing a city's settings."""

from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import ColumnElement, Integer, cast, func, select

from saas import clock
from saas.audit import services as audit
from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError
from saas.settings.actions import SettingAudit
from saas.settings.checking import fault
from saas.settings.declaration import KERNEL_SETTINGS, Setting
from saas.settings.models import SettingValue
from saas.settings.remembering import remembered

if TYPE_CHECKING:
    from saas.identity.actor import Actor

DECLARED = "fengqiao.settings"


def declared() -> dict[str, Setting]:
    """All settings by key: the kernel's and those of the lines of work (put on the app at its start)."""
    extra: tuple[Setting, ...] = current_app.extensions.get(DECLARED, ())
    return {setting.key: setting for setting in (*KERNEL_SETTINGS, *extra)}


def limits() -> dict[str, tuple[int | None, int | None]]:
    """The least and the greatest value of every setting that is a number."""
    return {one.key: (one.minimum, one.maximum) for one in declared().values() if one.kind == "integer"}


def get(key: str) -> Any:  # noqa: ANN401  a setting has the type it declares
    """The city's value of a setting, or its default; all values are read together and remembered."""
    values = remembered("settings", _read)
    return values[key] if key in values else default_of(key)


def _read() -> dict[str, Any]:
    rows = db.session.execute(select(SettingValue.key, SettingValue.value))
    return {row.key: row.value["value"] for row in rows}


def default_of(key: str) -> Any:  # noqa: ANN401  as above
    """What a setting is where the city gave it no value."""
    setting = declared()[key]
    return setting.demo if setting.demo is not None and current_tenant().demo else setting.default


def expression(key: str) -> ColumnElement[int]:
    """A whole number the city set, as part of another statement: for what must not cost one of its own."""
    given = select(cast(SettingValue.value["value"].astext, Integer)).where(SettingValue.key == key)
    return func.coalesce(given.scalar_subquery(), default_of(key))


def set_value(key: str, value: Any, *, by: "Actor") -> None:  # noqa: ANN401  as above
    """Give a setting the city's own value.

    Raises:
        InvalidInputError: the value is of another kind, out of bounds, no choice or written wrong.
    """
    found = fault(declared()[key], value)
    if found:
        raise InvalidInputError({key: found})
    old = get(key)
    row = db.session.get(SettingValue, key) or SettingValue(key=key)
    row.value, row.changed_at, row.changed_by = {"value": value}, clock.now(), by.name
    db.session.add(row)
    audit.record(SettingAudit.CHANGED, ("setting", key), by=by, detail={"old": old, "new": value}, high=True)


def reset(key: str, *, by: "Actor") -> None:
    """Let a setting be what it is where no city gave it a value; nothing happens where the city gave none."""
    row = db.session.get(SettingValue, key)
    if row is None:
        return
    detail = {"old": row.value["value"], "new": default_of(key)}
    db.session.delete(row)
    audit.record(SettingAudit.RESET, ("setting", key), by=by, detail=detail, high=True)


def list_own() -> dict[str, SettingValue]:
    """The city's own values by key, with who gave them and when."""
    return {row.key: row for row in db.session.scalars(select(SettingValue).order_by(SettingValue.key))}

"""Giving a setting a value by hand: read, checked with everything around it, and against what others did."""

from typing import Any

from saas.configuration import numbers
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.actor import Actor
from saas.settings import checking
from saas.settings import services as settings
from saas.settings.declaration import Setting


def find(key: str) -> Setting:
    """A declared setting.

    Raises:
        NotFoundError: There is none of that key.
    """
    setting = settings.declared().get(key)
    if setting is None:
        raise NotFoundError
    return setting


def read(setting: Setting, typed: str) -> Any:  # noqa: ANN401  a setting has the type it declares
    """What was typed as a value that the setting may have.

    Raises:
        InvalidInputError: It may not, or it would give numbers twice.
    """
    value = checking.read(setting, typed)
    found = fault(setting, value)
    if found:
        raise InvalidInputError({"value": found})
    return value


def fault(setting: Setting, value: Any) -> str | None:  # noqa: ANN401  as above
    """Why the city cannot give a setting this value, None where it can."""
    found = checking.fault(setting, value)
    if found or value == settings.get(setting.key):
        return found
    return numbers.fault(setting.key, value) if setting.words else None


def change(setting: Setting, typed: str, *, seen: str, by: Actor) -> None:
    """Give a setting what was typed.

    Args:
        setting: Which one.
        typed: The new value as it was typed.
        seen: The value the person saw before, as a text.
        by: Who changes it.

    Raises:
        ConflictError: Somebody else changed it meanwhile.
        InvalidInputError: It may not have that value.
    """
    _check_seen(setting, seen)
    settings.set_value(setting.key, read(setting, typed), by=by)


def reset(setting: Setting, *, seen: str, by: Actor) -> None:
    """Go back to the default.

    Raises:
        ConflictError: Somebody else changed it meanwhile.
        InvalidInputError: The default would give numbers twice.
    """
    _check_seen(setting, seen)
    found = fault(setting, settings.default_of(setting.key))
    if found:
        raise InvalidInputError({"value": found})
    settings.reset(setting.key, by=by)


def as_text(value: Any) -> str:  # noqa: ANN401  as above
    """A value as it is typed."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_seen(setting: Setting, seen: str) -> None:
    now = as_text(settings.get(setting.key))
    if seen != now:
        raise ConflictError(f"别人刚刚把“{setting.title}”改成了“{now}”，您的修改还没有保存。请核对后再提交。")

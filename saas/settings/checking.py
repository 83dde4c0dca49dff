"""Whether a value may be given to a setting: its kind, bounds, choices and the way it is written."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from saas.numbering import pattern
from saas.settings.declaration import Setting

LONGEST = 200  # characters of a text
Value = Any


def read(setting: Setting, typed: str) -> Value:
    """What was typed as a value of the setting's kind; a text that is none stays one and is refused afterwards."""
    text = typed.strip()
    if setting.kind == "integer" and re.fullmatch(r"-?[0-9]{1,9}", text):
        return int(text)
    return {"true": True, "false": False}.get(text, text) if setting.kind == "boolean" else text


def fault(setting: Setting, value: Value) -> str | None:
    """Why a setting cannot have a value, None where it can."""
    return _KINDS[setting.kind](setting, value)


def _integer(setting: Setting, value: Value) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{setting.title}应当是整数。"
    low, high = setting.minimum, setting.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    return f"{setting.title}应当在 {low} 到 {high} 之间。"


def _text(setting: Setting, value: Value) -> str | None:
    if not isinstance(value, str) or not value.isprintable():
        return f"{setting.title}应当是一行文字。"
    if len(value) > LONGEST:
        return f"{setting.title}最多 {LONGEST} 个字，请缩短。"
    if setting.choices and value not in setting.choices:
        return f"{setting.title}只能是{'、'.join(setting.choices)}。"
    found = pattern.fault(value, setting.words) if setting.words else None
    if found is None and setting.pattern and not re.fullmatch(setting.pattern, value):
        return f"{setting.title}的写法不对。{setting.help}"
    return found


def _date(setting: Setting, value: Value) -> str | None:
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return f"{setting.title}应当是日期，例如 2026-01-31。"
    return None


def _boolean(setting: Setting, value: Value) -> str | None:
    return None if isinstance(value, bool) else f"{setting.title}请选择“是”或者“否”。"


_KINDS: Mapping[str, Callable[[Setting, Value], str | None]] = {
    "integer": _integer,
    "text": _text,
    "date": _date,
    "boolean": _boolean,
}

"""How the checks read days and name what is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from saas.workflow.engine import Reason

Facts = Mapping[str, Any]
Values = Mapping[str, Any]


def day(value: object) -> date | None:
    """A day that was entered, if it was."""
    return date.fromisoformat(str(value)[:10]) if value else None


def years_later(start: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the last of February (民法典 202)."""
    last = 28 if (start.month, start.day) == (2, 29) else start.day
    return start.replace(year=start.year + years, day=last)


def unticked(code: str, values: Values, needed: Mapping[str, tuple[str, str]]) -> list[Reason]:
    """A reason for each box that has to be ticked and is not: field to sentence and article."""
    return [Reason(code, text, field, law) for field, (text, law) in needed.items() if not values.get(field)]


def ticked(code: str, values: Values, grounds: Mapping[str, str], law: str) -> list[Reason]:
    """A reason for each ground that was found to hold: field to sentence."""
    return [Reason(code, text, field, law) for field, text in grounds.items() if values.get(field)]


def filed(code: str, facts: Facts, category: tuple[str, str], law: str) -> list[Reason]:
    """A file is archived with a kind of material in it: its code and title."""
    name, title = category
    if name in facts["case.file_categories"]:
        return []
    return [Reason(code, f"卷内缺少“{title}”。请先在“材料”中上传，再归档。", None, law)]

"""Plain values in the words printed on forms: days, moments, money, lines."""

from collections.abc import Iterable
from datetime import date, datetime

from saas.clock import local
from saas.text import chinese_date, chinese_money, money_text


def day(value: str | None) -> str:
    """``2026-11-22`` as ``2026年11月22日``; nothing stays empty."""
    return chinese_date(date.fromisoformat(value)) if value else ""


def moment(value: str | None) -> str:
    """A moment with its offset as Beijing time: ``2026年11月22日9时05分``."""
    if not value:
        return ""
    when = local(datetime.fromisoformat(value))
    return f"{chinese_date(when.date())}{when.hour}时{when.minute:02d}分"


def yuan(fen: int | None) -> str:
    """An amount in figures and capitals: ``1,200.00元（大写：壹仟贰佰元整）``."""
    return "" if fen is None else f"{money_text(fen)}元（大写：{chinese_money(fen)}）"


def lines(value: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (value or "").splitlines() if line.strip()]


def listed(names: Iterable[str]) -> str:
    """Names one after another: ``张三、李四``."""
    return "、".join(names)

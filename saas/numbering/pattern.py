"""Patterns of numbers as a city writes them: what may stand in one, and how the next number looks."""

import re
from collections.abc import Collection
from string import Formatter

_DIGITS = re.compile(r"0[1-9]")
_ONLY_N = "n"


def fault(pattern: str, words: Collection[str]) -> str | None:
    """Why a pattern cannot be used, None where it can.

    Args:
        pattern: Such as ``{year}{n:06}``.
        words: The names it may use; all of them have to be in it, since a number without one would be given twice.
    """
    try:
        parts = [(name, spec, way) for _, name, spec, way in Formatter().parse(pattern) if name is not None]
    except ValueError:
        return "大括号没有成对，请检查，例如 {year}{n:06}。"
    known = "、".join(f"{{{word}}}" for word in words)
    for name, spec, way in parts:
        if name not in words:
            return f"不能使用 {{{name}}}，只能使用{known}。"
        if way or (spec and not (name == _ONLY_N and _DIGITS.fullmatch(spec))):
            return "只有流水号可以规定位数，写成 {n:02} 到 {n:09}。"
    missing = [f"{{{word}}}" for word in words if word not in {name for name, _, _ in parts}]
    return f"缺少{'、'.join(missing)}，不同的案件或者文书会得到相同的编号，请补上。" if missing else None

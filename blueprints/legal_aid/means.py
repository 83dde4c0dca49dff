"""Hardship and subsidies in money, as pure functions of numbers; all sums are fen."""

from collections.abc import Mapping

FEN = 100


def per_head(income: int, people: int) -> int:
    """The monthly income of a household for each of its members, rounded down.

    Args:
        income: Of all members in a month, in fen.
        people: How many live together, at least one.
    """
    return income // max(people, 1)


def is_poor(income: int, people: int, threshold: int) -> bool:
    """Whether a household is in hardship: its income per head is not above the standard (法律援助法 34)."""
    return per_head(income, people) <= threshold


def subsidy(kind: str, count: int, rates: Mapping[str, int]) -> int | None:
    """The subsidy in fen for so many cases or days by the city's table in yuan; None for what is not in it (52)."""
    rate = rates.get(kind)
    return None if rate is None else rate * FEN * count


def yuan(fen: int) -> str:
    """A sum in words of yuan without needless zeros."""
    whole, rest = divmod(fen, FEN)
    return f"{whole}.{rest:02d}元" if rest else f"{whole}元"

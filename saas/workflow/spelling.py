"""The name somebody may have meant: the nearest of the known ones by edit distance."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name with the fewest changes; None when more than a third would have to change."""
    allowed = max(1, len(name) // 3)
    found = [(distance(name, one), one) for one in known if abs(len(one) - len(name)) <= allowed]
    closest = min(found, default=None)
    return closest[1] if closest and closest[0] <= allowed else None


def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped or replaced to make one of the other."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            line.append(min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != wanted)))
        before = line
    return before[-1]

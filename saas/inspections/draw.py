"""The draw: what is inspected and by whom, so that anybody who has the lists and the seed comes to the same.

Nothing but SHA-256 (lower-case hexadecimal, of UTF-8 text) is needed:

1. ``digest`` fixes the lists before the seed is made.
2. The objects stand in the order of ``sha256("<seed>:<object>")``; drawn are the first share of them, rounded up.
3. Each of them in turn gets, of the inspectors not kept out of it, those with the fewest objects so far; among equals
   the order is that of ``sha256("<seed>:<object>:<inspector>")``.
"""

import hashlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

FORMAT = "draw/1"
WHOLE = 100


@dataclass(frozen=True)
class Draw:
    """What came out: the objects in the order they were drawn, and the inspectors of each."""

    objects: tuple[str, ...]
    pairs: Mapping[str, tuple[str, ...]]


class NobodyLeftError(ValueError):
    """So many are kept out of an object that not enough inspectors are left for it."""

    def __init__(self, drawn: str) -> None:
        """Say for which object."""
        super().__init__(f"not enough inspectors are left for {drawn}")
        self.drawn = drawn


def digest(objects: Sequence[str], share_percent: int, inspectors: Sequence[str], per_object: int) -> str:
    """The digest that fixes the lists: of the sorted ids, one a line, under their headings."""
    head = (FORMAT, f"share_percent {share_percent}", f"per_object {per_object}")
    text = "\n".join([*head, "objects", *sorted(objects), "inspectors", *sorted(inspectors)])
    return _sha256(text)


def in_order(seed: str, ids: Sequence[str]) -> list[str]:
    """The ids in the order the seed puts them."""
    return sorted(ids, key=lambda one: _sha256(f"{seed}:{one}"))


def share_of(total: int, share_percent: int) -> int:
    """How many a share in percent comes to, rounded up."""
    return -(-total * share_percent // WHOLE)


def draw(
    seed: str,
    objects: Sequence[str],
    share_percent: int,
    inspectors: Sequence[str],
    per_object: int,
    recused: Mapping[str, AbstractSet[str]],
) -> Draw:
    """Draw objects, and inspectors for each.

    Args:
        seed: Made after the lists were fixed.
        objects: The ids of all that may be drawn, in any order.
        share_percent: How many percent of them are drawn, 1 to 100.
        inspectors: The ids of all who may inspect.
        per_object: How many each object gets.
        recused: By object, who keeps out of it.

    Raises:
        NobodyLeftError: Not enough inspectors are left for an object.
    """
    drawn = in_order(seed, objects)[: share_of(len(objects), share_percent)]
    load = dict.fromkeys(inspectors, 0)
    pairs: dict[str, tuple[str, ...]] = {}
    for one in drawn:
        pairs[one] = tuple(next_free(seed, one, load, recused.get(one, frozenset()))[:per_object])
        if len(pairs[one]) < per_object:
            raise NobodyLeftError(one)
        for inspector in pairs[one]:
            load[inspector] += 1
    return Draw(tuple(drawn), pairs)


def next_free(seed: str, drawn: str, load: Mapping[str, int], out: AbstractSet[str]) -> list[str]:
    """Who may be given an object, in the order in which they are; ``load`` says how many each inspector has."""
    free = [inspector for inspector in load if inspector not in out]
    return sorted(free, key=lambda inspector: (load[inspector], _sha256(f"{seed}:{drawn}:{inspector}")))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Proof that a decision table has no gap and no overlap, by cutting the space of its inputs into boxes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from saas.workflow import tables
from saas.workflow.process_parts import Column, Decision, Row

Side: TypeAlias = tuple[int, int] | frozenset[str]
"""What a box takes of a column: the numbers between two ends, or values."""
Box: TypeAlias = tuple[Side, ...]
Example: TypeAlias = Mapping[str, int | str]

MOST_PROVED = 40
"""Tables with more rows are sampled: cutting takes too long for an answer while somebody is typing."""
_MOST_BOXES = 4000
_SAMPLES = 1500


@dataclass(frozen=True)
class Proof:
    """What is wrong with a table: people no row takes, rows that overlap, rows never hit; `sampled` when not proved."""

    gaps: tuple[Example, ...]
    overlaps: tuple[tuple[int, int, Example], ...]
    never: tuple[int, ...]
    sampled: bool


def prove(decision: Decision, params: Mapping[str, int]) -> Proof:
    """The proof for the numbers of one day; a row with a parameter without a number takes nobody."""
    boxes = [box_of(decision, row, params) for row in decision.rows]
    overlaps = tuple(_overlaps(decision, boxes)) if decision.hit == "unique" else ()
    empty = {place for place, box in enumerate(boxes) if _is_empty(box)}
    cut = _cut(decision, boxes) if len(boxes) <= MOST_PROVED else None
    if cut is None:
        return Proof(tuple(_sampled(decision, boxes)), overlaps, tuple(sorted(empty)), sampled=True)
    left, covered = cut
    never = empty | (covered if decision.hit == "first" else set())
    return Proof(tuple(_example(decision, box) for box in left[:1]), overlaps, tuple(sorted(never)), sampled=False)


def box_of(decision: Decision, row: Row, params: Mapping[str, int]) -> Box:
    """The inputs a row takes; a column that is not named takes all of its own."""
    return tuple(_side(column, row, params) for column in decision.columns)


def _side(column: Column, row: Row, params: Mapping[str, int]) -> Side:
    cell = row.cells.get(column.name)
    if cell is None:
        return _whole(column)
    if column.kind == "int":
        ends = tables.interval(cell, params) if tables.is_interval(cell) else None
        return (max(ends[0], column.low), min(ends[1], column.high)) if ends else (1, 0)
    return frozenset() if tables.is_interval(cell) else frozenset(str(one) for one in cell) & frozenset(column.values)


def _whole(column: Column) -> Side:
    return (column.low, column.high) if column.kind == "int" else frozenset(column.values)


def _none(side: Side) -> bool:
    return not side if isinstance(side, frozenset) else side[0] > side[1]


def _is_empty(box: Box) -> bool:
    return any(_none(side) for side in box)


def _common(one: Box, other: Box) -> Box:
    return tuple(_both(left, right) for left, right in zip(one, other, strict=True))


def _both(left: Side, right: Side) -> Side:
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        return left & right
    assert not isinstance(left, frozenset)  # both sides are of one column
    assert not isinstance(right, frozenset)
    return max(left[0], right[0]), min(left[1], right[1])


def _cut(decision: Decision, boxes: Sequence[Box]) -> tuple[list[Box], set[int]] | None:
    """What no row takes, and the rows that take nothing the rows before have left; None when it becomes too much."""
    left: list[Box] = [tuple(_whole(column) for column in decision.columns)]
    never: set[int] = set()
    for place, box in enumerate(boxes):
        if not any(not _is_empty(_common(piece, box)) for piece in left):
            never.add(place)
        left = [rest for piece in left for rest in _without(piece, box)]
        if len(left) > _MOST_BOXES:
            return None
    return left, never


def _without(piece: Box, box: Box) -> Iterator[Box]:
    """The parts of a box outside another, cut column by column."""
    if _is_empty(_common(piece, box)):
        yield piece
        return
    rest = piece
    for place, side in enumerate(box):
        for outside in _outside(rest[place], side):
            yield (*rest[:place], outside, *rest[place + 1 :])
        rest = (*rest[:place], _both(rest[place], side), *rest[place + 1 :])


def _outside(whole: Side, side: Side) -> list[Side]:
    if isinstance(whole, frozenset) and isinstance(side, frozenset):
        return [whole - side] if whole - side else []
    assert not isinstance(whole, frozenset)  # both sides are of one column
    assert not isinstance(side, frozenset)
    parts = [(whole[0], side[0] - 1), (side[1] + 1, whole[1])]
    return [part for part in parts if part[0] <= part[1]]


def _overlaps(decision: Decision, boxes: Sequence[Box]) -> Iterator[tuple[int, int, Example]]:
    """The rows that take the same person and come to different words, or to the same by two rows."""
    for later, box in enumerate(boxes):
        for earlier in range(later):
            common = _common(boxes[earlier], box)
            if not _is_empty(common):
                yield earlier, later, _example(decision, common)


def _sampled(decision: Decision, boxes: Sequence[Box]) -> Iterator[Example]:
    """People chosen near the ends of the rows; the same ones every time."""
    random = Random(0)  # noqa: S311  a sample, not a secret
    points = [_points(column, place, boxes) for place, column in enumerate(decision.columns)]
    for _ in range(_SAMPLES):
        chosen: tuple[int | str, ...] = tuple(random.choice(some) for some in points)
        if not any(all(_lies_in(one, side) for one, side in zip(chosen, box, strict=True)) for box in boxes):
            yield dict(zip((column.name for column in decision.columns), chosen, strict=True))
            return


def _points(column: Column, place: int, boxes: Sequence[Box]) -> list[int | str]:
    if column.kind != "int":
        return list(column.values)
    ends = {column.low, column.high}
    for box in boxes:
        side = box[place]
        if not isinstance(side, frozenset) and side[0] <= side[1]:
            ends |= {side[0], side[1], side[0] - 1, side[1] + 1}
    return sorted(end for end in ends if column.low <= end <= column.high)


def _lies_in(value: int | str, side: Side) -> bool:
    if isinstance(side, frozenset):
        return value in side
    return isinstance(value, int) and side[0] <= value <= side[1]


def _example(decision: Decision, box: Box) -> Example:
    """One person of a box: the smallest number, the first value in the column's order."""
    chosen: dict[str, int | str] = {}
    for column, side in zip(decision.columns, box, strict=True):
        if isinstance(side, frozenset):
            chosen[column.name] = next(value for value in column.values if value in side)
        else:
            chosen[column.name] = side[0]
    return chosen

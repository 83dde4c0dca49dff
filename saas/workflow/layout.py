"""Where the states of a process are drawn: in rows from the first to the last, a state put somewhere by hand stays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import TypeAlias

import networkx as nx

from saas.workflow.process import Definition

Point = tuple[int, int]
Graph: TypeAlias = "nx.DiGraph[str]"
WIDTH, HEIGHT = 152, 56
"""Of the box of a state, in pixels; its place is the box's middle."""
ACROSS, DOWN, LANE = 184, 120, 44
"""From one box to the next in its row, from one row to the next, and what a passing line takes of a row."""
_SWEEPS = 4
_MOST_LANES = 400
"""Lines that pass rows are led between the boxes while there are not more of them than this."""


@dataclass(frozen=True)
class Layout:
    """The middle of every box, and by its two ends the points over which a long line is led."""

    places: Mapping[str, Point]
    bends: Mapping[tuple[str, str], tuple[Point, ...]] = field(default_factory=dict)

    def reading_order(self) -> list[str]:
        """The states from top to bottom, those of one row from left to right."""
        return sorted(self.places, key=lambda state: (self.places[state][1], self.places[state][0], state))


def of_definition(definition: Definition) -> Layout:
    """The places of the states of a process."""
    edges = [(source, step.to) for step in definition.transitions for source in step.sources]
    starts = [definition.initial, *(way.to for way in definition.opens)]
    return arrange([*starts, *definition.states], edges, definition.layout, among=definition.states)


def arrange(
    states: Iterable[str], edges: Iterable[tuple[str, str]], pins: Mapping[str, Sequence[int]], *, among: Iterable[str]
) -> Layout:
    """Places for states.

    Args:
        states: The states, first those where cases begin.
        edges: The steps from state to state; those that lead nowhere known are left out.
        pins: Where states were put by hand.
        among: The states there are.
    """
    known = set(among)
    graph: Graph = nx.DiGraph()
    graph.add_nodes_from(state for state in states if state in known)
    graph.add_edges_from((a, b) for a, b in edges if a in known and b in known and a != b)
    if not graph:
        return Layout({})
    rows, chains = _rows(graph)
    spots = _across(rows, chains)
    rank = {node: row for row, nodes in enumerate(rows) for node in nodes}
    free = {node: (x, HEIGHT + row * DOWN) for node, x in spots.items() for row in [rank[node]]}
    places = _pinned({state: free[state] for state in graph}, pins)
    led = {
        edge: tuple(free[node] for node in lanes)
        for edge, lanes in chains.items()
        if lanes and not any(end in pins for end in edge)
    }
    return Layout(places, led)


def _rows(graph: Graph) -> tuple[list[list[str]], dict[tuple[str, str], list[str]]]:
    """The rows with lanes for lines that pass them, and the lanes of every line from its start to its end."""
    last = {node: place for place, node in enumerate(nx.dfs_postorder_nodes(graph))}
    # What a walk finds leading to a state it has not left again leads back; turned round, no circle is left.
    downward: Graph = nx.DiGraph()
    downward.add_nodes_from(graph)
    downward.add_edges_from((a, b) if last[a] > last[b] else (b, a) for a, b in graph.edges)
    rows = [list(row) for row in nx.topological_generations(downward)]
    rank = {node: place for place, row in enumerate(rows) for node in row}
    spans = [(a, b) for a, b in graph.edges if abs(rank[b] - rank[a]) > 1]
    if sum(abs(rank[b] - rank[a]) for a, b in spans) > _MOST_LANES:
        spans = []
    names = (f" {number}" for number in count())
    chains = {edge: list(_lanes(rows, rank, edge, names)) for edge in spans}
    return rows, chains | {edge: [] for edge in graph.edges if edge not in chains}


def _lanes(
    rows: list[list[str]], rank: Mapping[str, int], edge: tuple[str, str], names: Iterator[str]
) -> Iterator[str]:
    start, end = rank[edge[0]], rank[edge[1]]
    step = 1 if end > start else -1
    for row in range(start + step, end, step):
        name = next(names)
        rows[row].append(name)
        yield name


def _across(rows: list[list[str]], chains: Mapping[tuple[str, str], list[str]]) -> dict[str, int]:
    """How far from the left every box and lane is: near what it is joined to, in an order with few crossings."""
    joined: dict[str, list[str]] = {node: [] for row in rows for node in row}
    for (start, end), lanes in chains.items():
        for a, b in pairwise((start, *lanes, end)):
            joined[a].append(b)
            joined[b].append(a)
    spots: dict[str, float] = {}
    for row in rows:
        spots |= _spread(row, dict.fromkeys(row, 0.0))
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {node: _mean([spots[one] for one in joined[node]], spots[node]) for node in row}
            row.sort(key=wanted.__getitem__)
            spots |= _spread(row, wanted)
    left = min(spots[node] - _width(node) / 2 for node in spots)
    return {node: round(spot - left + LANE / 2) for node, spot in spots.items()}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(row: Sequence[str], wanted: Mapping[str, float]) -> dict[str, float]:
    """Spots in the order of the row, far enough apart, on the whole where they are wanted."""
    spots: dict[str, float] = {}
    edge = float("-inf")
    for node in row:
        spots[node] = max(wanted[node], edge + _width(node) / 2)
        edge = spots[node] + _width(node) / 2
    off = _mean([spots[node] - wanted[node] for node in row], 0.0)
    return {node: spot - off for node, spot in spots.items()}


def _width(node: str) -> int:
    """A lane's name begins with a blank, which no id of a state does."""
    return LANE if node.startswith(" ") else ACROSS


def _pinned(free: Mapping[str, Point], pins: Mapping[str, Sequence[int]]) -> dict[str, Point]:
    """What was put somewhere by hand is there; what would lie under it gives way downwards."""
    places = {state: (int(pins[state][0]), int(pins[state][1])) for state in free if state in pins}
    for state, (x, y) in sorted(free.items(), key=lambda item: (item[1][1], item[1][0])):
        if state in places:
            continue
        lower = y
        while any(abs(x - a) < WIDTH and abs(lower - b) < HEIGHT for a, b in places.values()):
            lower += DOWN // 2
        places[state] = (x, lower)
    return places

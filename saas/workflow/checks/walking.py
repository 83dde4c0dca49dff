"""Shortest ways through a graph with some nodes taken away, without copying it."""

from collections import deque
from collections.abc import Collection, Container, Iterable

from saas.workflow.checks.graph import Graph, Node


def shortest(
    graph: Graph, starts: Iterable[Node], goals: Container[Node], without: Collection[Node] = ()
) -> list[Node] | None:
    """The shortest path from a start to a goal that passes none of `without`; None if there is none."""
    came: dict[Node, Node | None] = {start: None for start in starts if start in graph and start not in without}
    waiting = deque(came)
    while waiting:
        node = waiting.popleft()
        if node in goals:
            return _back(came, node)
        for target in graph[node]:
            if target not in came and target not in without:
                came[target] = node
                waiting.append(target)
    return None


def _back(came: dict[Node, Node | None], node: Node | None) -> list[Node]:
    path = []
    while node is not None:
        path.append(node)
        node = came[node]
    return path[::-1]

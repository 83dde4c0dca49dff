"""Whether a case can reach every state and an end from each (WF101 to WF105)."""

from collections.abc import Iterator

import networkx as nx

from saas.workflow.checks.graph import START, Graph, Node
from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem, error


def check(matter: Matter) -> Iterator[Problem]:
    """States no case comes to, and those no case leaves."""
    graph = matter.graph
    states = matter.definition.states
    ends = ends_of(matter)
    if not ends:
        yield error("WF105", "states", "没有办结的状态，请至少设一个")
    reached = nx.descendants(graph, START)
    good = finishing(graph, ends)
    traps = _traps(graph, good) if ends else {}
    for id_, state in states.items():
        node = ("state", id_)
        if node not in reached:
            yield error("WF101", f"states.{id_}", f"案件走不到“{state.title}”，请添加通向它的步骤，或者删除")
        elif id_ in traps:
            yield from _trap(matter, id_, traps[id_])
        elif ends and node not in good:
            yield error("WF102", f"states.{id_}", f"从“{state.title}”出发走不到办结，请添加后续步骤")


def ends_of(matter: Matter) -> list[Node]:
    """The states at which a case is over."""
    return [("state", state.id) for state in matter.definition.states.values() if state.end]


def finishing(graph: Graph, ends: list[Node]) -> set[Node]:
    """The nodes from which an end can be reached: one walk backwards from all ends."""
    backwards = graph.reverse(copy=False)
    seen, waiting = set(ends), list(ends)
    while waiting:
        fresh = set(backwards[waiting.pop()]) - seen
        seen |= fresh
        waiting += fresh
    return seen


def _traps(graph: Graph, good: set[Node]) -> dict[str, list[str]]:
    """The states of every circle without a way out, by each of them."""
    lost = graph.subgraph([node for node in graph if node not in good and node != START])
    found: dict[str, list[str]] = {}
    for circle in nx.strongly_connected_components(lost):
        if len(circle) > 1 and not any(target not in circle for node in circle for target in graph[node]):
            states = sorted(name for kind, name in circle if kind == "state")
            found |= dict.fromkeys(states, states)
    return found


def _trap(matter: Matter, state: str, circle: list[str]) -> Iterator[Problem]:
    """One finding for a circle, at its first state."""
    if state == circle[0]:
        titles = "、".join(matter.state_title(one) for one in circle)
        yield error("WF104", f"states.{state}", f"案件进入“{titles}”后只能在里面打转，请添加一个出去的步骤")

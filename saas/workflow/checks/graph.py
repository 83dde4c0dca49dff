"""The ways of a process as a graph of states and steps, so that a path names both and either can be taken away."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import networkx as nx

from saas.workflow.process import Definition, Region, State

Node: TypeAlias = tuple[str, str]
"""`("state", id)`, `("step", id)`; in regions `("inner", "state.region.id")`; `("done", state)` when all are done."""
Graph: TypeAlias = "nx.DiGraph[Node]"
START: Node = ("start", "")


def flat(definition: Definition) -> Graph:
    """States and steps of the process itself, without what goes on inside regions."""
    graph = _opened(definition)
    for step in definition.transitions:
        for source in step.sources:
            nx.add_path(graph, [("state", source), ("step", step.id), ("state", step.to)])
    return graph


def whole(definition: Definition, target: str = "") -> Graph:
    """The process with its regions: one after the other, the region of `target` first.

    A state with regions is left when all are done, so what every way through one region passes is passed. A step that
    cancels leaves from anywhere inside. What goes on beside the target need not have happened: its region comes first.
    """
    graph = _opened(definition)
    for state in definition.states.values():
        if state.regions:
            _add_regions(graph, state, target)
    for step in definition.transitions:
        for source in step.sources:
            for node in _leaving(graph, definition.states[source], cancel=step.cancel):
                nx.add_path(graph, [node, ("step", step.id), ("state", step.to)])
    return graph


def _opened(definition: Definition) -> Graph:
    """The states, and the ways in."""
    graph: Graph = nx.DiGraph()
    graph.add_node(START)
    graph.add_nodes_from(("state", state) for state in definition.states)
    for way in definition.opens:
        nx.add_path(graph, [START, ("step", way.id), ("state", way.to)])
    return graph


def _add_regions(graph: Graph, state: State, target: str) -> None:
    chain: Sequence[Region] = sorted(state.regions.values(), key=lambda region: not _holds(region, target))
    before: list[Node] = [("state", state.id)]
    for region in chain:
        for node in before:
            graph.add_edge(node, inner(state, region, region.initial))
        for step in region.transitions:
            for source in step.sources:
                nx.add_path(graph, [inner(state, region, source), ("step", step.id), inner(state, region, step.to)])
        before = [inner(state, region, final) for final in region.final]
    for node in before:
        graph.add_edge(node, ("done", state.id))


def _holds(region: Region, target: str) -> bool:
    return target in region.states or any(step.id == target for step in region.transitions)


def inner(state: State, region: Region, id_: str) -> Node:
    """The node of a state inside a region."""
    return ("inner", f"{state.id}.{region.id}.{id_}")


def _leaving(graph: Graph, state: State, *, cancel: bool) -> list[Node]:
    if not state.regions:
        return [("state", state.id)]
    if not cancel:
        return [("done", state.id)]
    inside = [node for node in graph if node[0] == "inner" and node[1].startswith(f"{state.id}.")]
    return [("state", state.id), *inside]


def named(graph: Graph, name: str) -> list[Node]:
    """The nodes an invariant means by a name: a state, a step, or states of that id inside regions."""
    plain = [node for node in (("state", name), ("step", name)) if node in graph]
    return plain or [node for node in graph if node[0] == "inner" and node[1].rpartition(".")[2] == name]


def in_words(definition: Definition, path: Iterable[Node]) -> str:
    """A path as titles with arrows between them."""
    return " → ".join(title for node in path if (title := _title(definition, node)))


def _title(definition: Definition, node: Node) -> str:
    kind, name = node
    if kind == "state":
        return definition.states[name].title
    if kind == "inner":
        state, region, id_ = name.split(".")
        return definition.states[state].regions[region].states[id_].title
    return definition.title_of(name) if kind == "step" else ""

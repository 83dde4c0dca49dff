"""Regions that cannot finish (WF110), and configurations no case gets out of (WF111, WF205), by trying them all."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import networkx as nx

from saas.workflow.checks.exploring import Explored, explore
from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process import Region, State

Inner: TypeAlias = "nx.DiGraph[str]"


def check(matter: Matter) -> Iterator[Problem]:
    """Faults of the regions, then of all together with the flags."""
    stuck: set[str] = set()
    for state in matter.definition.states.values():
        for region in state.regions.values():
            for problem in _region(state, region):
                stuck.add(state.id)
                yield problem
    found = explore(matter)
    if found is not None:
        yield from _explored(matter, found, stuck)


def _region(state: State, region: Region) -> Iterator[Problem]:
    place = f"states.{state.id}.regions.{region.id}"
    graph: Inner = nx.DiGraph()
    graph.add_nodes_from(region.states)
    graph.add_edges_from((source, step.to) for step in region.transitions for source in step.sources)
    reached = {region.initial, *nx.descendants(graph, region.initial)}
    finishing = set(region.final).union(*(nx.ancestors(graph, final) for final in region.final))
    for id_, inner in region.states.items():
        if id_ not in reached:
            words = f"分支“{region.title}”走不到“{inner.title}”，请添加通向它的步骤，或者删除"
            yield error("WF101", f"{place}.states.{id_}", words)
        elif id_ not in finishing:
            words = f"分支“{region.title}”到了“{inner.title}”就不能完成，请添加后续步骤"
            yield error("WF110", f"{place}.states.{id_}", words)


def _explored(matter: Matter, found: Explored, known: set[str]) -> Iterator[Problem]:
    told = set(known)
    for state, inner, flags in found.stuck:
        if state in told:
            continue
        told.add(state)
        title = matter.state_title(state)
        with_flags = f"（标记：{'、'.join(sorted(flags))}）" if flags else "（没有标记）"
        if inner:
            words = (
                f"“{title}”的分支停在“{_where(matter, state, inner)}”时{with_flags}走不到办结，请放宽条件或允许提前离开"
            )
            yield error("WF111", f"states.{state}", words)
        else:
            yield error("WF205", f"states.{state}", f"案件在“{title}”{with_flags}时走不到办结，请放宽条件或补上步骤")
    if found.cut:
        words = f"分支和标记的组合超过{found.most}种，只检查了一部分，请减少分支或标记"
        yield warning("WF111", "states", words)


def _where(matter: Matter, state: str, inner: Mapping[str, str]) -> str:
    regions = matter.definition.states[state].regions
    return "、".join(regions[region].states[one].title for region, one in inner.items())

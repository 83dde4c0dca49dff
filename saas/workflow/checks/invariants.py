"""What no version may break, proved on the graph: WF301 with the shortest illegal path, WF302; WF305 where unclear."""

from collections.abc import Iterator

from saas.workflow.checks.graph import START, Graph, Node, in_words, named, whole
from saas.workflow.checks.matter import Matter
from saas.workflow.checks.walking import shortest
from saas.workflow.problem import Problem, error
from saas.workflow.process import Invariant, Transition


def check(matter: Matter) -> Iterator[Problem]:
    """Every invariant that does not hold."""
    graph = whole(matter.definition)
    for index, rule in enumerate(matter.definition.invariants):
        place = f"invariants.{index}"
        if rule.before is not None:
            yield from _must_pass(matter, graph, rule, place)
        elif rule.separate:
            yield from _separate(matter, rule, place)
        else:
            yield from _never(matter, rule, place)


def _must_pass(matter: Matter, graph: Graph, rule: Invariant, place: str) -> Iterator[Problem]:
    """Take the required nodes away: any path that is left is a way round the law."""
    assert rule.before is not None
    missing = [name for name in (*rule.must_pass, rule.before) if not named(graph, name)]
    if missing:
        yield _unclear(place, missing)
        return
    if rule.before in matter.inner or not any(node[0] != "inner" for node in named(graph, rule.before)):
        graph = whole(matter.definition, rule.before)
    targets = named(graph, rule.before)
    required = {node for name in rule.must_pass for node in named(graph, name)} - set(targets)
    for target in targets:
        path = shortest(graph, [START], {target}, required)
        if path:
            yield error("WF301", place, _round(matter, path, rule))


def _unclear(place: str, missing: list[str]) -> Problem:
    return error("WF305", place, f"不变规则提到的“{'、'.join(missing)}”不存在，请恢复这个状态或步骤，或者改正规则")


def _law(rule: Invariant) -> str:
    return f"（{rule.law}）" if rule.law else ""


def _round(matter: Matter, path: list[Node], rule: Invariant) -> str:
    wanted = "或者".join(f"“{_title(matter, name)}”" for name in rule.must_pass)
    words = in_words(matter.definition, path)
    return f"可以绕过必经的{wanted}：{words}{_law(rule)}，请改正流程"


def _title(matter: Matter, name: str) -> str:
    is_state = name in matter.definition.states
    return matter.state_title(name) if is_state else matter.definition.title_of(name)


def _never(matter: Matter, rule: Invariant, place: str) -> Iterator[Problem]:
    states = matter.definition.states
    inner = {one for state in states.values() for region in state.regions.values() for one in region.states}
    if rule.to not in states and rule.to not in inner:
        yield _unclear(place, [str(rule.to)])
    for _, step in matter.steps():
        if rule.by in step.by and step.to == rule.to:
            why = f"：{rule.why}" if rule.why else ""
            role = matter.role_title(str(rule.by))
            yield error("WF302", place, f"“{step.title}”不得由“{role}”办理{why}{_law(rule)}，请从办理角色中去掉")


def _separate(matter: Matter, rule: Invariant, place: str) -> Iterator[Problem]:
    """Whichever of two steps can come after the other must refuse who took the other."""
    missing = [name for name in rule.separate if name not in matter.by_id]
    if missing:
        yield _unclear(place, missing)
        return
    first, second = rule.separate
    for earlier, later in ((first, second), (second, first)):
        step = matter.by_id[later]
        kept = isinstance(step, Transition) and earlier in step.not_same_as
        if not kept and _follows(matter, earlier, later):
            titles = f"“{matter.definition.title_of(earlier)}”和“{step.title}”"
            words = f"{titles}须由两个人办理{_law(rule)}，请在“{step.title}”写明不能与前者同一人"
            yield error("WF302", place, words)


def _follows(matter: Matter, earlier: str, later: str) -> bool:
    graph = whole(matter.definition, earlier)
    return shortest(graph, [("step", earlier)], {("step", later)}) is not None

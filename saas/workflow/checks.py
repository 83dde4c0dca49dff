"""Whether a process holds together before it is published: every fault with its code and place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import networkx as nx

from saas.workflow import expr, own_faults
from saas.workflow.process import Definition, Invariant, Transition, Way

Node = tuple[str, str]
Graph: TypeAlias = "nx.DiGraph[Node]"
_START: Node = ("start", "")


class FormLike(Protocol):
    """What the checks need of a form."""

    @property
    def field_ids(self) -> Collection[str]:
        """The ids of the fields it asks."""


@dataclass(frozen=True)
class Problem:
    """A fault (`error`) or a doubt (`warning`) at a place of the definition."""

    code: str
    severity: str
    place: str
    message: str


def check(
    definition: Definition,
    forms: Mapping[str, FormLike],
    form_codes: Collection[str],
    rules: Collection[str],
) -> list[Problem]:
    """Every problem of a definition.

    Args:
        definition: What is to be published.
        forms: The forms the line of work has, by key.
        form_codes: The codes of the documents it can issue.
        rules: The names of the rules it declares.
    """
    problems = [
        *_ids(definition),
        *_references(definition, forms, form_codes, rules),
        *_guards(definition),
        *_clocks(definition, forms),
        *_words(definition),
        *(Problem(*fault) for fault in own_faults.faults(definition, forms)),
    ]
    if not any(problem.code in {"WF010", "WF012"} for problem in problems):
        problems += [*_paths(definition), *_invariants(definition)]
    return problems


def _error(code: str, place: str, message: str) -> Problem:
    return Problem(code, "error", place, message)


def _warning(code: str, place: str, message: str) -> Problem:
    return Problem(code, "warning", place, message)


def _steps(definition: Definition) -> Iterator[tuple[str, Way | Transition]]:
    yield from ((f"opens.{way.id}", way) for way in definition.opens)
    yield from ((f"transitions.{step.id}", step) for step in definition.transitions)


def _ids(definition: Definition) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, step in _steps(definition):
        if step.id in seen:
            yield _error("WF012", place, f"编号“{step.id}”重复，请改用另一个编号")
        seen.add(step.id)
    for state in definition.states:
        titles = [one.title for one in definition.transitions if state in one.sources]
        for title in sorted({title for title in titles if titles.count(title) > 1}):
            yield _warning("WF106", f"states.{state}", f"从这里出发有两个都叫“{title}”的步骤，请改名区分")


def _references(
    definition: Definition,
    forms: Mapping[str, FormLike],
    form_codes: Collection[str],
    rules: Collection[str],
) -> Iterator[Problem]:
    for place, state in _state_references(definition):
        if state not in definition.states:
            yield _error("WF010", place, f"没有状态“{state}”，请先添加或改正")
    for place, role in _role_references(definition):
        if role not in definition.roles:
            yield _error("WF011", place, f"没有角色“{role}”，请先添加或改正")
    for place, step in _steps(definition):
        yield from _step_references(place, step, forms, form_codes, rules)
    for transition in definition.transitions:
        yield from _transition_references(definition, transition, forms)


def _step_references(
    place: str,
    step: Way | Transition,
    forms: Mapping[str, FormLike],
    form_codes: Collection[str],
    rules: Collection[str],
) -> Iterator[Problem]:
    if step.form and step.form not in forms:
        yield _error("WF013", place, f"没有表单“{step.form}”，请先添加或改正")
    for code in step.documents:
        if code not in form_codes:
            yield _error("WF014", place, f"没有文书“{code}”，请先添加或改正")
    for rule in step.checks:
        if rule not in rules:
            yield _error("WF015", place, f"没有核对规则“{rule}”，请先添加或改正")


def _state_references(definition: Definition) -> Iterator[tuple[str, str]]:
    yield "initial", definition.initial
    yield from ((f"opens.{way.id}", way.to) for way in definition.opens)
    for step in definition.transitions:
        yield from ((f"transitions.{step.id}", state) for state in (*step.sources, step.to))


def _role_references(definition: Definition) -> Iterator[tuple[str, str]]:
    for place, step in _steps(definition):
        yield from ((place, role) for role in step.by)
    for state in definition.states.values():
        yield from ((f"states.{state.id}", role) for role in state.queue)


def _transition_references(
    definition: Definition, step: Transition, forms: Mapping[str, FormLike]
) -> Iterator[Problem]:
    place = f"transitions.{step.id}"
    known = {one.id for _, one in _steps(definition)}
    for other in step.not_same_as:
        if other not in known:
            yield _error("WF016", place, f"没有步骤“{other}”，“须由另一人办理”无从比较")
    if step.assign not in {None, "actor"}:
        form = forms.get(step.form or "")
        if form is None or step.assign not in form.field_ids:
            yield _error("WF017", place, f"表单里没有字段“{step.assign}”，无法确定承办人")


def _guards(definition: Definition) -> Iterator[Problem]:
    for place, step in _steps(definition):
        for guard in step.when:
            try:
                expr.compile_guard(guard.that, definition.fields)
            except expr.GuardError as error:
                yield _error("WF201", place, f"条件“{guard.that}”写得不对：{error}")


def _clocks(definition: Definition, forms: Mapping[str, FormLike]) -> Iterator[Problem]:
    steps = {step.id: step for _, step in _steps(definition)}
    for id_, rule in definition.clocks.items():
        place = f"clocks.{id_}"
        for action in _clock_actions(rule):
            if action not in steps:
                yield _error("SL401", place, f"没有步骤“{action}”，请改正计时的起止")
        if not rule.get("law"):
            yield _error("SL402", place, "没有写明依据，请填写法律或者规定的条款")
        if not rule["stop"]:
            yield _warning("SL404", place, "没有写明哪一步停止计时，会一直计下去")
        if bool(rule["pause"]) != bool(rule["resume"]):
            yield _error("SL405", place, "中止与恢复计时必须成对，请补全")
        yield from _clock_fields(place, rule, steps, forms)


def _clock_actions(rule: Mapping[str, Any]) -> list[str]:
    extend = [rule["extend"]["on"]] if rule.get("extend") else []
    return [*rule["start"], *rule["stop"], *rule["pause"], *rule["resume"], *extend]


def _clock_fields(
    place: str,
    rule: Mapping[str, Any],
    steps: Mapping[str, Way | Transition],
    forms: Mapping[str, FormLike],
) -> Iterator[Problem]:
    """The fields a clock reads must be asked by the steps it reads them from."""
    read = [rule.get("from"), *rule.get("given", {})]
    wanted = [(action, field) for action in rule["start"] for field in read]
    if rule.get("until"):
        asked = [action for action in rule["stop"] if _asks(steps.get(action), rule["until"], forms)]
        wanted += [] if asked else [(rule["stop"][0] if rule["stop"] else rule["start"][0], rule["until"])]
    if rule.get("extend"):
        wanted.append((rule["extend"]["on"], rule["extend"].get("field")))
    for action, field in wanted:
        step = steps.get(action)
        if step and field and not _asks(step, field, forms):
            yield _error("SL408", place, f"步骤“{action}”的表单里没有字段“{field}”，请补上或改正")


def _asks(step: Way | Transition | None, field: str, forms: Mapping[str, FormLike]) -> bool:
    form = forms.get(step.form or "") if step else None
    return form is not None and field in form.field_ids


def _words(definition: Definition) -> Iterator[Problem]:
    for state in definition.states.values():
        if not state.public:
            yield _warning("PU601", f"states.{state.id}", "没有写给当事人看的说明，请补充")
        if state.phase and state.phase not in definition.phases:
            yield _error("WF018", f"states.{state.id}", f"没有阶段“{state.phase}”，请先添加或改正")
        if not state.end and not state.queue and not state.handler:
            yield _warning("AS502", f"states.{state.id}", "没有写明由谁办理，案件会停在这里")


def _graph(definition: Definition) -> Graph:
    """States and steps as nodes, so that a path names both and either can be taken away."""
    graph: Graph = nx.DiGraph()
    graph.add_node(_START)
    graph.add_nodes_from(("state", state) for state in definition.states)
    for way in definition.opens:
        nx.add_path(graph, [_START, ("step", way.id), ("state", way.to)])
    for step in definition.transitions:
        for source in step.sources:
            nx.add_path(graph, [("state", source), ("step", step.id), ("state", step.to)])
    return graph


def _paths(definition: Definition) -> Iterator[Problem]:
    graph = _graph(definition)
    ends = [("state", state.id) for state in definition.states.values() if state.end]
    if not ends:
        yield _error("WF105", "states", "没有办结的状态，请至少设一个")
    reached = nx.descendants(graph, _START)
    finishing = set(ends).union(*(nx.ancestors(graph, end) for end in ends))
    for id_, state in definition.states.items():
        node = ("state", id_)
        if node not in reached:
            yield _error("WF101", f"states.{id_}", f"案件走不到“{state.title}”，请添加通向它的步骤")
        elif ends and node not in finishing:
            yield _error("WF102", f"states.{id_}", f"从“{state.title}”出发走不到办结，请添加后续步骤")


def _invariants(definition: Definition) -> Iterator[Problem]:
    for index, rule in enumerate(definition.invariants):
        place = f"invariants.{index}"
        if rule.before is not None:
            yield from _must_pass(definition, rule, rule.before, place)
        else:
            yield from _never(definition, rule, place)


def _must_pass(definition: Definition, rule: Invariant, before: str, place: str) -> Iterator[Problem]:
    """Take the required nodes away: any path that is left is a way round the law."""
    graph = _graph(definition)
    targets = _nodes(graph, before)
    required = [node for name in rule.must_pass for node in _nodes(graph, name)]
    if not targets or len(required) < len(rule.must_pass):
        yield _error("WF303", place, "不变规则提到的状态或步骤不存在，请改正")
        return
    graph.remove_nodes_from(set(required) - set(targets))
    for target in targets:
        if nx.has_path(graph, _START, target):
            path = nx.shortest_path(graph, _START, target)
            yield _error("WF301", place, _round(definition, path, rule))


def _nodes(graph: Graph, name: str) -> list[Node]:
    return [node for node in (("state", name), ("step", name)) if node in graph]


def _round(definition: Definition, path: list[Node], rule: Invariant) -> str:
    titles = [
        definition.states[name].title if kind == "state" else definition.title_of(name) for kind, name in path[1:]
    ]
    law = f"（{rule.law}）" if rule.law else ""
    return f"可以绕过必经的步骤：{' → '.join(titles)}{law}，请改正流程"


def _never(definition: Definition, rule: Invariant, place: str) -> Iterator[Problem]:
    for _, step in _steps(definition):
        if rule.by in step.by and step.to == rule.to:
            why = f"：{rule.why}" if rule.why else ""
            yield _error("WF302", place, f"“{step.title}”不得由“{rule.by}”办理{why}")

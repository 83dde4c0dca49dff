"""Whether everything that is named is there (WF010 to WF018), and has a name of its own (WF012, WF106)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from saas.workflow.checks.matter import Matter, Step
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process import Definition, State, Transition


def check(matter: Matter) -> Iterator[Problem]:
    """Every reference that leads nowhere and every name that stands twice."""
    yield from _ids(matter)
    yield from _titles(matter)
    yield from _states(matter)
    yield from _roles(matter)
    for place, step in matter.steps():
        yield from _step(matter, place, step)
    yield from _phases(matter.definition)


def _ids(matter: Matter) -> Iterator[Problem]:
    counted = Counter(step.id for _, step in matter.steps())
    for place, step in matter.steps():
        if counted[step.id] > 1:
            yield error("WF012", place, f"编号“{step.id}”重复，请改用另一个编号")
    ruled = {name for rule in matter.definition.invariants for name in (*rule.must_pass, rule.before, rule.to) if name}
    for name in sorted(ruled & counted.keys() & matter.definition.states.keys()):
        yield error("WF012", f"states.{name}", f"状态和步骤都叫“{name}”，不变规则分不清是哪一个，请给其中一个改编号")


def _titles(matter: Matter) -> Iterator[Problem]:
    for state, steps in matter.leaving.items():
        for title, number in Counter(step.title for step in steps).items():
            if number > 1:
                yield warning("WF106", f"states.{state}", f"从这里出发有{number}个都叫“{title}”的步骤，请改名区分")


def _states(matter: Matter) -> Iterator[Problem]:
    definition = matter.definition
    named = [("initial", definition.initial)]
    named += [(f"opens.{way.id}", way.to) for way in definition.opens]
    named += [(f"transitions.{one.id}", state) for one in definition.transitions for state in (*one.sources, one.to)]
    for place, state in named:
        if state not in definition.states:
            yield error("WF010", place, f"没有状态“{state}”，请先添加或改正")
    for outer in definition.states.values():
        yield from _inner_states(outer)


def _inner_states(state: State) -> Iterator[Problem]:
    for region in state.regions.values():
        place = f"states.{state.id}.regions.{region.id}"
        named = [(place, one) for one in (region.initial, *region.final)]
        for step in region.transitions:
            named += [(f"{place}.transitions.{step.id}", one) for one in (*step.sources, step.to)]
        for where, one in named:
            if one not in region.states:
                yield error("WF010", where, f"分支“{region.title}”里没有状态“{one}”，请先添加或改正")


def _roles(matter: Matter) -> Iterator[Problem]:
    for place, role in _named_roles(matter):
        if role not in matter.definition.roles:
            yield error("WF011", place, f"没有角色“{role}”，请先添加或改正")


def _named_roles(matter: Matter) -> Iterator[tuple[str, str]]:
    for place, step in matter.steps():
        yield from ((place, role) for role in (*step.by, *_asked_to_agree(step)))
    for state in matter.definition.states.values():
        yield from ((f"states.{state.id}", role) for role in state.queue)
        for region in state.regions.values():
            for inner in region.states.values():
                yield from ((f"states.{state.id}.regions.{region.id}.states.{inner.id}", role) for role in inner.queue)
    for form in matter.definition.forms.values():
        for one in form.fields:
            yield from ((f"forms.{form.key}.{one.id}", role) for role in (*one.read, *one.write))


def _asked_to_agree(step: Step) -> Iterable[str]:
    if not isinstance(step, Transition):
        return ()
    return (*(step.sign.by if step.sign else ()), *((step.propose.role,) if step.propose else ()))


def _step(matter: Matter, place: str, step: Step) -> Iterator[Problem]:
    if step.form and step.form not in matter.forms:
        yield error("WF013", place, f"没有表单“{step.form}”，请先添加或改正")
    for code in step.documents:
        if code not in matter.codes:
            yield error("WF014", place, f"没有文书“{code}”，请先添加或改正")
    for rule in step.checks:
        if rule not in matter.rules:
            yield error("WF015", place, f"没有核对规则“{rule}”，请先添加或改正")
    if isinstance(step, Transition):
        yield from _transition(matter, place, step)


def _transition(matter: Matter, place: str, step: Transition) -> Iterator[Problem]:
    for other in step.not_same_as:
        if other not in matter.by_id:
            yield error("WF016", place, f"没有步骤“{other}”，“须由另一人办理”无从比较，请改正")
    if step.assign not in {None, "actor"} and not matter.asks(step, str(step.assign)):
        yield error("WF017", place, f"表单里没有字段“{step.assign}”，无法确定承办人，请在表单里增加或改正")


def _phases(definition: Definition) -> Iterator[Problem]:
    for state in definition.states.values():
        if state.phase and state.phase not in definition.phases:
            yield error("WF018", f"states.{state.id}", f"没有阶段“{state.phase}”，请先添加或改正")

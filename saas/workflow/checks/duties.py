"""Separation of duties that nobody could keep (WF303)."""

from collections.abc import Iterator

from saas.workflow.checks.matter import OUTSIDE, Matter, Step
from saas.workflow.checks.walking import shortest
from saas.workflow.problem import Problem, error
from saas.workflow.process import Transition


def check(matter: Matter) -> Iterator[Problem]:
    """Steps that must be taken by another person when there is none."""
    for place, step in matter.steps():
        for other in step.not_same_as if isinstance(step, Transition) else ():
            yield from _impossible(matter, place, step, other)


def _impossible(matter: Matter, place: str, step: Step, other: str) -> Iterator[Problem]:
    before = matter.by_id.get(other)
    if before is None:
        return
    titles = f"“{before.title}”和“{step.title}”须由两个人办理，"
    people = _people(matter, before) | _people(matter, step) if _known(matter, before, step) else None
    if people is not None and len(people) == 1:
        yield error("WF303", place, f"{titles}但有权办理的只有一个人，请给另一个人授予角色，或者增加办理角色")
    elif before.id == step.id:
        yield error("WF303", place, f"“{step.title}”不能要求与自己不同一人，请改正")
    elif _same_handler(matter, before, step):
        yield error("WF303", place, f"{titles}但都只能由本案承办人办理，中间也不能更换承办人，请放开其中一个")


def _known(matter: Matter, *steps: Step) -> bool:
    holders = matter.around.holders
    return holders is not None and not any(OUTSIDE & set(step.by) or not set(step.by) <= set(holders) for step in steps)


def _people(matter: Matter, step: Step) -> set[str]:
    holders = matter.around.holders or {}
    return {person for role in step.by for person in holders[role]}


def _same_handler(matter: Matter, before: Step, step: Step) -> bool:
    """Whether both are the handler's own and nothing in between gives the case to another."""
    mine = [isinstance(one, Transition) and one.only == "handler" for one in (before, step)]
    states = matter.definition.states
    if not all(mine) or any({"pass_on", "delegate"} & set(matter.definition.verbs_at(state)) for state in states):
        return False
    giving = [("step", one.id) for one in matter.definition.transitions if one.assign and one.id != step.id]
    return not any(
        shortest(matter.graph, [("step", before.id)], {node}) and shortest(matter.graph, [node], {("step", step.id)})
        for node in giving
    )

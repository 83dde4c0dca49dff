"""Whether there is somebody for every step and every state (AS501 to AS503)."""

from collections.abc import Iterator

from saas.workflow.checks.matter import OUTSIDE, Matter, Step
from saas.workflow.problem import Problem, warning
from saas.workflow.process import State, Transition


def check(matter: Matter) -> Iterator[Problem]:
    """Roles nobody holds, states nobody looks after, decisions nobody takes."""
    for state in matter.definition.states.values():
        yield from _unowned(state, {role for one in matter.leaving.get(state.id, ()) for role in one.by})
    for place, step in matter.steps():
        yield from _nobody(matter, place, step)
        yield from _automatic(place, step)
    for role, units in sorted(matter.around.lacking.items()):
        if role in matter.definition.roles and units:
            some = "、".join(list(units)[:3])
            more = f"等{len(units)}个单位" if len(units) > 3 else ""  # noqa: PLR2004  three are named
            words = f"{some}{more}没有人担任“{matter.role_title(role)}”，那里的案件会停住，请先授予角色"
            yield warning("AS501", f"roles.{role}", words)


def _unowned(state: State, by: set[str]) -> Iterator[Problem]:
    """Where a case waits for people of the office, somebody has to see it."""
    waits_outside = by and by <= OUTSIDE
    if not (state.end or state.queue or state.handler or state.regions or waits_outside):
        yield warning("AS502", f"states.{state.id}", "没有写明由谁办理，案件会停在这里，请选择角色或者承办人")


def _nobody(matter: Matter, place: str, step: Step) -> Iterator[Problem]:
    holders = matter.around.holders
    if holders is None or OUTSIDE & set(step.by):
        return
    if not any(holders.get(role) for role in step.by):
        roles = "、".join(matter.role_title(role) for role in step.by)
        yield warning("AS501", place, f"没有人担任“{roles}”，“{step.title}”无人能办，请先授予角色")


def _automatic(place: str, step: Step) -> Iterator[Problem]:
    if isinstance(step, Transition) and "system" in step.by and _decides(step):
        words = f"“{step.title}”可以由系统自动办理，却要作出决定或者出具文书，请改由人办理"
        yield warning("AS503", place, words)


def _decides(step: Transition) -> bool:
    weighs = any("decision." in guard.that for guard in step.when)
    return bool(step.documents or step.not_same_as or step.sign or weighs)

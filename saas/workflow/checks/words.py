"""What citizens read: every state has words for them, and who has to act is told (PU601, PU602)."""

from collections.abc import Iterator

from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem, warning
from saas.workflow.process import State


def check(matter: Matter) -> Iterator[Problem]:
    """States without public words, and steps that ask for something without saying so."""
    for state in matter.definition.states.values():
        if not state.public:
            yield warning("PU601", f"states.{state.id}", "没有写给当事人看的说明，请补充")
        leaving = matter.leaving.get(state.id, ())
        if leaving and all("citizen" in step.by for step in leaving):
            yield from _untold(matter, state)


def _untold(matter: Matter, state: State) -> Iterator[Problem]:
    for place, step in matter.steps():
        told = step.documents or (step.message and step.message.to == "citizen") or step.by == ("citizen",)
        if step.to == state.id and step.id not in matter.inner and not told:
            words = f"“{step.title}”以后要等当事人办理，却没有通知当事人，请添加发给当事人的消息或者文书"
            yield warning("PU602", place, words)

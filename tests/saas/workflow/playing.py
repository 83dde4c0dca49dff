"""Playing a process without a database: who does what, one after the other."""

from collections.abc import Mapping
from typing import Any

from saas.workflow.engine import ActorView, CaseView, Outcome, Refusal, apply, open_case, verb
from saas.workflow.engine_next import following
from saas.workflow.process import Definition

FACTS = {"case.applied_on": "2026-03-01"}


def person(name: str, *roles: str) -> ActorView:
    """Somebody with some roles."""
    return ActorView(name, frozenset(roles or (name.rstrip("0123456789"),)))


class Play:
    """A case as it goes."""

    def __init__(self, definition: Definition, way: str = "apply", by: ActorView | None = None) -> None:
        """Open it."""
        self.definition = definition
        opener = by or person("applicant1")
        outcome = open_case(definition, way, opener, {}, FACTS)
        assert isinstance(outcome, Outcome)
        self.view = following(definition, CaseView(outcome.to_state), outcome, opener)

    def step(self, action: str, by: ActorView, /, **data: Any) -> Outcome:  # noqa: ANN401  any entry
        """Take a step that is allowed."""
        outcome = apply(self.definition, self.view, action, by, data, FACTS)
        assert isinstance(outcome, Outcome), outcome
        self.view = following(self.definition, self.view, outcome, by)
        return outcome

    def do(self, name: str, by: ActorView, /, **data: Any) -> Outcome:  # noqa: ANN401  any entry
        """Use a verb that is allowed."""
        outcome = verb(self.definition, self.view, name, by, data)
        assert isinstance(outcome, Outcome), outcome
        self.view = following(self.definition, self.view, outcome, by)
        return outcome

    def refused(self, action: str, by: ActorView, /, **data: Any) -> list[str]:  # noqa: ANN401  any entry
        """The codes against a step, or against a verb written ``@name``."""
        return codes(self.answer(action, by, data))

    def answer(self, action: str, by: ActorView, data: Mapping[str, Any]) -> Outcome | Refusal:
        """What the engine says."""
        if action.startswith("@"):
            return verb(self.definition, self.view, action[1:], by, data)
        return apply(self.definition, self.view, action, by, data, FACTS)


def codes(answer: Outcome | Refusal) -> list[str]:
    """The codes of a refusal."""
    assert isinstance(answer, Refusal), answer
    return [reason.code for reason in answer.reasons]

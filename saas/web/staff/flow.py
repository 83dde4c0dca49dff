"""Where a case stands on the map of its process."""

from markupsafe import Markup

from saas.cases.models import Case
from saas.workflow import drawing
from saas.workflow.process import Definition


def drawn(case: Case, definition: Definition) -> Markup:
    """The map with the state the case stands in, and those it has been in."""
    passed = {step.to_state: "passed" for step in case.steps if step.drawn}
    marks = {state: mark for state, mark in passed.items() if state in definition.states}
    # drawing escapes every text it is given.
    return Markup(drawing.draw(definition, marks={**marks, case.state: "current"}))  # noqa: S704

"""The scenarios of a definition among everything that stands around it."""

from collections.abc import Mapping
from typing import Any

from saas.workflow.checks import Problem
from saas.workflow.process import Definition
from saas.workflow.simulation import example_context, scenario_problems
from saas.workflow.surroundings import line_of, pack


def problems_of_scenarios(parsed: Definition, body: Mapping[str, Any]) -> list[Problem]:
    """What does not agree in the scenarios of a definition; the statutory body itself takes none over from anybody."""
    if not parsed.scenarios:
        return []
    return scenario_problems(parsed, example_context(parsed, line_of(parsed.domain)), base_of(parsed, body))


def base_of(parsed: Definition, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The statutory body whose scenarios a definition takes over; None for that body itself."""
    base = pack(parsed.key)
    return None if base == body else base

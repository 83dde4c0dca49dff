"""The scenarios of a definition among everything that stands around it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from saas.workflow.checks import Problem
from saas.workflow.process import Definition
from saas.workflow.simulation import example_context, scenario_problems
from saas.workflow.surroundings import DOMAINS, pack


def problems_of_scenarios(parsed: Definition, body: Mapping[str, Any]) -> list[Problem]:
    """What does not agree in the scenarios of a definition; the statutory body itself takes none over from anybody."""
    if not parsed.scenarios:
        return []
    line = next((one for one in current_app.extensions[DOMAINS] if one.name == parsed.domain), None)
    base = pack(parsed.key)
    return scenario_problems(parsed, example_context(parsed, line), None if base == body else base)

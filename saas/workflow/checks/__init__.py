"""Whether a process holds together before it is published: every fault with its code and place.

`matter` is what is checked, `graph` how it is walked; then one module for each family of codes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from saas.fields.form import FormDefinition
from saas.workflow.checks import (
    clocks,
    decisions,
    duties,
    flow,
    guards,
    invariants,
    lock,
    own,
    paths,
    people,
    references,
    regions,
    words,
)
from saas.workflow.checks.matter import Around, Matter
from saas.workflow.problem import Problem
from saas.workflow.process import Definition

__all__ = ["Around", "Problem", "check"]

_REFERENCES = {"WF010", "WF012"}
"""Codes after which the graph says nothing: it could not be drawn."""
_Family = Callable[[Matter], Iterable[Problem]]
_FIRST: tuple[_Family, ...] = (
    references.check,
    guards.check,
    decisions.check,
    clocks.check,
    words.check,
    people.check,
    own.check,
    lock.check,
)
_ON_GRAPH: tuple[_Family, ...] = (
    paths.check,
    regions.check,
    flow.check,
    invariants.check,
    duties.check,
    clocks.check_paths,
)


def check(
    definition: Definition,
    forms: Mapping[str, FormDefinition],
    form_codes: Collection[str],
    rules: Collection[str],
    *,
    base: Mapping[str, Any] | None = None,
    around: Around | None = None,
) -> list[Problem]:
    """Every problem of a definition.

    Args:
        definition: What is to be published.
        forms: The forms the line of work has, by key.
        form_codes: The codes of the documents it can issue.
        rules: The names of the rules it declares.
        base: The body of the statutory pack it stands on.
        around: Who holds which role, up to when the calendar is known, and the like; what is not told is not checked.
    """
    matter = Matter.of(definition, forms, form_codes, rules, base=base, around=around)
    problems = [problem for family in _FIRST for problem in family(matter)]
    if not any(problem.code in _REFERENCES for problem in problems):
        problems += [problem for family in _ON_GRAPH for problem in family(matter)]
    return problems

"""A sound process with one of everything, for planting faults in."""

from copy import deepcopy
from typing import Any

from saas.embedded import ROOT
from saas.workflow.checks import Around, Problem, check
from saas.workflow.definition import load, parse

ACCEPT, APPROVE, REFUSE, CANCEL, LEND = 2, 3, 4, 5, 6
_BODY = load(ROOT / "tests" / "fixtures" / "processes" / "library.yaml")


def body() -> dict[str, Any]:
    """A copy of the process that may be changed."""
    return deepcopy(_BODY)


def found(changed: dict[str, Any], around: Around | None = None) -> list[Problem]:
    """Everything wrong with a body; the line of work has three documents and one rule, and no forms."""
    return check(parse(changed), {}, ["loan.request", "loan.notice"], ["known"], around=around)

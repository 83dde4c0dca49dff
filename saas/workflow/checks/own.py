"""Documents, number, page and figures of a process a city made itself (PP901 to PP908, PU603)."""

from collections.abc import Iterator

from saas.workflow import own_faults
from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem


def check(matter: Matter) -> Iterator[Problem]:
    """Every fault of the parts that only processes of a city's own have."""
    yield from (Problem(*fault) for fault in own_faults.faults(matter.definition, matter.forms))

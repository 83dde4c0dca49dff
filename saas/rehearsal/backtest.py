"""A draft tried on all cases of its process the city has: what would have gone otherwise."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from saas import clock
from saas.crypto.suites import SealBrokenError
from saas.rehearsal import past, queries
from saas.rehearsal.comparing import Change, Refused, Stage, changed_limits, compare
from saas.rehearsal.needs import entered_by
from saas.rehearsal.past import Past
from saas.rehearsal.staging import city_context
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

EXAMPLES = 20
"""Of each kind, for people; the whole list is for the command."""


@dataclass
class Report:
    """What a run came to; ``unproven`` cases rest on a condition that their record does not tell of."""

    process: str
    cases: int = 0
    same: int = 0
    unproven: int = 0
    changed: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def add(self, found: list[Change | Refused], *, unproven: bool) -> None:
        """Take in one case."""
        self.cases += 1
        self.same += not found
        self.unproven += unproven
        self.changed += [one for one in found if isinstance(one, Change)]
        self.refused += [one for one in found if isinstance(one, Refused)]

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON values."""
        return asdict(self)

    def in_short(self) -> dict[str, Any]:
        """Counts of each kind of change with a few examples."""
        counts = Counter(change.what for change in self.changed)
        examples = {what: [asdict(one) for one in self.changed if one.what == what][:EXAMPLES] for what in counts}
        return {
            "process": self.process,
            "cases": self.cases,
            "same": self.same,
            "unproven": self.unproven,
            "changed": [{"what": what, "count": counts[what], "examples": examples[what]} for what in sorted(counts)],
            "refused": len(self.refused),
            "refused_running": sum(not one.closed for one in self.refused),
            "refused_examples": [asdict(one) for one in self.refused[:EXAMPLES]],
        }


def run(draft: Definition, told: Callable[[int], None] | None = None) -> Report:
    """Try a draft on every case of its process, running and closed.

    Args:
        draft: What is tried.
        told: Given how many cases are done, after each batch.
    """
    context = city_context(draft)
    stage = Stage.of(draft, context.settings, context.calendar, clock.today())
    olds = {version: get_definition(version) for version in queries.list_versions_used(draft.key)}
    moved = {version: changed_limits(old, draft) for version, old in olds.items()}
    report, codes = Report(draft.key), sorted({code for some in moved.values() for code in some})
    for batch in past.read_cases(draft.key, entered_by(draft, olds.values(), codes), codes):
        _compare(batch, olds, moved, stage, report)
        if told:
            told(report.cases)
    return report


def _compare(
    batch: list[Past],
    olds: Mapping[UUID, Definition],
    moved: Mapping[UUID, tuple[str, ...]],
    stage: Stage,
    report: Report,
) -> None:
    for one in batch:
        try:
            found, unproven = compare(one, olds[one.version_id], moved[one.version_id], stage)
        except SealBrokenError as error:
            # One damaged case is told of among the others, and keeps nobody from trying the draft.
            found, unproven = [Refused(one.number, error.message, one.closed)], True
        report.add(found, unproven=unproven)

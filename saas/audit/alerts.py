"""What in the record should make somebody look up: rules as data, over the events of the last hour."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from saas import clock

NIGHT = (22, 6)  # from, until; hours of the city's zone
CHIEFS = frozenset({"tenant.admin", "identity.manage", "identity.approve", "audit.read"})
"""Permissions that make whoever holds them an administrator."""
WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """What a rule may know of an event."""

    action: str
    outcome: str
    actor_id: UUID | None
    actor_name: str
    address: str | None
    case_id: UUID | None
    detail: Mapping[str, Any]
    recorded_at: datetime

    @property
    def who(self) -> str:
        """Whose events belong together: an account's, or those of a stranger's address."""
        return str(self.actor_id or self.address or "-")


@dataclass(frozen=True)
class Alert:
    """Something to look at: which rule, by whom, and the sentence for those who watch."""

    rule: str
    who: str
    sentence: str


@dataclass(frozen=True)
class Rule:
    """A rule: what it is called, how many events of what kind make an alert, and what is said.

    Attributes:
        code: As the record names it.
        sentence: With holes for ``name`` and ``count``.
        counts: Whether an event counts.
        least: How many make an alert.
        cases: Whether different cases are counted instead of events.
        within: How long the span is in which they are counted.
    """

    code: str
    sentence: str
    counts: Callable[[Told], bool]
    least: int
    cases: bool = False
    within: timedelta = WINDOW


def _is_night(event: Told) -> bool:
    hour = clock.local(event.recorded_at).hour
    return hour >= NIGHT[0] or hour < NIGHT[1]


def _is_export(event: Told) -> bool:
    return event.action.endswith(".exported") and event.outcome == "done"


def _makes_chief(event: Told) -> bool:
    given = set(event.detail.get("permissions") or ())
    return event.action == "identity.role.granted" and bool(given & CHIEFS)


RULES: tuple[Rule, ...] = (
    Rule(
        "refusals",
        "{name}十分钟内被拒绝 {count} 次（没有权限、找不到或者次数过多）。请核实是不是在试探。",
        lambda event: event.outcome == "refused",
        20,
        within=timedelta(minutes=10),
    ),
    Rule(
        "mass_reads",
        "{name}一小时内看了 {count} 个不同的案件。请核实是不是工作需要。",
        lambda event: event.case_id is not None and event.action.endswith(".read"),
        100,
        cases=True,
    ),
    Rule(
        "night_export",
        "{name}在夜间（22时至6时）导出了 {count} 次。请核实是不是本人操作。",
        lambda event: _is_export(event) and _is_night(event),
        1,
    ),
    Rule(
        "new_admin",
        "{name}授予了带有管理或者审计权限的角色（{count} 个）。请核实是否经过批准。",
        _makes_chief,
        1,
    ),
)


def find(events: Iterable[Told], rules: Sequence[Rule] = RULES) -> list[Alert]:
    """Every alert that these events give, at most one for each rule and person."""
    listed = sorted(events, key=lambda event: event.recorded_at)
    return [alert for rule in rules for alert in _apply(rule, listed)]


def _apply(rule: Rule, events: Sequence[Told]) -> Iterable[Alert]:
    by_person: dict[str, list[Told]] = defaultdict(list)
    for event in events:
        if rule.counts(event):
            by_person[event.who].append(event)
    for who, theirs in sorted(by_person.items()):
        most = _most_within(rule, theirs)
        if most >= rule.least:
            yield Alert(rule.code, who, rule.sentence.format(name=theirs[-1].actor_name, count=most))


def _most_within(rule: Rule, events: Sequence[Told]) -> int:
    """The largest number inside any span of the rule's length that ends with an event."""
    most, first = 0, 0
    inside: Counter[object] = Counter()
    for event in events:
        inside[_counted(rule, event)] += 1
        while event.recorded_at - events[first].recorded_at > rule.within:
            gone = _counted(rule, events[first])
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        most = max(most, len(inside))
    return most


def _counted(rule: Rule, event: Told) -> object:
    """What an event counts as: its case, or itself."""
    return event.case_id if rule.cases else id(event)

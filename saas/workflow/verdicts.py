"""What becomes of a running case when its process moves to another version: by its own trace, never by hope."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from saas.workflow.process import Definition, Invariant, Region, State, Transition
from saas.workflow.replay import Replayed, Taken, replay

SAME, REPLAYS, MAPPED, BLOCKED = "same", "replays", "mapped", "blocked"
TITLES = {
    SAME: "只有文字不同，直接转",
    REPLAYS: "办理过程在新版本走得通，可以转",
    MAPPED: "走不通，按指定的环节转，须另一人确认",
    BLOCKED: "不能转，留在原来的版本",
}


@dataclass(frozen=True)
class Names:
    """What a plan says by hand: where cases of a state go, and what steps are called in the new version."""

    states: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """A case as the verdict sees it."""

    state: str
    taken: Sequence[Taken]
    regions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What is to be done with a case, where it will stand, and why."""

    kind: str
    state: str
    regions: Mapping[str, str]
    reasons: tuple[str, ...] = ()


def judge(old: Definition, new: Definition, case: Standing, names: Names, *, words_only: bool) -> Verdict:
    """The verdict on one case.

    Args:
        old: The version it runs on.
        new: The version it is to run on.
        case: Where it stands, and how it came there.
        names: What the plan says by hand.
        words_only: Whether the versions differ in nothing but words, queues and documents to come.
    """
    if words_only:
        return Verdict(SAME, case.state, case.regions)
    target = names.states.get(case.state, case.state)
    run = replay(new, case.taken, {**names.states, **names.steps})
    against = [*_off(new, run, target), *_new_duties(old, new, case.taken, names, run)]
    if not against:
        return Verdict(REPLAYS, target, run.regions)
    stops = _stops(old, new, case, names, target)
    if stops:
        return Verdict(BLOCKED, case.state, case.regions, (*stops, *against))
    return Verdict(MAPPED, target, _inner(new.states[target], case.regions), tuple(against))


def _off(new: Definition, run: Replayed, target: str) -> list[str]:
    """Why the trace is no legal run of the version that ends where the case stands."""
    if run.problem:
        return [run.problem]
    if run.state != target:
        return [f"按新版本，办到现在应该在“{new.states[run.state].title}”"]
    return []


def _new_duties(old: Definition, new: Definition, taken: Sequence[Taken], names: Names, run: Replayed) -> list[str]:
    """What the new version asks of steps that were taken without it, and that the trace cannot answer."""
    found = []
    for action in dict.fromkeys(one.action for one in taken):
        before = old.find_transition(action)
        after = new.find_transition(names.steps.get(action, action))
        if before is None or after is None:
            continue
        asks_more = set(after.checks) - set(before.checks) or (after.sign and after.sign != before.sign)
        unproven = after.id in run.unproven and after.when != before.when
        if asks_more or unproven or (after.file and after.file != before.file):
            found.append(f"新版本对已经办过的“{after.title}”另有要求，无法从办理过程核对")
    return found


def _stops(old: Definition, new: Definition, case: Standing, names: Names, target: str) -> list[str]:
    """What no plan and no second person can put right."""
    if target not in new.states:
        return [f"新版本没有环节“{old.state_title(case.state)}”，也没有指定对应的环节"]
    if case.state not in names.states:
        return [f"没有为环节“{old.state_title(case.state)}”指定新版本中对应的环节"]
    steps = [names.steps.get(one.action, one.action) for one in case.taken]
    passed = [*_through(case, names), *steps]
    return [
        *_open_regions(old, new.states[target], case),
        *_changed_decisions(old, new, steps),
        *(text for rule in new.invariants if (text := _broken(new, rule, case, passed, steps, target))),
    ]


def _through(case: Standing, names: Names) -> list[str]:
    return [names.states.get(one.to, one.to) for one in case.taken if one.to]


def _open_regions(old: Definition, target: State, case: Standing) -> list[str]:
    known = old.states[case.state].regions if case.state in old.states else {}
    return [
        f"并行的“{region.title}”还没有完成，新版本里没有它"
        for name, region in known.items()
        if case.regions.get(name) not in region.final and name not in target.regions
    ]


def _changed_decisions(old: Definition, new: Definition, steps: Collection[str]) -> list[str]:
    """A table that decided a step already taken may not be changed under the case."""
    changed = [one for one in old.decisions if old.decisions[one] != new.decisions.get(one)]
    passed = [step for step in old.all_transitions if step.id in steps]
    return [
        f"已经办过的“{step.title}”所依据的“{old.decisions[one].title}”有变化"
        for step in passed
        for one in changed
        if any(f"decision.{one}" in guard.that for guard in step.when)
    ]


def _broken(
    new: Definition, rule: Invariant, case: Standing, passed: Sequence[str], steps: Sequence[str], target: str
) -> str | None:
    """The sentence on an invariant that the trace breaks, or that the case could go round from where it would stand."""
    if rule.separate:
        return _by_one(new, rule, case, steps)
    if rule.before is None or set(rule.must_pass) & set(passed):
        return None
    if rule.before in passed or rule.before == target or _reaches(new, target, rule.before, set(rule.must_pass)):
        missed = "、".join(_name(new, one) for one in rule.must_pass)
        law = f"（{rule.law}）" if rule.law else ""
        return f"案件没有经过{missed}，转过去以后可以绕过它{law}"
    return None


def _by_one(new: Definition, rule: Invariant, case: Standing, steps: Sequence[str]) -> str | None:
    who = [
        {str(one.actor) for one, step in zip(case.taken, steps, strict=True) if step == part and one.actor}
        for part in rule.separate
    ]
    if set.intersection(*who):
        return f"{'、'.join(_name(new, part) for part in rule.separate)}是同一个人办理的"
    return None


def _name(definition: Definition, id_: str) -> str:
    return f"“{definition.state_title(id_) if id_ in definition.states else definition.title_of(id_)}”"


def _reaches(definition: Definition, start: str, goal: str, avoided: set[str]) -> bool:
    """Whether a case at a state can come to a state or step without passing any of those avoided."""
    if start in avoided:
        return False
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        inner = (step for region in definition.states[state].regions.values() for step in region.transitions)
        if any(goal in {step.id, step.to} for step in inner if step.id not in avoided):
            return True
        for step in definition.leaving.get(state, ()):
            if not _leaves(definition.states[state], step, avoided) or {step.id, step.to} & avoided:
                continue
            if goal in {step.id, step.to}:
                return True
            if step.to not in seen:
                seen.add(step.to)
                waiting.append(step.to)
    return False


def _leaves(state: State, step: Transition, avoided: set[str]) -> bool:
    """Whether a step that leaves the state can be taken although nothing that is avoided is passed inside it."""
    return step.cancel or all(_finishes(region, avoided) for region in state.regions.values())


def _finishes(region: Region, avoided: set[str]) -> bool:
    seen, waiting = {region.initial}, [region.initial]
    while waiting:
        state = waiting.pop()
        if state in region.final:
            return True
        steps = (one for one in region.transitions if state in one.sources and one.id not in avoided)
        for step in steps:
            if step.to not in seen and step.to not in avoided:
                seen.add(step.to)
                waiting.append(step.to)
    return False


def _inner(state: State, regions: Mapping[str, str]) -> dict[str, str]:
    """Where the regions of a state stand: where they stood, if that is still a place, else at their beginning."""
    return {
        name: regions[name] if regions.get(name) in region.states else region.initial
        for name, region in state.regions.items()
    }

"""The way a case has come: the states gone through that still count, and what is left when some no longer do."""

from collections.abc import Iterable, Sequence

from saas.workflow.engine_values import Past
from saas.workflow.process import VERB, Definition


def path(log: Sequence[Past]) -> list[str]:
    """The states gone through that count, the present one last; steps inside regions do not change the state."""
    return [log[at].to_state for at in _arrivals(log)]


def goals(definition: Definition, log: Sequence[Past]) -> list[str]:
    """The earlier states a case can be sent back to: on its own way, and open to it by their own list of verbs."""
    behind = path(log)[:-1]
    here = path(log)[-1:]
    known = (state for state in dict.fromkeys(reversed(behind)) if state in definition.states)
    return [state for state in known if state not in here and "send_back" in definition.verbs_at(state)]


def after(log: Sequence[Past], state: str) -> tuple[int, ...]:
    """The positions of the steps that no longer count once a case is sent back to a state it came through.

    What was only registered on the way (a step that stays in its state) remains: it has happened.
    """
    last = max(at for at in _arrivals(log) if log[at].to_state == state)
    return tuple(at for at, past in enumerate(log) if at > last and past.moves and not past.void)


def flags_back(definition: Definition, log: Sequence[Past], state: str) -> frozenset[str]:
    """The flags of a case that is sent back to a state it came through.

    Flags that guards ask for are as they were on arrival there, so that the case stands where it could stand anyway
    and is never stuck. The others tell what has happened, and what was registered since has happened.
    """
    last = max(at for at in _arrivals(log) if log[at].to_state == state)
    asked = {guard.that for step in definition.all_transitions for guard in step.when}
    left = log[last + 1].before
    arrived = left.flags if left else flags_of(definition, standing_actions(log[: last + 1]))
    since = flags_of(definition, standing_actions(log, after(log, state)))
    return frozenset(flag for flag in arrived | since if flag in (arrived if _is_asked(flag, asked) else since))


def flags_of(definition: Definition, actions: Iterable[str]) -> frozenset[str]:
    """The flags that steps come to, taken in order."""
    flags: set[str] = set()
    for action in actions:
        step = definition.find_transition(action)
        if step is not None:
            flags = (flags - set(step.clear_flags)) | set(step.set_flags)
    return frozenset(flags)


def standing_actions(log: Sequence[Past], void: Iterable[int] = ()) -> list[str]:
    """The drawn steps that count, without those about to be void."""
    lost = set(void)
    return [
        past.action
        for at, past in enumerate(log)
        if at not in lost and not past.void and not past.action.startswith(VERB)
    ]


def outcome_of(definition: Definition, log: Sequence[Past], void: Iterable[int] = ()) -> str | None:
    """What the case has come to so far, by the states gone through that count."""
    lost = set(void)
    states = (log[at].to_state for at in _arrivals(log) if at not in lost)
    found = [definition.states[state].outcome for state in states if state in definition.states]
    return next((one for one in reversed(found) if one), None)


def _is_asked(flag: str, guards: Iterable[str]) -> bool:
    return any(flag in guard for guard in guards)


def _arrivals(log: Sequence[Past]) -> list[int]:
    return [at for at, past in enumerate(log) if past.moves and not past.void and past.region is None]

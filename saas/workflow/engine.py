"""One step of a case as a pure function: what it comes to, or every reason why it may not be taken.

Reading order: `engine_values` (what goes in and out), `engine_reasons` and `engine_guards` (what stands against a
step), `engine_regions` (what goes on side by side), `engine_signing` (whose agreement is needed), this module, and
`engine_verbs` with `engine_acts` (what can be done without being drawn).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from saas.workflow.engine_guards import Known, guard_reasons, known, standing_reasons, variables
from saas.workflow.engine_reasons import actor_reasons, input_reasons, role_reasons
from saas.workflow.engine_regions import leaving, led, place_reasons, standing
from saas.workflow.engine_signing import signing_reasons
from saas.workflow.engine_values import (
    ActorView,
    Asked,
    Available,
    CaseView,
    Holding,
    Identity,
    Outcome,
    Past,
    Reason,
    Refusal,
    Running,
    Signature,
    Standing,
)
from saas.workflow.engine_verbs import offered, verb
from saas.workflow.process import Definition, State, Transition, Way

__all__ = [
    "ActorView",
    "Asked",
    "Available",
    "CaseView",
    "Holding",
    "Identity",
    "Outcome",
    "Past",
    "Reason",
    "Refusal",
    "Running",
    "Signature",
    "Standing",
    "apply",
    "available",
    "offered",
    "open_case",
    "variables",
    "verb",
]


def apply(
    definition: Definition,
    view: CaseView,
    action: str,
    actor: ActorView,
    data: Mapping[str, Any],
    facts: Mapping[str, Any],
    findings: Sequence[Reason] = (),
) -> Outcome | Refusal:
    """Take a step of the process, or of a region of the state the case stands in.

    Args:
        definition: The version the case runs on.
        view: The case.
        action: The id of the transition.
        actor: Who acts.
        data: Plain values of the step's form; `comment` is the remark.
        facts: Guard variables by name; `files.<category>` is how many such files the case has, `case.applied_on`
            the ISO day of the application, which chooses dated numbers.
        findings: What the domain's rules say against it.
    """
    transition = definition.find_transition(action)
    if transition is None:
        return Refusal((Reason("unknown_action", "这项业务没有这一步，请刷新页面后重试。"),))
    read = known(definition, transition, view, data, facts)
    reasons = [
        *place_reasons(definition, transition, view),
        *actor_reasons(definition, transition, view, actor),
        *input_reasons(transition, data, facts),
        *guard_reasons(transition, read),
        *signing_reasons(definition, transition, view),
        *findings,
    ]
    if reasons:
        return Refusal(tuple(reasons))
    return _taken(definition, view, transition, _assigned(transition, actor, data), read)


def open_case(
    definition: Definition,
    way: str,
    actor: ActorView,
    data: Mapping[str, Any],
    facts: Mapping[str, Any],
    findings: Sequence[Reason] = (),
) -> Outcome | Refusal:
    """Open a case by one of the ways the process knows."""
    chosen = definition.find_way(way)
    if chosen is None:
        return Refusal((Reason("unknown_way", "这项业务没有这种登记方式，请从首页重新进入。"),))
    read = known(definition, chosen, CaseView(chosen.to), data, facts)
    reasons = [*role_reasons(definition, chosen, actor), *guard_reasons(chosen, read), *findings]
    if reasons:
        return Refusal(tuple(reasons))
    state = definition.states[chosen.to]
    return Outcome(
        **_words(chosen, state),
        from_state=None,
        to_state=state.id,
        assign=None,
        flags=frozenset(),
        ends=state.end,
        regions=standing(definition, state.id, {}),
        decisions=read.hits,
        params=read.params,
    )


def available(definition: Definition, view: CaseView, actor: ActorView) -> list[Available]:
    """The steps that leave where the case stands, those of regions first, with what stands against this person.

    Of the guards only those are asked that rest on nothing but the case's flags: what is entered is not known yet.
    """
    found = []
    for transition, region in leaving(definition, view):
        reasons = (
            *place_reasons(definition, transition, view),
            *actor_reasons(definition, transition, view, actor),
            *standing_reasons(definition, transition, view),
            *signing_reasons(definition, transition, view),
        )
        found.append(Available(transition, not reasons, reasons, region.id if region else None))
    return found


def _taken(definition: Definition, view: CaseView, step: Transition, assign: str | None, read: Known) -> Outcome:
    entered, state, regions, region = led(definition, view, step)
    return Outcome(
        **_words(step, definition.states[state]),
        from_state=view.state,
        to_state=state,
        assign=assign,
        flags=(view.flags - set(step.clear_flags)) | set(step.set_flags),
        ends=region is None and entered.end,
        regions=regions,
        region=region.id if region else None,
        handler=assign or view.handler_id,
        decisions=read.hits,
        params=read.params,
    )


def _words(step: Transition | Way, entered: State) -> dict[str, Any]:
    """What an outcome takes over from the step and from the state the case then stands in."""
    return {
        "action": step.id,
        "title": step.title,
        "documents": step.documents,
        "message": step.message,
        "outcome": entered.outcome,
        "queue": entered.queue,
        "for_handler": entered.handler,
    }


def _assigned(transition: Transition, actor: ActorView, data: Mapping[str, Any]) -> str | None:
    """The id of the new handler; a field of several people names the handler first."""
    if transition.assign is None:
        return None
    if transition.assign == "actor":
        return str(actor.id) if actor.id else None
    chosen = data.get(transition.assign)
    return str(chosen[0] if isinstance(chosen, (list, tuple)) else chosen)

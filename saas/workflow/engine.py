"""One step of a case as a pure function: what it comes to, or every reason why it may not be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from saas.workflow import expr
from saas.workflow.process import Definition, Guard, Message, State, Transition, Way

Identity = UUID | str | None


@dataclass(frozen=True)
class Reason:
    """One reason against a step: a sentence, the field to put right, the law, and what would help."""

    code: str
    sentence: str
    field: str | None = None
    law: str | None = None
    help: str | None = None


@dataclass(frozen=True)
class CaseView:
    """What the engine needs of a case; `trace` is who took which step, oldest first."""

    state: str
    flags: frozenset[str] = frozenset()
    handler_id: Identity = None
    trace: tuple[tuple[str, Identity], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ActorView:
    """Who acts, and the roles held where the case lies."""

    id: Identity
    roles: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What a step comes to; the caller writes it down."""

    action: str
    title: str
    from_state: str | None
    to_state: str
    documents: tuple[str, ...]
    assign: str | None
    flags: frozenset[str]
    ends: bool
    outcome: str | None
    queue: tuple[str, ...]
    for_handler: bool
    message: Message | None


@dataclass(frozen=True)
class Refusal:
    """Every reason why the step may not be taken."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Available:
    """A step that leaves the present state, and whether this person may take it."""

    action: Transition
    allowed: bool
    reasons: tuple[Reason, ...]


def apply(
    definition: Definition,
    view: CaseView,
    action: str,
    actor: ActorView,
    data: Mapping[str, Any],
    facts: Mapping[str, Any],
    findings: Sequence[Reason] = (),
) -> Outcome | Refusal:
    """Take a step.

    Args:
        definition: The version the case runs on.
        view: The case.
        action: The id of the transition.
        actor: Who acts.
        data: Plain values of the step's form; `comment` is the remark.
        facts: Guard variables by name; `files.<category>` is how many such files the case has.
        findings: What the domain's rules say against it.
    """
    transition = definition.find_transition(action)
    if transition is None:
        return Refusal((Reason("unknown_action", "这项业务没有这一步，请刷新页面后重试。"),))
    reasons = [
        *_state_reasons(definition, transition, view),
        *_actor_reasons(definition, transition, view, actor),
        *_input_reasons(transition, data, facts),
        *_guard_reasons(definition, transition, variables(view, data, facts)),
        *findings,
    ]
    if reasons:
        return Refusal(tuple(reasons))
    flags = (view.flags - set(transition.clear_flags)) | set(transition.set_flags)
    assign = _assigned(transition, actor, data)
    return _outcome(definition, transition, view.state, flags=flags, assign=assign)


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
    reasons = [
        *_role_reasons(definition, chosen, actor),
        *_guard_reasons(definition, chosen, variables(CaseView(chosen.to), data, facts)),
        *findings,
    ]
    if reasons:
        return Refusal(tuple(reasons))
    return _outcome(definition, chosen, None, flags=frozenset(), assign=None)


def available(definition: Definition, view: CaseView, actor: ActorView) -> list[Available]:
    """The steps that leave the case's state, in order, with what stands against this person.

    Of the guards only those are asked that rest on nothing but the case itself: what is entered is not known yet.
    """
    found = []
    for transition in definition.transitions:
        if view.state in transition.sources:
            reasons = (
                *_actor_reasons(definition, transition, view, actor),
                *_standing_reasons(definition, transition, view),
            )
            found.append(Available(transition, not reasons, reasons))
    return found


def variables(view: CaseView, data: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The guard variables: `case.*` from the case, `form.*` from the step's form, facts over both."""
    return {
        **{f"case.{name}": value for name, value in view.data.items()},
        **{f"form.{name}": value for name, value in data.items()},
        "case.flags": sorted(view.flags),
        **facts,
    }


def _standing_reasons(definition: Definition, transition: Transition, view: CaseView) -> list[Reason]:
    """The guards on flags alone that do not hold now."""
    values = {"case.flags": sorted(view.flags)}
    guards = [guard for guard in transition.when if _rests_on_flags(guard)]
    return [reason for guard in guards if (reason := _guard_reason(guard, definition, values)) is not None]


def _rests_on_flags(guard: Guard) -> bool:
    try:
        expr.compile_guard(guard.that, {"case.flags": "list"})
    except expr.GuardError:
        return False
    return True


def _state_reasons(definition: Definition, transition: Transition, view: CaseView) -> list[Reason]:
    if view.state in transition.sources:
        return []
    state = definition.states.get(view.state)
    now = state.title if state else view.state
    return [Reason("state", f"案件现在是“{now}”，不能办理“{transition.title}”，请刷新页面查看最新进展。")]


def _actor_reasons(definition: Definition, transition: Transition, view: CaseView, actor: ActorView) -> list[Reason]:
    return [
        *_role_reasons(definition, transition, actor),
        *_handler_reasons(transition, view, actor),
        *_separation_reasons(definition, transition, view, actor),
    ]


def _role_reasons(definition: Definition, step: Transition | Way, actor: ActorView) -> list[Reason]:
    if not actor.roles.isdisjoint(step.by):
        return []
    names = "、".join(definition.roles.get(role, role) for role in step.by)
    return [Reason("role", f"“{step.title}”由{names}办理，您没有这个角色。", law=step.law)]


def _handler_reasons(transition: Transition, view: CaseView, actor: ActorView) -> list[Reason]:
    if transition.only != "handler":
        return []
    if view.handler_id is None:
        return [Reason("no_handler", "案件还没有承办人，请先确定承办人。")]
    if _same(view.handler_id, actor.id):
        return []
    return [Reason("handler", f"“{transition.title}”只能由本案承办人办理。")]


def _separation_reasons(
    definition: Definition, transition: Transition, view: CaseView, actor: ActorView
) -> list[Reason]:
    """One person may not take both steps; a citizen without an account has no id to compare."""
    done = {action for action, who in view.trace if _same(who, actor.id)}
    return [
        Reason(
            "not_same_as",
            f"您办理过“{definition.title_of(other)}”，“{transition.title}”须由另一人办理。",
            law=transition.law,
        )
        for other in transition.not_same_as
        if other in done
    ]


def _same(one: Identity, other: Identity) -> bool:
    return one is not None and str(one) == str(other)


def _input_reasons(transition: Transition, data: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Reason]:
    reasons = []
    if transition.comment == "required" and not str(data.get("comment") or "").strip():
        reasons.append(Reason("comment", f"请写明“{transition.title}”的理由。", field="comment"))
    if transition.file and not facts.get(f"files.{transition.file}"):
        sentence = f"办理“{transition.title}”前，请先上传所需的材料。"
        reasons.append(Reason("file", sentence, field="files"))
    if transition.assign not in {None, "actor"} and not data.get(str(transition.assign)):
        reasons.append(Reason("assign", "请选择承办人。", field=transition.assign))
    return reasons


def _guard_reasons(definition: Definition, step: Transition | Way, values: Mapping[str, Any]) -> list[Reason]:
    found = (_guard_reason(guard, definition, values) for guard in step.when)
    return [reason for reason in found if reason is not None]


def _guard_reason(guard: Guard, definition: Definition, values: Mapping[str, Any]) -> Reason | None:
    """A guard that fails while running refuses as well: a doubt is never a yes."""
    try:
        holds = expr.evaluate(expr.compile_guard(guard.that, definition.fields), values)
    except expr.GuardError as error:
        sentence = "这一步的条件暂时无法核对，请联系管理员检查流程设置。"
        return Reason("guard_fault", sentence, law=guard.law, help=str(error))
    return None if holds else Reason("guard", guard.refuse, law=guard.law)


def _assigned(transition: Transition, actor: ActorView, data: Mapping[str, Any]) -> str | None:
    """The id of the new handler; a field of several people names the handler first."""
    if transition.assign is None:
        return None
    if transition.assign == "actor":
        return None if actor.id is None else str(actor.id)
    chosen = data[transition.assign]
    return str(chosen[0] if isinstance(chosen, (list, tuple)) else chosen)


def _outcome(
    definition: Definition,
    step: Transition | Way,
    from_state: str | None,
    *,
    flags: frozenset[str],
    assign: str | None,
) -> Outcome:
    state: State = definition.states[step.to]
    return Outcome(
        action=step.id,
        title=step.title,
        from_state=from_state,
        to_state=state.id,
        documents=step.documents,
        assign=assign,
        flags=flags,
        ends=state.end,
        outcome=state.outcome,
        queue=state.queue,
        for_handler=state.handler,
        message=step.message,
    )

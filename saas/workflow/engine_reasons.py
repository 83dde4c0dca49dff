"""What stands against a step apart from where the case stands: who acts, and what was entered."""

from collections.abc import Iterator, Mapping
from typing import Any

from saas.workflow.engine_values import OUTER, ActorView, CaseView, Holding, Reason, same
from saas.workflow.process import Definition, Transition, Way


def actor_reasons(definition: Definition, step: Transition, view: CaseView, actor: ActorView) -> list[Reason]:
    """What stands against this person."""
    return [
        *role_reasons(definition, step, actor),
        *_handler_reasons(definition, step, view, actor),
        *_separation_reasons(definition, step, view, actor),
    ]


def role_reasons(definition: Definition, step: Transition | Way, actor: ActorView) -> list[Reason]:
    """Whether the person has one of the roles."""
    if not actor.roles.isdisjoint(step.by):
        return []
    names = "、".join(definition.roles.get(role, role) for role in step.by)
    sentence = f"“{step.title}”由{names}办理，您没有这个角色。"
    return [Reason("role", sentence, law=step.law, help=f"请转交{names}办理。")]


def input_reasons(step: Transition, data: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Reason]:
    """What is missing of what the step itself asks."""
    reasons = []
    if step.comment == "required" and not str(data.get("comment") or "").strip():
        reasons.append(Reason("comment", f"请写明“{step.title}”的理由。", field="comment"))
    if step.file and not facts.get(f"files.{step.file}"):
        sentence = f"办理“{step.title}”前，请先上传所需的材料。"
        reasons.append(Reason("file", sentence, field="files", help="请在“材料”一栏上传后再办理。"))
    if step.assign not in {None, "actor"} and not data.get(str(step.assign)):
        reasons.append(Reason("assign", "请选择承办人。", field=step.assign))
    return reasons


def stands_in(view: CaseView, step: Transition, actor: ActorView) -> bool:
    """Whether the person does the handler's work for a while, and the step only registers something.

    What leads the case on remains the handler's own.
    """
    held = view.held.get(OUTER, Holding())
    lent = same(held.owner, view.handler_id) and same(held.by, actor.id)
    return lent and view.state in step.sources and step.to == view.state


def _handler_reasons(definition: Definition, step: Transition, view: CaseView, actor: ActorView) -> list[Reason]:
    if step.only != "handler" or same(view.handler_id, actor.id) or stands_in(view, step, actor):
        return []
    if view.handler_id is None:
        titles = "、".join(one.title for one in definition.transitions if one.assign and view.state in one.sources)
        help_ = f"请先办理“{titles}”。" if titles else None
        return [Reason("no_handler", "案件还没有承办人，请先确定承办人。", law=step.law, help=help_)]
    sentence = f"“{step.title}”只能由本案承办人办理。"
    return [Reason("handler", sentence, law=step.law, help="请联系承办人办理，或者先更换承办人。")]


def _separation_reasons(definition: Definition, step: Transition, view: CaseView, actor: ActorView) -> Iterator[Reason]:
    """One person may not take both steps; a citizen without an account has no id to compare."""
    done = {action for action, who in view.trace if same(who, actor.id)}
    for other in apart(definition, step):
        if other in done:
            sentence = f"您办理过“{definition.title_of(other)}”，“{step.title}”须由另一人办理。"
            yield Reason("not_same_as", sentence, law=step.law, help="请交给另一位有权办理的同事。")


def apart(definition: Definition, step: Transition) -> tuple[str, ...]:
    """The steps that the person who takes this one may not have taken, by the step itself or by an invariant."""
    pairs = (rule.separate for rule in definition.invariants if step.id in rule.separate)
    return tuple(dict.fromkeys([*step.not_same_as, *(one for pair in pairs for one in pair if one != step.id)]))

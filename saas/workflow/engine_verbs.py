"""What can be done in every process without being drawn: who may, where it is on, and what it comes to."""

from collections.abc import Mapping
from typing import Any

from saas.workflow import engine_acts as acts
from saas.workflow.engine_path import goals
from saas.workflow.engine_reasons import actor_reasons
from saas.workflow.engine_regions import leaving
from saas.workflow.engine_signing import signing_of
from saas.workflow.engine_values import OUTER, ActorView, CaseView, Holding, Outcome, Reason, Refusal, same
from saas.workflow.process import Definition, Transition, Way

ALWAYS = frozenset({"sign", "hand_back"})
"""Verbs that answer another one, so that no list has to name them."""
SWITCH = {"resume": "suspend"}
"""Verbs that are on where another one is."""
CLOSED = frozenset({"copy", "link"})
"""What can still be done to a closed case."""


def verb(
    definition: Definition, view: CaseView, name: str, actor: ActorView, data: Mapping[str, Any]
) -> Outcome | Refusal:
    """Do something that needs no drawing.

    Args:
        definition: The version the case runs on.
        view: The case.
        name: One of `process.VERBS`, or `sign`, `hand_back`, `resume`.
        actor: Who acts.
        data: `reason`; `person` with `person_roles`, the roles that person holds at the case; `region` where only
            the work of one is meant; `action` and `agreed` of signatures; `to` of a sending back; `number` of another
            case; `days` of an extension.
    """
    if name not in acts.ACTS:
        return Refusal((Reason("unknown_verb", "没有这种操作，请刷新页面后重试。"),))
    reasons = standing_reasons(definition, view, name, actor, str(data.get("region") or OUTER))
    answer = acts.ACTS[name](definition, view, actor, data)
    if isinstance(answer, list):
        return Refusal((*reasons, *answer))
    return Refusal(tuple(reasons)) if reasons else answer


def offered(definition: Definition, view: CaseView, actor: ActorView) -> list[str]:
    """The verbs this person can use now, in the order of their titles' table."""
    return [
        name
        for name in acts.TITLES
        if not standing_reasons(definition, view, name, actor) and _useful(definition, view, name, actor)
    ]


def standing_reasons(
    definition: Definition, view: CaseView, name: str, actor: ActorView, region: str | None = None
) -> list[Reason]:
    """What stands against a verb whatever is entered: it is off here, the case is closed, it is not one's turn.

    What was given out for a while is asked of `region` alone, or of all of them where none is named.
    """
    return [
        *_switch_reasons(definition, view, name),
        *_closed_reasons(definition, view, name),
        *_turn_reasons(definition, view, name, actor, region),
    ]


def _switch_reasons(definition: Definition, view: CaseView, name: str) -> list[Reason]:
    if name in ALWAYS or SWITCH.get(name, name) in definition.verbs_at(view.state):
        return []
    sentence = f"“{acts.TITLES[name]}”在这一环节没有开放。"
    return [Reason("verb_off", sentence, help="需要使用的，请与系统管理员联系，在流程设计中开启。")]


def _closed_reasons(definition: Definition, view: CaseView, name: str) -> list[Reason]:
    state = definition.states.get(view.state)
    if name in CLOSED or not (view.closed or (state and state.end)):
        return []
    return [Reason("closed", f"本件已经办结，不能再{acts.TITLES[name]}。")]


def _turn_reasons(
    definition: Definition, view: CaseView, name: str, actor: ActorView, region: str | None
) -> list[Reason]:
    """Whose turn it is may use the verbs; who signs, takes back or fetches is known to the verb itself."""
    if actor.id is None:
        return [Reason("staff", "这种操作由工作人员办理。")]
    if name in {"sign", "withdraw", *CLOSED}:
        return [] if name not in CLOSED or _has_part(definition, view, actor) else [_not_part()]
    if name == "hand_back":
        asked = (held for id_, held in view.held.items() if region in {None, id_})
        if any(held.owner and _has(held, actor) for held in asked):
            return []
        return [Reason("not_delegated", "您没有受委派或者委派出去的任务。")]
    if at_turn(definition, view, actor):
        return []
    return [Reason("turn", f"现在不由您办理本件，不能{acts.TITLES[name]}。", help="请联系现在办理本件的同事。")]


def at_turn(definition: Definition, view: CaseView, actor: ActorView) -> bool:
    """Whether the person could take one of the next steps, or has taken what waits."""
    if any(same(held.by, actor.id) for held in view.held.values()):
        return True
    return any(not actor_reasons(definition, step, view, actor) for step, _ in leaving(definition, view))


def _has(held: Holding, actor: ActorView) -> bool:
    return same(held.by, actor.id) or same(held.owner, actor.id)


def _has_part(definition: Definition, view: CaseView, actor: ActorView) -> bool:
    steps: tuple[Way | Transition, ...] = (*definition.opens, *definition.all_transitions)
    roles = {role for step in steps for role in step.by}
    return same(view.handler_id, actor.id) or not actor.roles.isdisjoint(roles)


def _not_part() -> Reason:
    return Reason("role", "您不参与办理这项业务，不能进行这种操作。")


def _useful(definition: Definition, view: CaseView, name: str, actor: ActorView) -> bool:
    """Whether the verb has something to work on."""
    steps = [step for step, _ in leaving(definition, view)]
    has_work = {
        "send_back": lambda: bool(goals(definition, view.log)),
        "withdraw": lambda: not acts.withdraw_reasons(definition, view, actor),
        "sign": lambda: any(
            signing and signing.place_for(actor) for signing in (signing_of(definition, view, one) for one in steps)
        ),
        "cosign": lambda: bool(steps),
        "suspend": lambda: isinstance(acts.suspend(definition, view, actor, {"reason": "x"}), Outcome),
        "resume": lambda: isinstance(acts.resume(definition, view, actor, {}), Outcome),
        "extend": lambda: bool(acts.extensible(definition, view)),
        "delegate": lambda: not any(held.owner for held in view.held.values()),
    }
    return has_work.get(name, lambda: True)()

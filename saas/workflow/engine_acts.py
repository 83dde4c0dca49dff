"""What each verb comes to, and what of the entries stands against it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from saas.workflow.engine_path import after, flags_back, goals, outcome_of
from saas.workflow.engine_reasons import actor_reasons
from saas.workflow.engine_regions import leaving, standing
from saas.workflow.engine_signing import signing_of
from saas.workflow.engine_values import OUTER, ActorView, CaseView, Holding, Outcome, Reason, Standing, same
from saas.workflow.process import Definition, State

Data = Mapping[str, Any]
Answer = Outcome | list[Reason]
MERGED = "merged"
SUSPEND, RESUME, EXTEND = "@suspend", "@resume", "@extend"
"""How a clock's rule names the verbs that move it: in `pause`, in `resume`, and as `extend.on`."""
TITLES = {
    "pass_on": "转办",
    "delegate": "委派",
    "hand_back": "交回",
    "copy": "抄送",
    "cosign": "加签",
    "sign": "签署",
    "link": "关联案件",
    "merge": "并入其他案件",
    "send_back": "退回",
    "withdraw": "撤回上一步",
    "suspend": "中止计时",
    "resume": "恢复计时",
    "extend": "延长期限",
}


def outcome(definition: Definition, view: CaseView, name: str) -> Outcome:
    """An outcome that changes nothing yet but the log."""
    state = definition.states.get(view.state, State(view.state, view.state))
    return Outcome(
        action=f"@{name}",
        title=TITLES[name],
        from_state=view.state,
        to_state=view.state,
        documents=(),
        assign=None,
        flags=view.flags,
        ends=False,
        outcome=None,
        queue=state.queue,
        for_handler=state.handler,
        message=None,
        kind=name,
        regions=standing(definition, view.state, view.regions),
        handler=view.handler_id,
    )


def pass_on(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> Answer:
    """Another person does what waits, for good; where it waits for the handler, the case is his from now on."""
    reasons = [*_said(data, "转办"), *_person(definition, view, actor, data)]
    if reasons:
        return reasons
    made = outcome(definition, view, "pass_on")
    region, person = str(data.get("region") or OUTER), str(data["person"])
    of_handler = region == OUTER and made.for_handler
    return replace(
        made,
        held={region: Holding(person)},
        region=region or None,
        assign=person if of_handler else None,
        handler=person if of_handler else view.handler_id,
    )


def delegate(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> Answer:
    """Another person does it for a while; it comes back to who gave it."""
    region = str(data.get("region") or OUTER)
    held = view.held.get(region, Holding())
    reasons = [*_said(data, "委派"), *_person(definition, view, actor, data)]
    if held.owner is not None:
        reasons.append(Reason("delegated", "这项任务已经委派出去了，请先收回。"))
    if reasons:
        return reasons
    made = outcome(definition, view, "delegate")
    owner = held.by or (view.handler_id if made.for_handler and region == OUTER else None) or actor.id
    return replace(made, held={region: Holding(str(data["person"]), str(owner))}, region=region or None)


def hand_back(definition: Definition, view: CaseView, _actor: ActorView, data: Data) -> Answer:
    """What was given out for a while comes back; who gave it may also fetch it."""
    region = str(data.get("region") or OUTER)
    owner = view.held.get(region, Holding()).owner
    if owner is None:
        return [Reason("not_delegated", "这项任务没有委派出去。")]
    return replace(outcome(definition, view, "hand_back"), held={region: Holding(owner)}, region=region or None)


def copy(definition: Definition, view: CaseView, _actor: ActorView, data: Data) -> Answer:
    """Others are told of the case."""
    if not data.get("person"):
        return [Reason("person", "请选择抄送给谁。", field="person")]
    return outcome(definition, view, "copy")


def link(definition: Definition, view: CaseView, _actor: ActorView, data: Data) -> Answer:
    """Two cases refer to one another."""
    if not data.get("number"):
        return [Reason("number", "请填写另一件案件的编号。", field="number")]
    return outcome(definition, view, "link")


def merge(definition: Definition, view: CaseView, _actor: ActorView, data: Data) -> Answer:
    """The case goes on inside another one and is closed here."""
    reasons = _said(data, "并入")
    if not data.get("number"):
        reasons.append(Reason("number", "请填写并入哪一件案件。", field="number"))
    return reasons or replace(outcome(definition, view, "merge"), ends=True, outcome=MERGED)


def cosign(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> Answer:
    """One more person must agree before a step is taken."""
    action, person = str(data.get("action") or ""), data.get("person")
    reasons = []
    if action not in {step.id for step, _ in leaving(definition, view)}:
        reasons.append(Reason("action", "请选择哪一步需要加签。", field="action"))
    if not person or not data.get("person_roles"):
        reasons.append(Reason("person", "请选择能办理本件的同事。", field="person"))
    if same(person, actor.id):
        reasons.append(Reason("person", "不能请自己加签，请选择另一位同事。", field="person"))
    if any(one.action == action and same(one.person, person) for one in view.asked):
        reasons.append(Reason("person", "已经请这位同事加签了。", field="person"))
    note = {"action": action, "person": str(person), "name": str(data.get("person_name") or "")}
    return reasons or replace(outcome(definition, view, "cosign"), note=note)


def sign(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> Answer:
    """Somebody agrees to a step that is not taken yet, or does not."""
    step = next((one for one, _ in leaving(definition, view) if one.id == data.get("action")), None)
    signing = signing_of(definition, view, step) if step else None
    if step is None or signing is None:
        return [Reason("action", "这一步现在不需要签署，请刷新页面查看最新进展。", field="action")]
    place = signing.place_for(actor)
    if place is None:
        turn = "、".join(one.title for one in signing.open)
        help_ = f"现在由{turn}签署。" if turn else "需要的签署已经齐了。"
        return [Reason("not_your_turn", f"“{step.title}”现在不由您签署。", help=help_)]
    if not data.get("agreed") and not str(data.get("reason") or "").strip():
        return [Reason("reason", "不同意的，请写明理由。", field="reason")]
    note = {"action": step.id, "role": place.role, "agreed": bool(data.get("agreed"))}
    return replace(outcome(definition, view, "sign"), note=note)


def send_back(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> Answer:
    """The case stands again where it was before; what came after must be gone through again."""
    reasons = _said(data, "退回")
    goal = str(data.get("to") or "")
    if goal not in goals(definition, view.log):
        reasons.append(Reason("to", "请选择退回到本件经过的哪一个环节。", field="to"))
    reasons += _kept_reasons(definition, goal, actor)
    if reasons:
        return reasons
    back = Standing(goal, {}, flags_back(definition, view.log, goal), view.handler_id)
    return _back(definition, view, "send_back", back, after(view.log, goal))


def _back(definition: Definition, view: CaseView, name: str, to: Standing, void: tuple[int, ...]) -> Outcome:
    """The case where it stood before, as if the steps that are void now had not been taken."""
    state = definition.states[to.state]
    return replace(
        outcome(definition, view, name),
        to_state=to.state,
        regions=standing(definition, to.state, to.regions),
        flags=to.flags,
        outcome=outcome_of(definition, view.log, void),
        queue=state.queue,
        for_handler=state.handler,
        handler=to.handler_id,
        void=void,
    )


def _kept_reasons(definition: Definition, goal: str, actor: ActorView) -> list[Reason]:
    """An invariant that keeps all the roles of a person from leading a case to a state keeps them from it here too."""
    kept = [rule for rule in definition.invariants if rule.to == goal]
    if not kept or not actor.roles <= {rule.by for rule in kept}:
        return []
    return [Reason("never", "您的角色不能让案件进入这一环节。", field="to", law=kept[0].law)]


def withdraw(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> Answer:
    """Who took the last step takes it back, while nobody has acted after it and nothing has gone out."""
    reasons = [*_said(data, "撤回"), *withdraw_reasons(definition, view, actor)]
    if reasons:
        return reasons
    before = view.log[-1].before
    assert before is not None, "asked by withdraw_reasons"
    return _back(definition, view, "withdraw", before, (len(view.log) - 1,))


def withdraw_reasons(definition: Definition, view: CaseView, actor: ActorView) -> list[Reason]:
    """What stands against taking the last step back."""
    last = view.log[-1] if view.log else None
    step = definition.find_transition(last.action) if last else None
    if last is None or step is None or last.void or last.before is None:
        return [Reason("nothing_to_withdraw", "最近的一步不是可以撤回的办理步骤。")]
    reasons, help_ = [], "需要改正的，请用“退回”。"
    if not same(last.by, actor.id):
        reasons.append(Reason("not_yours", f"“{step.title}”不是您办理的，只能由办理人本人撤回。", help=help_))
    if last.issued or (step.message and step.message.to == "citizen"):
        sentence = f"“{step.title}”已经出具文书或者告知当事人，不能撤回。"
        reasons.append(Reason("gone_out", sentence, help=help_))
    if last.before.state not in definition.states:
        reasons.append(Reason("state", "原来的环节在现在的流程中已经没有了，不能撤回。"))
    return reasons


def suspend(definition: Definition, view: CaseView, _actor: ActorView, data: Data) -> Answer:
    """The limits that allow it stand still from now on."""
    reasons = _said(data, "中止计时")
    if not any(SUSPEND in rule.get("pause", ()) for rule in _running(definition, view, paused=False)):
        reasons.append(Reason("clock", "现在没有可以中止的期限。", help="只有法律、规定允许中止的期限才能中止。"))
    return reasons or outcome(definition, view, "suspend")


def resume(definition: Definition, view: CaseView, _actor: ActorView, _data: Data) -> Answer:
    """The limits that stand still run again."""
    if not any(RESUME in rule.get("resume", ()) for rule in _running(definition, view, paused=True)):
        return [Reason("clock", "现在没有中止的期限。")]
    return outcome(definition, view, "resume")


def extend(definition: Definition, view: CaseView, _actor: ActorView, data: Data) -> Answer:
    """The limits that allow it end later, within their cap."""
    reasons, rules = _said(data, "延长期限"), extensible(definition, view)
    if not rules:
        help_ = "只有法律、规定允许延长、而且还没有用完次数的期限才能延长。"
        return [*reasons, Reason("clock", "现在没有可以延长的期限。", help=help_)]
    most, asked = max(rule["extend"]["max"] for rule in rules), data.get("days")
    if type(asked) is not int or not 1 <= asked <= most:
        law = next((rule["extend"].get("law") for rule in rules), None)
        reasons.append(Reason("days", f"最多延长{most}，请填写1到{most}的整数。", field="days", law=law))
    return reasons or outcome(definition, view, "extend")


def extensible(definition: Definition, view: CaseView) -> list[Mapping[str, Any]]:
    """The rules of running limits that may be extended once more."""
    found = []
    for id_, running in view.clocks.items():
        rule = definition.clocks.get(id_, {})
        allowed = rule.get("extend") or {}
        if allowed.get("on") == EXTEND and running.extended < allowed.get("times", 1):
            found.append(rule)
    return found


def _running(definition: Definition, view: CaseView, *, paused: bool) -> list[Mapping[str, Any]]:
    return [definition.clocks.get(id_, {}) for id_, one in view.clocks.items() if one.paused == paused]


def _said(data: Data, title: str) -> list[Reason]:
    if str(data.get("reason") or "").strip():
        return []
    return [Reason("reason", f"请写明{title}的理由。", field="reason")]


def _person(definition: Definition, view: CaseView, actor: ActorView, data: Data) -> list[Reason]:
    """Whether the other person could do what waits."""
    person = data.get("person")
    if not person:
        return [Reason("person", "请选择交给谁办理。", field="person")]
    if same(person, actor.id):
        return [Reason("person", "不能交给自己，请选择另一位同事。", field="person")]
    other = ActorView(person, frozenset(data.get("person_roles") or ()))
    if not can_go_on(definition, view, other):
        sentence = "这位同事没有办理下一步的角色，或者办理过须由另一人办理的步骤，请选择其他同事。"
        return [Reason("person", sentence, field="person")]
    return []


def can_go_on(definition: Definition, view: CaseView, other: ActorView) -> bool:
    """Whether there is a step this person could take if the case were his."""
    theirs = replace(view, handler_id=other.id)
    return any(not actor_reasons(definition, step, theirs, other) for step, _ in leaving(definition, theirs))


ACTS: Mapping[str, Callable[[Definition, CaseView, ActorView, Data], Answer]] = {
    "pass_on": pass_on,
    "delegate": delegate,
    "hand_back": hand_back,
    "copy": copy,
    "cosign": cosign,
    "sign": sign,
    "link": link,
    "merge": merge,
    "send_back": send_back,
    "withdraw": withdraw,
    "suspend": suspend,
    "resume": resume,
    "extend": extend,
}

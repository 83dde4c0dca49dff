from typing import Any

import pytest

from saas.workflow.definition import parse
from saas.workflow.difference import only_words
from saas.workflow.replay import Taken
from saas.workflow.verdicts import BLOCKED, MAPPED, REPLAYS, SAME, Names, Standing, Verdict, judge
from tests.saas.workflow import samples

ASK = Taken("ask", None, {}, to="asked")
ACCEPT = Taken("accept", "a", {}, to="checked")
NOTHING = Names()
REGION = {
    "title": "核对",
    "initial": "open",
    "final": ["shut"],
    "states": {"open": {"title": "未核对"}, "shut": {"title": "已核对"}},
    "transitions": [{"id": "check_card", "title": "核对证件", "from": "open", "to": "shut", "by": ["clerk"]}],
}
FEE = {
    "title": "免费",
    "inputs": {"form.days": {"int": [0, 30]}},
    "rules": [{"if": {"form.days": [0, 30]}, "then": "free"}],
}


def step(body: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in body["transitions"] if one["id"] == id_)


def plain() -> dict[str, Any]:
    """The sample with a condition that a trace can answer."""
    body = samples.body()
    step(body, "accept")["when"] = [{"that": '!("late" in case.flags)', "refuse": "太晚了。"}]
    return body


def verdict(new: dict[str, Any], case: Standing, names: Names = NOTHING, old: dict[str, Any] | None = None) -> Verdict:
    before = old or plain()
    return judge(parse(before), parse(new), case, names, words_only=only_words(before, new))


def at_checked(*, regions: dict[str, str] | None = None) -> Standing:
    return Standing("checked", [ASK, ACCEPT], regions or {})


def with_review(body: dict[str, Any]) -> dict[str, Any]:
    """A second look on the way from accepting to the decision."""
    body["states"]["second"] = {"title": "复核", "queue": ["head"]}
    step(body, "accept")["to"] = "second"
    body["transitions"].append({"id": "look", "title": "复核", "from": "second", "to": "checked", "by": ["head"]})
    return body


def test_other_words_are_the_same_process() -> None:
    body = plain()
    body["states"]["checked"]["title"] = "待馆长审批"

    assert verdict(body, at_checked()) == Verdict(SAME, "checked", {})


def test_a_trace_that_is_a_legal_run_replays() -> None:
    body = plain()
    body["transitions"].append({"id": "stop", "title": "撤回", "from": "checked", "to": "lent", "by": ["reader"]})

    assert verdict(body, at_checked()).kind == REPLAYS


def test_a_renamed_step_replays_under_its_new_name() -> None:
    body = plain()
    step(body, "accept")["id"] = "receive"
    step(body, "lend")["not_same_as"] = ["receive"]
    body["invariants"] = [{"must_pass": "receive", "before": "lent"}]

    assert verdict(body, at_checked(), Names(steps={"accept": "receive"})).kind == REPLAYS
    assert verdict(body, at_checked()).kind == BLOCKED


def test_a_case_before_a_new_step_replays_and_one_past_it_does_not() -> None:
    body = with_review(plain())

    assert verdict(body, Standing("asked", [ASK])).kind == REPLAYS
    past = verdict(body, at_checked())
    assert (past.kind, past.reasons[0]) == (BLOCKED, "没有为环节“待审批”指定新版本中对应的环节")


def test_a_case_goes_to_the_new_step_where_the_plan_says_so() -> None:
    assert verdict(with_review(plain()), at_checked(), Names({"checked": "second"})).state == "second"
    assert verdict(with_review(plain()), at_checked(), Names({"checked": "second"})).kind == REPLAYS


def test_a_state_mapped_by_hand_needs_no_legal_run() -> None:
    found = verdict(with_review(plain()), at_checked(), Names({"checked": "checked"}))

    assert (found.kind, found.state) == (MAPPED, "checked")
    assert found.reasons == ("按新版本，办到现在应该在“复核”",)


@pytest.mark.parametrize("before", ["lent", "lend"])
def test_no_plan_leads_round_what_must_be_passed(before: str) -> None:
    body = with_review(plain())
    body["invariants"].append({"must_pass": "look", "before": before, "law": "借阅规则第四条"})

    found = verdict(body, at_checked(), Names({"checked": "checked"}))

    assert found.kind == BLOCKED
    assert found.reasons[0] == "案件没有经过“复核”，转过去以后可以绕过它（借阅规则第四条）"


def test_what_must_be_passed_may_still_lie_ahead() -> None:
    body = with_review(plain())
    body["states"]["first"] = {"title": "登记", "queue": ["head"]}
    body["transitions"].append({"id": "note", "title": "登记", "from": "first", "to": "second", "by": ["head"]})
    body["invariants"].append({"must_pass": "look", "before": "lent"})

    assert verdict(body, at_checked(), Names({"checked": "first"})).kind == MAPPED


def test_what_must_be_passed_inside_a_region_lies_ahead_too() -> None:
    body = with_review(plain())
    body["states"]["second"]["regions"] = {"card": REGION}
    body["states"]["first"] = {"title": "登记", "queue": ["head"]}
    body["transitions"].append({"id": "note", "title": "登记", "from": "first", "to": "second", "by": ["head"]})
    body["invariants"].append({"must_pass": "check_card", "before": "lent"})

    assert verdict(body, at_checked(), Names({"checked": "first"})).kind == MAPPED
    step(body, "look")["cancel"] = True
    assert verdict(body, at_checked(), Names({"checked": "first"})).kind == BLOCKED


def test_two_steps_by_one_person_stay_where_they_are() -> None:
    body = with_review(plain())
    body["invariants"].append({"separate": ["ask", "accept"]})
    case = Standing("checked", [Taken("ask", "a", {}, to="asked"), ACCEPT])

    found = verdict(body, case, Names({"checked": "checked"}))

    assert (found.kind, found.reasons[0]) == (BLOCKED, "“申请”、“受理”是同一个人办理的")


def test_a_state_that_is_gone_needs_another() -> None:
    body = plain()
    body["states"]["desk"] = body["states"].pop("checked")
    step(body, "accept")["to"] = "desk"
    step(body, "take").update({"from": "desk", "to": "desk"})
    step(body, "lend")["from"] = ["desk"]

    assert verdict(body, at_checked()).reasons[0] == "新版本没有环节“待审批”，也没有指定对应的环节"
    assert verdict(body, at_checked(), Names({"checked": "desk"})).kind == REPLAYS


def test_an_open_region_that_is_gone_holds_the_case() -> None:
    old, new = plain(), with_review(plain())
    old["states"]["checked"]["regions"] = {"card": REGION}

    open_ = verdict(new, at_checked(regions={"card": "open"}), Names({"checked": "checked"}), old)
    assert (open_.kind, open_.reasons[0]) == (BLOCKED, "并行的“核对”还没有完成，新版本里没有它")
    done = verdict(new, at_checked(regions={"card": "shut"}), Names({"checked": "checked"}), old)
    assert (done.kind, done.regions) == (MAPPED, {})


def test_a_region_goes_on_where_it_stood() -> None:
    old, new = plain(), with_review(plain())
    for body in (old, new):
        body["states"]["checked"]["regions"] = {"card": REGION}

    found = verdict(new, at_checked(regions={"card": "shut"}), Names({"checked": "checked"}), old)
    assert (found.kind, found.regions) == (MAPPED, {"card": "shut"})


def test_a_table_that_decided_a_step_taken_may_not_change_under_the_case() -> None:
    old = plain() | {"decisions": {"fee": FEE}}
    step(old, "accept")["when"] = [{"that": 'decision.fee == "free"', "refuse": "不免费。"}]
    new = with_review(plain()) | {"decisions": {"fee": FEE | {"title": "减免"}}}
    step(new, "accept")["when"] = step(old, "accept")["when"]

    found = verdict(new, at_checked(), Names({"checked": "checked"}), old)

    assert (found.kind, found.reasons[0]) == (BLOCKED, "已经办过的“受理”所依据的“免费”有变化")


def test_a_new_duty_on_a_step_taken_is_no_legal_run() -> None:
    body = plain()
    step(body, "accept")["sign"] = {"by": ["head"]}

    found = verdict(body, at_checked(), Names({"checked": "checked"}))

    assert (found.kind, found.reasons) == (MAPPED, ("新版本对已经办过的“受理”另有要求，无法从办理过程核对",))
    assert verdict(body, Standing("asked", [ASK])).kind == REPLAYS

"""What can be done without being drawn: who may, where it is on, and what it comes to."""

from dataclasses import replace
from typing import Any

import pytest

from saas.workflow.engine import Holding, Outcome, Refusal, Running, offered, verb
from saas.workflow.engine_acts import TITLES
from saas.workflow.engine_values import OUTER
from saas.workflow.process import VERBS
from tests.saas.workflow import many_hands
from tests.saas.workflow.playing import Play, codes, person

CLERK, HEAD, CASHIER, EXPERT = person("clerk1"), person("head1"), person("cashier1"), person("expert1")
CITIZEN = person("applicant1")
TO_HEAD = {"person": "head2", "person_roles": ["head"], "reason": "请假"}


def asked(**changes: Any) -> Play:  # noqa: ANN401  parts of the process
    """A case that was just opened."""
    return Play(many_hands.definition(**changes))


def reviewed(**changes: Any) -> Play:  # noqa: ANN401  parts of the process
    """A case before the head's decision."""
    play = asked(**changes)
    play.step("review", CLERK, income=100)
    return play


def paying() -> Play:
    play = reviewed()
    play.do("sign", EXPERT, action="approve", agreed=True)
    play.do("sign", CASHIER, action="approve", agreed=True)
    play.step("approve", HEAD)
    return play


def test_every_verb_of_the_format_can_be_done() -> None:
    assert set(VERBS) <= set(TITLES)


def test_an_unknown_verb_is_refused() -> None:
    assert asked().refused("@burn", CLERK) == ["unknown_verb"]


@pytest.mark.parametrize("name", [name for name in TITLES if name not in ("sign", "hand_back")])
def test_a_verb_that_is_off_is_refused_with_what_would_help(name: str) -> None:
    play = asked(verbs=[])

    answer = verb(play.definition, play.view, name, CLERK, {"reason": "x"})

    assert isinstance(answer, Refusal)
    assert answer.reasons[0].code == "verb_off"
    assert answer.reasons[0].help


def test_a_state_switches_verbs_for_itself() -> None:
    body = many_hands.body()
    body["states"]["asked"]["verbs"] = ["copy"]
    play = asked(states=body["states"])

    assert offered(play.definition, play.view, CLERK) == ["copy"]


def test_who_is_not_at_turn_may_not_and_nobody_without_an_account() -> None:
    play = reviewed()

    assert play.refused("@suspend", person("applicant2"), reason="x") == ["turn", "clock"]
    assert "staff" in play.refused("@copy", replace(CITIZEN, id=None), person="x")


def test_who_has_no_part_in_the_process_sends_no_copies() -> None:
    assert asked().refused("@copy", person("gardener1"), person="x") == ["role"]


def test_a_copy_needs_somebody_and_a_link_another_case() -> None:
    assert asked().refused("@copy", CLERK) == ["person"]
    assert asked().refused("@link", CLERK) == ["number"]
    assert asked().do("copy", CLERK, person="x").to_state == "asked"
    assert asked().do("link", CLERK, number="2026000001").kind == "link"


def test_passing_on_gives_what_waits_to_another() -> None:
    outcome = reviewed().do("pass_on", HEAD, **TO_HEAD)

    assert (outcome.held, outcome.assign) == ({OUTER: Holding("head2")}, None)


def test_passing_on_what_waits_for_the_handler_makes_another_the_handler() -> None:
    play = paying()

    outcome = play.do("pass_on", CLERK, person="clerk2", person_roles=["clerk"], reason="调岗")

    assert (outcome.assign, play.view.handler_id) == ("clerk2", "clerk2")


def test_passing_on_the_work_of_one_region_leaves_the_case_with_its_handler() -> None:
    play = paying()

    outcome = play.do("pass_on", CASHIER, person="cashier2", person_roles=["cashier"], reason="x", region="money")

    assert (outcome.held, outcome.region, play.view.handler_id) == ({"money": Holding("cashier2")}, "money", "clerk1")


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ({"person": None, "reason": "x"}, ["person"]),
        ({"person": "head1", "person_roles": ["head"], "reason": "x"}, ["person"]),
        ({"person": "x", "person_roles": ["cashier"], "reason": "x"}, ["person"]),
        ({"person": "clerk1", "person_roles": ["head"], "reason": " "}, ["reason"]),
    ],
)
def test_passing_on_to_somebody_who_cannot_go_on_is_refused(entered: dict[str, Any], expected: list[str]) -> None:
    play = reviewed()
    if entered["person"] == "clerk1":
        # The clerk reviewed: as head he may only reject, and not even that.
        expected = ["reason", "person"]

    assert play.refused("@pass_on", HEAD, **entered) == expected


def test_what_is_delegated_comes_back() -> None:
    play = reviewed()
    play.do("delegate", HEAD, **TO_HEAD)
    assert play.view.held == {OUTER: Holding("head2", "head1")}
    assert play.refused("@delegate", HEAD, person="head3", person_roles=["head"], reason="x") == ["delegated"]

    play.do("hand_back", person("head2"))

    assert play.view.held == {OUTER: Holding("head1")}
    assert play.refused("@hand_back", HEAD) == ["not_delegated", "not_delegated"]


def test_who_delegated_may_fetch_it_and_strangers_may_not() -> None:
    play = reviewed()
    play.do("delegate", HEAD, **TO_HEAD)

    assert play.refused("@hand_back", CLERK) == ["not_delegated"]
    assert play.do("hand_back", HEAD).held == {OUTER: Holding("head1")}


def test_who_was_given_the_work_of_one_region_does_not_hand_back_that_of_another() -> None:
    play = paying()
    play.do("delegate", CASHIER, person="cashier2", person_roles=["cashier"], reason="x", region="money")
    play.do("delegate", CLERK, person="clerk2", person_roles=["clerk"], reason="x", region="visit")

    assert play.refused("@hand_back", person("cashier2"), region="visit") == ["not_delegated"]
    assert play.do("hand_back", person("cashier2"), region="money").held == {"money": Holding("cashier1")}


def test_a_deputy_registers_for_the_handler_but_does_not_lead_on() -> None:
    body = many_hands.body()
    body["states"]["reviewed"] |= {"handler": True, "queue": []}
    next(one for one in body["transitions"] if one["id"] == "note")["only"] = "handler"
    play = reviewed(states=body["states"], transitions=body["transitions"])
    play.do("delegate", CLERK, person="clerk2", person_roles=["clerk"], reason="出差")

    assert play.refused("note", person("clerk2")) == ["handler"]
    assert play.step("remark", person("clerk2")).flags == {"reviewed", "remarked"}
    assert "hand_back" in offered(play.definition, play.view, person("clerk2"))


def test_a_merged_case_is_closed_where_it_stands_and_goes_no_further() -> None:
    play = reviewed()
    assert play.refused("@merge", HEAD) == ["reason", "number"]

    outcome = play.do("merge", HEAD, number="2026000002", reason="同一申请")

    assert (outcome.ends, outcome.outcome, outcome.to_state) == (True, "merged", "reviewed")
    assert play.refused("reject", HEAD)[0] == "closed"
    assert play.refused("@send_back", HEAD, to="asked", reason="x")[0] == "closed"
    assert play.do("copy", HEAD, person="x").kind == "copy"


def test_a_case_at_its_end_takes_copies_and_links_only() -> None:
    play = reviewed()
    play.step("reject", HEAD)

    assert offered(play.definition, play.view, HEAD) == ["copy", "link"]
    assert play.refused("reject", HEAD) == ["state"]


def test_sending_back_stands_where_the_case_was_and_what_came_after_counts_no_longer() -> None:
    play = reviewed()

    outcome = play.do("send_back", HEAD, to="asked", reason="证明过期")

    assert (outcome.to_state, outcome.flags, outcome.void, outcome.queue) == ("asked", frozenset(), (1,), ("clerk",))
    assert [past.void for past in play.view.log] == ["", "sent_back", ""]
    assert play.refused("approve", HEAD)[0] == "state"


def test_what_was_registered_on_the_way_remains_after_sending_back() -> None:
    play = reviewed()
    play.step("remark", CLERK)

    outcome = play.do("send_back", HEAD, to="asked", reason="x")

    assert (outcome.flags, outcome.void) == (frozenset({"remarked"}), (1,))


def test_a_flag_that_a_guard_asks_for_is_as_it_was_on_arrival() -> None:
    body = many_hands.body()
    reject = next(one for one in body["transitions"] if one["id"] == "reject")
    reject["when"] = '!("remarked" in case.flags)'
    play = reviewed(transitions=body["transitions"])
    play.step("remark", CLERK)

    assert play.do("send_back", HEAD, to="asked", reason="x").flags == frozenset()


def test_a_log_that_does_not_say_where_the_case_stood_is_read_from_its_beginning() -> None:
    play = reviewed()
    play.view = replace(play.view, log=tuple(replace(past, before=None) for past in play.view.log))

    assert play.do("send_back", HEAD, to="asked", reason="x").flags == frozenset()


def test_sending_back_goes_only_along_ones_own_way() -> None:
    play = reviewed()

    assert play.refused("@send_back", HEAD, to="paying", reason="") == ["reason", "to"]
    assert play.refused("@send_back", HEAD, to="reviewed", reason="x") == ["to"]
    play.do("send_back", HEAD, to="asked", reason="x")
    assert "send_back" not in offered(play.definition, play.view, CLERK)
    assert play.refused("@send_back", CLERK, to="reviewed", reason="x") == ["to"]


def test_a_state_that_does_not_allow_it_is_not_gone_back_to() -> None:
    body = many_hands.body()
    body["states"]["asked"]["verbs"] = []

    assert reviewed(states=body["states"]).refused("@send_back", HEAD, to="asked", reason="x") == ["to"]


def test_an_invariant_keeps_a_role_from_a_state_here_too() -> None:
    body = many_hands.body()
    body["invariants"].append({"never": {"by": "head", "to": "asked"}, "law": "资助办法第一条"})

    answer = reviewed(invariants=body["invariants"]).answer("@send_back", HEAD, {"to": "asked", "reason": "x"})

    assert codes(answer) == ["never"]


def test_sending_back_into_regions_begins_them_anew_and_keeps_what_the_case_had_come_to() -> None:
    body = many_hands.body()
    body["states"]["settled"] = {"title": "核对", "public": "核对", "queue": ["head"]}
    next(one for one in body["transitions"] if one["id"] == "close")["to"] = "settled"
    body["transitions"].append({"id": "finish", "title": "完成", "from": "settled", "to": "done", "by": ["head"]})
    play = reviewed(states=body["states"], transitions=body["transitions"])
    play.do("sign", EXPERT, action="approve", agreed=True)
    play.do("sign", CASHIER, action="approve", agreed=True)
    for action, by in (("approve", HEAD), ("pay", CASHIER), ("see", CLERK), ("close", HEAD)):
        play.step(action, by)

    outcome = play.do("send_back", HEAD, to="paying", reason="金额有误")

    assert outcome.regions == {"money": "wait", "visit": "open"}
    assert (outcome.flags, outcome.outcome) == (frozenset({"reviewed"}), "reviewed")
    assert play.refused("close", HEAD) == ["region", "region"]


def test_who_took_the_last_step_takes_it_back() -> None:
    play = reviewed()

    outcome = play.do("withdraw", CLERK, reason="点错了")

    assert (outcome.to_state, outcome.flags, outcome.handler, outcome.outcome) == ("asked", frozenset(), None, None)
    assert play.view.log[1].void == "withdrawn"
    assert play.refused("@withdraw", CLERK, reason="x") == ["nothing_to_withdraw"]


def test_a_step_inside_a_region_is_taken_back_there() -> None:
    play = paying()
    play.step("pay", CASHIER)

    assert play.do("withdraw", CASHIER, reason="x").regions == {"money": "wait", "visit": "open"}


def test_nobody_takes_back_anothers_step_nor_his_own_once_somebody_acted() -> None:
    play = reviewed()
    assert play.refused("@withdraw", HEAD, reason="") == ["reason", "not_yours"]

    play.do("copy", HEAD, person="x")

    assert play.refused("@withdraw", CLERK, reason="x") == ["nothing_to_withdraw"]


def test_an_opening_is_not_taken_back() -> None:
    assert asked().refused("@withdraw", CITIZEN, reason="x") == ["nothing_to_withdraw"]
    empty = replace(asked().view, log=())
    assert codes(verb(many_hands.definition(), empty, "withdraw", CLERK, {"reason": "x"})) == ["nothing_to_withdraw"]


@pytest.mark.parametrize(
    "changed", [{"documents": ["own.notice"]}, {"message": {"to": "citizen", "title": "已审查", "body": "x"}}]
)
def test_what_has_gone_out_is_not_taken_back(changed: dict[str, Any]) -> None:
    body = many_hands.body()
    body["transitions"][0] |= changed

    assert reviewed(transitions=body["transitions"]).refused("@withdraw", CLERK, reason="x") == ["gone_out"]


def test_a_step_from_a_state_that_is_gone_is_not_taken_back() -> None:
    play = reviewed()
    last = play.view.log[-1]
    assert last.before is not None
    gone = replace(last, before=replace(last.before, state="gone"))
    play.view = replace(play.view, log=(*play.view.log[:-1], gone))

    assert play.refused("@withdraw", CLERK, reason="x") == ["state"]


RUNS = {"review": Running()}
PAUSED = {"review": Running(paused=True)}


def test_only_limits_that_allow_it_stand_still() -> None:
    play = reviewed()
    assert play.refused("@suspend", HEAD, reason="") == ["reason", "clock"]

    play.view = replace(play.view, clocks=RUNS)

    assert play.do("suspend", HEAD, reason="等待鉴定").action == "@suspend"
    assert play.refused("@resume", HEAD) == ["clock"]
    play.view = replace(play.view, clocks=PAUSED)
    assert play.refused("@suspend", HEAD, reason="x") == ["clock"]
    assert play.do("resume", HEAD).action == "@resume"


def test_a_limit_is_extended_within_its_cap_and_as_often_as_allowed() -> None:
    play = reviewed()
    assert play.refused("@extend", HEAD, reason="x", days=3) == ["clock"]
    play.view = replace(play.view, clocks=RUNS)

    assert play.refused("@extend", HEAD, reason="x", days=6) == ["days"]
    assert play.refused("@extend", HEAD, reason="x", days="3") == ["days"]
    assert play.refused("@extend", HEAD, reason="", days=None) == ["reason", "days"]
    assert play.do("extend", HEAD, reason="案情复杂", days=5).kind == "extend"
    play.view = replace(play.view, clocks={"review": Running(extended=1)})
    assert play.refused("@extend", HEAD, reason="x", days=1) == ["clock"]


def test_a_limit_the_version_does_not_have_or_that_names_no_verb_is_left_alone() -> None:
    plain = {"review": {**many_hands.CLOCK, "pause": [], "resume": [], "extend": None}}
    del plain["review"]["extend"]
    play = reviewed(clocks=plain)
    play.view = replace(play.view, clocks={**RUNS, "gone": Running()})

    assert {"suspend", "resume", "extend"}.isdisjoint(offered(play.definition, play.view, HEAD))


def test_only_verbs_that_have_something_to_do_are_offered() -> None:
    play = reviewed()

    assert offered(play.definition, play.view, HEAD) == [
        *("pass_on", "delegate", "copy", "cosign", "link", "merge", "send_back")
    ]
    assert "withdraw" in offered(play.definition, play.view, CLERK)
    assert "sign" in offered(play.definition, play.view, EXPERT)
    play.view = replace(play.view, clocks=RUNS)
    assert {"suspend", "extend"} <= set(offered(play.definition, play.view, HEAD))


def test_who_holds_what_waits_is_at_turn() -> None:
    play = reviewed()
    play.view = replace(play.view, held={OUTER: Holding("gardener1")})

    outcome = play.answer(
        "@cosign", person("gardener1"), {"action": "approve", "person": "x", "person_roles": ["head"]}
    )

    assert isinstance(outcome, Outcome)


def test_a_case_in_a_state_the_version_does_not_have_is_not_lost() -> None:
    play = reviewed()
    play.view = replace(play.view, state="gone", handler_id="clerk1")

    assert isinstance(play.answer("@copy", CLERK, {"person": "x"}), Outcome)
    assert play.refused("reject", HEAD)[0] == "state"
    assert replace(play.view, closed=True).closed

"""Things that go on side by side: each goes its own way, and the case leaves when all are done."""

from saas.workflow.engine import CaseView, Outcome, available
from tests.saas.workflow import many_hands
from tests.saas.workflow.playing import Play, person

CLERK, HEAD, CASHIER, EXPERT = person("clerk1"), person("head1"), person("cashier1"), person("expert1")


def paying() -> Play:
    """A case whose money and visit go on side by side."""
    play = Play(many_hands.definition())
    play.step("review", CLERK, income=2500)
    play.do("sign", EXPERT, action="approve", agreed=True)
    play.do("sign", CASHIER, action="approve", agreed=True)
    play.step("approve", HEAD)
    return play


def test_entering_a_state_begins_all_its_regions() -> None:
    assert paying().view.regions == {"money": "wait", "visit": "open"}


def test_a_step_inside_a_region_moves_only_that_region() -> None:
    play = paying()

    outcome = play.step("pay", CASHIER)

    assert (outcome.from_state, outcome.to_state, outcome.region) == ("paying", "paying", "money")
    assert outcome.regions == {"money": "paid", "visit": "open"}
    assert not outcome.ends


def test_a_step_of_a_region_needs_its_own_inner_state() -> None:
    play = paying()

    assert play.refused("unpay", CASHIER) == ["state"]
    assert "打款：待打款" in play.answer("unpay", CASHIER, {}).reasons[0].sentence  # type: ignore[union-attr]


def test_the_case_stays_until_every_region_is_done_and_each_open_one_is_named() -> None:
    play = paying()

    assert play.refused("close", HEAD) == ["region", "region"]
    play.step("pay", CASHIER)
    answer = play.answer("close", HEAD, {})
    assert [(one.code, one.help) for one in answer.reasons] == [("region", "请先把“走访”办到“已走访”。")]  # type: ignore[union-attr]


def test_the_case_leaves_when_all_are_done_and_keeps_no_region() -> None:
    play = paying()
    play.step("pay", CASHIER)
    play.step("see", CLERK)

    outcome = play.step("close", HEAD)

    assert (outcome.ends, outcome.regions, outcome.outcome) == (True, {}, "paid")
    assert "visited" in outcome.flags


def test_a_step_that_cancels_leaves_open_regions_behind() -> None:
    assert paying().step("stop", HEAD).to_state == "refused"


def test_the_handler_alone_takes_what_is_his_inside_a_region() -> None:
    assert paying().refused("see", person("clerk2")) == ["handler"]


def test_what_can_be_done_is_listed_by_region_and_the_outer_step_waits() -> None:
    play = paying()

    found = {one.action.id: (one.region, one.allowed) for one in available(play.definition, play.view, HEAD)}

    assert found == {
        "pay": ("money", False),
        "see": ("visit", False),
        "close": (None, False),
        "stop": (None, True),
    }


def test_a_state_whose_regions_nothing_is_known_of_stands_at_their_beginning() -> None:
    view = CaseView("paying", handler_id="clerk1")

    found = [one.action.id for one in available(many_hands.definition(), view, CLERK) if one.allowed]

    assert found == ["see"]


def test_a_step_that_stays_keeps_the_regions_where_they_are() -> None:
    body = many_hands.body()
    body["transitions"].append({"id": "log", "title": "登记", "from": "paying", "to": "paying", "by": ["head"]})
    play = paying()
    play.step("pay", CASHIER)
    play.definition = many_hands.definition(transitions=body["transitions"])

    outcome = play.step("log", HEAD)

    assert outcome.regions == {"money": "paid", "visit": "open"}


def test_a_region_that_stands_where_the_version_knows_nothing_is_named_by_its_id() -> None:
    play = paying()
    view = CaseView("paying", regions={"money": "gone"})
    play.view = view

    answer = play.answer("pay", CASHIER, {})

    assert not isinstance(answer, Outcome)
    assert "打款：gone" in answer.reasons[0].sentence

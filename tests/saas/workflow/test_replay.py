from typing import Any

from saas.workflow.definition import parse
from saas.workflow.replay import Taken, replay
from tests.saas.workflow import samples

ASK, ACCEPT, LEND = Taken("ask", None, {"days": 3}), Taken("accept", "a", {}), Taken("lend", "b", {})
INNER = {
    "title": "核对",
    "initial": "open",
    "final": ["shut"],
    "states": {"open": {"title": "未核对"}, "shut": {"title": "已核对"}},
    "transitions": [{"id": "check_card", "title": "核对证件", "from": "open", "to": "shut", "by": ["clerk"]}],
}


def step(body: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in body["transitions"] if one["id"] == id_)


def test_a_trace_ends_where_the_case_stands() -> None:
    run = replay(samples.definition(), [ASK, ACCEPT, Taken("take", "a"), LEND])

    assert (run.state, run.problem) == ("lent", None)
    assert run.path == ("asked", "checked", "checked", "lent")
    assert run.flags == {"checked"}


def test_a_new_step_on_the_way_is_missed() -> None:
    body = samples.body()
    body["states"]["extra"] = {"title": "复核", "queue": ["head"]}
    step(body, "accept")["to"] = "extra"
    body["transitions"].append({"id": "second", "title": "复核", "from": "extra", "to": "checked", "by": ["head"]})

    run = replay(parse(body), [ASK, ACCEPT, LEND])

    assert (run.state, run.problem) == ("extra", "按新版本，在“复核”不能办理“准予借出”")


def test_a_new_branch_changes_nothing_for_those_on_the_way() -> None:
    body = samples.body()
    body["transitions"].append(
        {"id": "stop", "title": "撤回", "from": ["asked", "checked"], "to": "lent", "by": ["reader"]}
    )

    assert replay(parse(body), [ASK, ACCEPT]).problem is None


def test_a_step_that_is_called_otherwise_is_found_by_its_new_id() -> None:
    body = samples.body()
    step(body, "accept")["id"] = "receive"
    step(body, "lend")["not_same_as"] = ["receive"]

    assert replay(parse(body), [ASK, ACCEPT]).problem == "新版本没有步骤“accept”"
    assert replay(parse(body), [ASK, ACCEPT], {"accept": "receive"}).state == "checked"


def test_two_steps_by_one_person_that_must_be_two_are_no_legal_run() -> None:
    run = replay(samples.definition(), [ASK, ACCEPT, Taken("lend", "a")])

    assert run.problem == "按新版本，“准予借出”和“受理”要由不同的人办理"


def test_an_invariant_keeps_two_steps_apart_too() -> None:
    body = samples.body()
    step(body, "lend").pop("not_same_as")
    body["invariants"].append({"separate": ["accept", "lend"]})

    assert replay(parse(body), [ASK, ACCEPT, Taken("lend", "a")]).problem is not None
    assert replay(parse(body), [ASK, ACCEPT, LEND]).problem is None


def test_a_condition_that_the_trace_answers_is_asked_again() -> None:
    body = samples.body()
    step(body, "accept")["when"] = [{"that": "form.days < 3", "refuse": "天数太多。"}]

    refused = replay(parse(body), [ASK, Taken("accept", "a", {"days": 3})])
    assert refused.problem == "按新版本，“受理”的条件没有满足：天数太多。"
    assert replay(parse(body), [ASK, Taken("accept", "a", {"days": 2})]).problem is None


def test_a_condition_on_flags_opens_nothing() -> None:
    class Closed(dict[str, Any]):
        def __iter__(self) -> Any:  # noqa: ANN401
            raise AssertionError("what was entered is not to be opened")

        items = keys = __getitem__ = __iter__  # type: ignore[assignment]

    body = samples.body()
    step(body, "accept")["when"] = [{"that": '!("urgent" in case.flags)', "refuse": "急件。"}]

    assert replay(parse(body), [Taken("ask", None, Closed()), Taken("accept", "a", Closed())]).problem is None


def test_a_condition_on_what_is_not_in_the_trace_stays_unproven() -> None:
    assert replay(samples.definition(), [ASK, ACCEPT]).unproven == ("accept",)


def test_regions_run_side_by_side_and_hold_the_outer_step() -> None:
    body = samples.body()
    body["states"]["checked"]["regions"] = {"card": INNER}

    early = replay(parse(body), [ASK, ACCEPT, LEND])
    assert (early.state, early.regions) == ("checked", {"card": "open"})
    assert early.problem == "按新版本，办理“准予借出”前要先完成核对"

    whole = replay(parse(body), [ASK, ACCEPT, Taken("check_card", "a"), LEND])
    assert (whole.state, whole.problem) == ("lent", None)
    assert "checked.card.shut" in whole.path


def test_a_step_that_cancels_does_not_wait_for_regions() -> None:
    body = samples.body()
    body["states"]["checked"]["regions"] = {"card": INNER}
    step(body, "lend")["cancel"] = True

    assert replay(parse(body), [ASK, ACCEPT, LEND]).state == "lent"


def test_sending_back_leads_only_to_where_the_case_was() -> None:
    back = Taken("@send_back", "a", {}, to="asked")

    assert replay(samples.definition(), [ASK, ACCEPT, back]).state == "asked"
    elsewhere = Taken("@send_back", "a", {}, to="lent")
    assert replay(samples.definition(), [ASK, ACCEPT, elsewhere]).problem is not None
    assert replay(samples.definition(), [ASK, ACCEPT, Taken("@pass_on", "a", {}, to="checked")]).state == "checked"


def test_an_unknown_way_in_is_no_run_at_all() -> None:
    run = replay(samples.definition(), [Taken("bring", None)])

    assert (run.state, run.path, run.problem) == ("", (), "新版本没有登记方式“bring”")

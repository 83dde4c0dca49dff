"""One step of a case."""

from uuid import uuid4

import pytest

from saas.workflow.definition import Definition, parse
from saas.workflow.engine import (
    ActorView,
    CaseView,
    Outcome,
    Reason,
    Refusal,
    apply,
    available,
    open_case,
)
from tests.saas.workflow import samples

DEFINITION = samples.definition()
CLERK = ActorView("c1", frozenset({"clerk"}))
HEAD = ActorView("h1", frozenset({"head"}))
ASKED = CaseView("asked", frozenset({"urgent"}))
READY = {"case.missing": 0}


def _codes(result: Outcome | Refusal) -> list[str]:
    assert isinstance(result, Refusal)
    return [reason.code for reason in result.reasons]


def test_a_step_says_what_it_comes_to() -> None:
    result = apply(DEFINITION, ASKED, "accept", CLERK, {"handler": ["u7", "u8"]}, READY)

    assert isinstance(result, Outcome)
    assert (result.from_state, result.to_state, result.assign) == ("asked", "checked", "u7")
    assert (result.flags, result.for_handler, result.ends) == (frozenset({"checked"}), True, False)
    assert result.message is not None


def test_one_person_named_is_the_handler_too() -> None:
    result = apply(DEFINITION, ASKED, "accept", CLERK, {"handler": "u7"}, READY)

    assert isinstance(result, Outcome)
    assert result.assign == "u7"


def test_the_last_step_ends_the_case_with_its_outcome() -> None:
    view = CaseView("checked", handler_id="h1", trace=(("accept", "c1"),))

    result = apply(DEFINITION, view, "lend", HEAD, {"comment": "同意"}, {"files.card": 1})

    assert isinstance(result, Outcome)
    assert (result.ends, result.outcome, result.documents, result.assign) == (True, "lent", ("loan.slip",), None)


@pytest.mark.parametrize(("actor_id", "expected"), [("c1", "c1"), (None, None)])
def test_a_step_can_make_its_actor_the_handler(actor_id: str | None, expected: str | None) -> None:
    result = apply(DEFINITION, CaseView("checked"), "take", ActorView(actor_id, frozenset({"clerk"})), {}, {})

    assert isinstance(result, Outcome)
    assert result.assign == expected


def test_a_refusal_gives_every_reason_at_once() -> None:
    finding = Reason("rule", "距归还不足三日。")
    view = CaseView("asked", handler_id="other", trace=(("accept", "x"),))

    result = apply(DEFINITION, view, "lend", ActorView("x", frozenset({"clerk"})), {"comment": " "}, {}, [finding])

    assert _codes(result) == ["state", "role", "handler", "not_same_as", "comment", "file", "rule"]


def test_the_sentences_name_step_role_and_state_in_words() -> None:
    result = apply(DEFINITION, ASKED, "lend", CLERK, {}, {})

    assert isinstance(result, Refusal)
    assert "案件现在是“待受理”，不能办理“准予借出”" in result.reasons[0].sentence
    assert "由馆长办理" in result.reasons[1].sentence
    assert "还没有承办人" in result.reasons[2].sentence


def test_a_state_the_version_no_longer_has_is_named_by_its_id() -> None:
    result = apply(DEFINITION, CaseView("gone"), "accept", CLERK, {"handler": "u"}, READY)

    assert isinstance(result, Refusal)
    assert "“gone”" in result.reasons[0].sentence


def test_a_handler_must_be_chosen_where_the_step_names_one() -> None:
    result = apply(DEFINITION, ASKED, "accept", CLERK, {"handler": None}, READY)

    assert _codes(result) == ["assign"]


def test_ids_compare_whether_they_come_as_uuid_or_text() -> None:
    someone = uuid4()
    view = CaseView("checked", handler_id=someone, trace=(("accept", "c1"),))

    result = apply(DEFINITION, view, "lend", ActorView(str(someone), HEAD.roles), {"comment": "可"}, {"files.card": 2})

    assert isinstance(result, Outcome)


def test_people_without_an_account_are_not_taken_for_one_another() -> None:
    view = CaseView("checked", handler_id="h1", trace=(("accept", None),))

    result = apply(DEFINITION, view, "lend", ActorView(None, HEAD.roles), {"comment": "可"}, {"files.card": 1})

    assert _codes(result) == ["handler"]


@pytest.mark.parametrize(("missing", "refused"), [(0, False), (2, True), (None, False)])
def test_a_guard_refuses_with_its_own_words_and_law(*, missing: int | None, refused: bool) -> None:
    view = CaseView("asked", data={"missing": missing})

    result = apply(DEFINITION, view, "accept", CLERK, {"handler": "u"}, {})

    assert isinstance(result, Refusal) is refused
    if isinstance(result, Refusal):
        assert (result.reasons[0].sentence, result.reasons[0].law) == ("请先补齐材料。", "借阅规则第一条")


def _guarded(expression: str) -> Definition:
    body = samples.body()
    body["transitions"][0]["when"] = expression
    return parse(body)


def test_a_guard_that_fails_while_running_is_never_a_yes() -> None:
    result = apply(_guarded("10 / case.missing > 1"), ASKED, "accept", CLERK, {"handler": "u"}, READY)

    assert _codes(result) == ["guard_fault"]


def test_guards_see_flags_and_the_form() -> None:
    guarded = _guarded('"urgent" in case.flags && form.days > 3')

    assert isinstance(apply(guarded, ASKED, "accept", CLERK, {"handler": "u", "days": 4}, {}), Outcome)
    assert _codes(apply(guarded, ASKED, "accept", CLERK, {"handler": "u", "days": 3}, {})) == ["guard"]


def test_an_unknown_step_is_refused() -> None:
    assert _codes(apply(DEFINITION, ASKED, "burn", CLERK, {}, {})) == ["unknown_action"]


def test_a_case_is_opened_by_who_may() -> None:
    result = open_case(DEFINITION, "ask", ActorView(None, frozenset({"reader"})), {}, {})

    assert isinstance(result, Outcome)
    assert (result.from_state, result.to_state, result.queue) == (None, "asked", ("clerk",))


def test_a_case_is_not_opened_by_others_or_against_the_rules() -> None:
    result = open_case(DEFINITION, "ask", CLERK, {}, {}, [Reason("rule", "已有同一申请。")])

    assert _codes(result) == ["role", "rule"]
    assert _codes(open_case(DEFINITION, "burn", CLERK, {}, {})) == ["unknown_way"]


def test_the_steps_open_to_a_person_are_those_of_state_and_role() -> None:
    view = CaseView("checked", handler_id="h1")

    found = {one.action.id: one.allowed for one in available(DEFINITION, view, HEAD)}

    assert found == {"take": False, "lend": True}

"""A small process played without a database."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from saas.calendar import Calendar
from saas.fields.definition import parse_form
from saas.workflow.definition import Definition, parse
from saas.workflow.engine import Reason
from saas.workflow.simulation import Act, Context, Played, choices, example_context, play, verbs
from tests.saas.workflow import samples

MONDAY = date(2026, 3, 2)
ASK = parse_form(
    {
        "key": "loan.ask",
        "title": "借阅申请",
        "pages": [
            {
                "id": "who",
                "title": "谁",
                "fields": [
                    {"id": "missing", "label": "缺少的材料", "type": "integer", "store": "case"},
                    {"id": "wanted_on", "label": "需要日期", "type": "date"},
                    {"id": "urgent", "label": "加急", "type": "boolean"},
                    {
                        "id": "needs",
                        "label": "需要",
                        "type": "multichoice",
                        "options": [{"value": "fast", "label": "快"}, {"value": "safe", "label": "稳"}],
                    },
                    {"id": "area", "label": "地区", "type": "multichoice", "list": "areas"},
                    {
                        "id": "kind",
                        "label": "读者类型",
                        "type": "radio",
                        "party": "applicant",
                        "attr": "kind",
                        "options": [{"value": "natural", "label": "个人"}, {"value": "legal", "label": "单位"}],
                    },
                ],
            }
        ],
    }
)
ACCEPT = parse_form(
    {
        "key": "loan.accept",
        "title": "受理",
        "pages": [{"id": "a", "title": "受理", "fields": [{"id": "handler", "label": "承办", "type": "person"}]}],
    }
)
CONTEXT = Context({"loan.ask": ASK, "loan.accept": ACCEPT}, Calendar())
ASKED = Act("ask", "reader", MONDAY, {"missing": 0})
ACCEPTED = Act("accept", "clerk", MONDAY, {"handler": "head"})


def run(*acts: Act, context: Context = CONTEXT, definition: Definition | None = None) -> Played:
    return play(definition or samples.definition(), acts, context)


def changed(change: dict[str, Any]) -> Definition:
    return parse(deepcopy(samples.BODY) | change)


def test_what_is_played_says_where_it_stands_and_what_would_have_been_made() -> None:
    played = run(ASKED, ACCEPTED)

    assert (played.state, played.path) == ("checked", ("asked", "checked"))
    assert played.documents == ("loan.request",)
    assert played.view is not None
    assert played.view.handler_id == "head"
    assert played.done[1].message is not None


def test_a_limit_is_read_with_its_reason_on_the_day_the_clock_was_moved_to() -> None:
    played = play(samples.definition(), [ASKED], CONTEXT, today=date(2026, 3, 20))

    assert played.readings["review"].due_on == date(2026, 3, 9)
    assert played.readings["review"].state == "overdue"
    assert "因此期限到" in "".join(played.readings["review"].trail)


def test_a_step_that_may_not_be_taken_stops_the_play_with_every_reason() -> None:
    played = run(ASKED, ACCEPTED, Act("lend", "clerk", MONDAY, {"comment": "同意"}), Act("take", "clerk", MONDAY))

    assert {reason.code for reason in played.refused} == {"role", "handler", "not_same_as", "file"}
    assert played.state == "checked"
    assert len(played.done) == 2


def test_one_person_may_not_take_both_steps_in_whatever_role() -> None:
    mine = Act("accept", "clerk:甲", MONDAY, {"handler": "甲"})
    theirs = Act("lend", "head:甲", MONDAY, {"comment": "同意", "files": ["card"]})

    assert [reason.code for reason in run(ASKED, mine, theirs).refused] == ["not_same_as"]


def test_material_that_is_there_lets_a_step_pass_that_asks_for_it() -> None:
    done = Act("lend", "head", MONDAY, {"comment": "同意", "files": ["card"]})

    assert run(ASKED, ACCEPTED, done).state == "lent"


def test_a_guard_reads_what_the_opening_kept_with_the_case() -> None:
    lacking = Act("ask", "reader", MONDAY, {"missing": 2})

    assert [reason.sentence for reason in run(lacking, ACCEPTED).refused] == ["请先补齐材料。"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("wanted_on", "2026-02-30"),
        ("wanted_on", 3),
        ("urgent", "yes"),
        ("missing", "two"),
        ("missing", True),
        ("kind", "robot"),
        ("kind", ["natural"]),
        ("needs", "fast"),
        ("needs", ["slow"]),
        ("area", []),
        ("colour", "red"),
        ("files", "card"),
    ],
)
def test_an_answer_no_form_could_have_given_is_refused_at_its_place(name: str, value: object) -> None:
    refused = run(Act("ask", "reader", MONDAY, {name: value})).refused

    assert [(reason.code, reason.field) for reason in refused] == [("answer", name)]


def test_answers_a_form_could_have_given_are_taken() -> None:
    answers = {"needs": ["fast", "safe"], "area": ["1"], "kind": "legal", "wanted_on": "2026-03-05", "urgent": None}

    assert run(Act("ask", "reader", MONDAY, answers)).state == "asked"


def test_nothing_is_done_before_what_was_done_already() -> None:
    early = Act("accept", "clerk", date(2026, 3, 1), {"handler": "head"})

    assert [reason.field for reason in run(ASKED, early).refused] == ["on"]


def test_the_first_act_has_to_be_a_way_of_opening() -> None:
    played = run(ACCEPTED)

    assert played.state is None
    assert [reason.code for reason in played.refused] == ["unknown_way"]


def test_rules_of_the_line_are_asked_with_the_facts_they_need() -> None:
    def facts(case: Any, values: Any) -> dict[str, Any]:  # noqa: ANN401
        del values
        return {"case.known": sorted(case) if case else []}

    def rule(given: Any, values: Any) -> list[Reason]:  # noqa: ANN401
        del values
        return [Reason("rule", ",".join(given["case.known"]))]

    body = deepcopy(samples.BODY)
    body["transitions"][0]["checks"] = ["strict"]
    context = Context(CONTEXT.forms, CONTEXT.calendar, {"strict": rule}, facts)

    refused = run(ASKED, ACCEPTED, context=context, definition=parse(body)).refused

    assert [reason.sentence for reason in refused] == [
        "actions,clock_states,data,days,due,file_categories,flags,log,party_kinds,settings,today"
    ]


def test_a_setting_fills_in_how_long_a_limit_is() -> None:
    body = deepcopy(samples.BODY)
    body["clocks"]["review"] |= {"n": None, "setting": "loan.days"}
    context = Context(CONTEXT.forms, CONTEXT.calendar, settings={"loan.days": 3})

    assert run(ASKED, context=context, definition=parse(body)).readings["review"].due_on == date(2026, 3, 5)


def test_everybody_is_offered_what_they_can_do_and_nobody_the_rest_with_the_reason() -> None:
    played = run(ASKED, Act("accept", "clerk:甲", MONDAY, {"handler": "甲"}))
    assert played.view is not None

    found = {one.action.id: one for one in choices(samples.definition(), played.view, ["reader", "clerk", "head"])}

    assert found["take"].by == ("clerk",)
    assert found["lend"].by == ()
    assert [reason.code for reason in found["lend"].reasons] == ["handler"]


def test_a_verb_is_played_as_a_step_is_and_what_is_taken_back_never_was() -> None:
    definition = changed({"verbs": ["withdraw", "send_back"]})
    taken = Act("take", "clerk:甲", MONDAY)
    accepted = Act("accept", "clerk:甲", MONDAY, {"handler": "甲"})
    back = Act("@send_back", "clerk:甲", date(2026, 3, 4), {"to": "asked", "reason": "材料有误"})

    sent_back = run(ASKED, accepted, taken, back, definition=definition)
    undone = run(
        ASKED, accepted, taken, Act("@withdraw", "clerk:甲", MONDAY, {"reason": "误操作"}), definition=definition
    )

    assert (sent_back.state, undone.state) == ("asked", "checked")
    assert sent_back.view is not None
    assert verbs(definition, sent_back.view, ["clerk:甲", "reader"]) == {}


def test_a_limit_stands_still_by_a_verb_where_its_rule_says_so() -> None:
    body = deepcopy(samples.BODY) | {"verbs": ["suspend", "extend"]}
    body["clocks"]["review"] |= {"pause": ["@suspend"], "resume": ["@resume"], "extend": {"on": "@extend", "max": 3}}
    definition = parse(body)
    suspend = Act("@suspend", "clerk", date(2026, 3, 3), {"reason": "等待鉴定"})
    resume = Act("@resume", "clerk", date(2026, 3, 5))

    paused = run(ASKED, suspend, definition=definition)
    again = run(ASKED, suspend, suspend, definition=definition)
    resumed = run(ASKED, suspend, resume, definition=definition)

    assert paused.readings["review"].state == "paused"
    assert [reason.code for reason in again.refused] == ["clock"]
    # Seven days from 2 March, two of them standing still: 11 March, a Wednesday.
    assert resumed.readings["review"].due_on == date(2026, 3, 11)
    assert run(ASKED, resume, definition=definition).refused[0].code == "clock"


def test_work_is_passed_on_to_a_player_with_the_role_for_it() -> None:
    definition = changed({"verbs": ["pass_on"]})
    fitting = Act("@pass_on", "clerk:甲", MONDAY, {"person": "clerk:乙", "reason": "出差"})
    unfitting = Act("@pass_on", "clerk:甲", MONDAY, {"person": "reader", "reason": "出差"})

    played = run(ASKED, fitting, definition=definition)

    assert played.view is not None
    assert played.view.held[""].by == "乙"
    assert [reason.field for reason in run(ASKED, unfitting, definition=definition).refused] == ["person"]
    assert set(verbs(definition, played.view, ["clerk:甲", "reader"])["pass_on"]) == {"clerk:甲"}


def test_a_process_without_a_line_of_work_has_only_what_it_brings() -> None:
    context = example_context(samples.definition(), None)

    assert (dict(context.forms), dict(context.rules), context.facts) == ({}, {}, None)

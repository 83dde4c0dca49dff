"""Every edit gives a new body that can be read, and says what it did."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.workflow import editing
from saas.workflow.definition import parse
from saas.workflow.editing import Edit, EditError, parts
from tests.saas.workflow import samples

STEP = {"title": "复核", "from": ["checked"], "to": "lent", "by": ["head"]}
CLOCK = {
    "title": "提醒",
    "kind": "duty",
    "n": 3,
    "unit": "workday",
    "start": ["ask"],
    "stop": ["accept"],
    "law": "规则",
}
NEW: dict[str, dict[str, Any]] = {
    "states": {"title": "复核中", "queue": ["head"], "public": "复核中"},
    "transitions": STEP,
    "opens": {"title": "窗口申请", "by": ["clerk"], "form": "loan.ask"},
    "clocks": CLOCK,
    "roles": {"title": "副馆长"},
    "invariants": {"never": {"by": "reader", "to": "lent"}, "law": "规则"},
}


def place_of(made: Edit) -> dict[str, Any]:
    found = editing.find(made.body, made.place)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", sorted(NEW))
def test_a_new_part_is_there_has_an_id_and_can_be_read(kind: str) -> None:
    before = samples.body()
    untouched = deepcopy(before)

    made = editing.add(before, kind, NEW[kind])

    parse(made.body)
    assert before == untouched
    assert {key: place_of(made)[key] for key in NEW[kind]} == NEW[kind]
    assert made.what.startswith(f"添加{parts.KINDS[kind].word}“")


def test_ids_say_nothing_and_never_come_twice() -> None:
    ids = {editing.add(samples.body(), "states", NEW["states"]).place for _ in range(50)}

    assert len(ids) == 50
    assert not any("复核" in id_ for id_ in ids)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        *(("states", "title"), ("transitions", "to"), ("transitions", "by"), ("transitions", "from")),
        *(("opens", "form"), ("clocks", "start"), ("clocks", "n"), ("roles", "title")),
    ],
)
def test_what_is_missing_is_named_at_its_input(kind: str, missing: str) -> None:
    with pytest.raises(EditError) as refused:
        editing.add(samples.body(), kind, {key: value for key, value in NEW[kind].items() if key != missing})

    assert set(refused.value.fields) == {missing}


@pytest.mark.parametrize(
    "rule", [{}, {"must_pass": "accept"}, {"separate": ["accept", "lend"], "never": {"by": "a", "to": "b"}}]
)
def test_a_rule_has_exactly_one_shape(rule: dict[str, Any]) -> None:
    with pytest.raises(EditError):
        editing.add(samples.body(), "invariants", rule)


def test_a_change_names_what_is_different_and_nothing_else() -> None:
    made = editing.change(samples.body(), "transitions.lend", {"title": "准予", "by": ["head"], "comment": None})

    assert made.what == "修改办理事项“准予借出”的名称、意见"
    assert place_of(made)["title"] == "准予"
    assert "comment" not in place_of(made)


def test_a_change_that_changes_nothing_says_so_and_keeps_the_writing() -> None:
    body = samples.body()

    made = editing.change(body, "transitions.accept", {"from": ["asked"], "title": "受理", "confirm": ""})

    assert (made.body, made.what) == (body, "")


def test_a_role_is_renamed_and_a_clock_and_a_rule_changed() -> None:
    body = samples.body()
    role = editing.change(body, "roles.head", {"title": "馆长室"}).body
    clock = editing.change(body, "clocks.review", {"n": 2}).body
    rule = editing.change(body, "invariants.0", {"law": "新规则"}).body

    assert role["roles"]["head"] == "馆长室"
    assert clock["clocks"]["review"]["n"] == 2
    assert rule["invariants"][0]["law"] == "新规则"


def test_no_verbs_at_all_is_something_else_than_the_usual_ones() -> None:
    none = editing.change(samples.body(), "states.asked", {"verbs": []}).body
    usual = editing.change(none, "states.asked", {"verbs": None}).body

    assert none["states"]["asked"]["verbs"] == []
    assert "verbs" not in usual["states"]["asked"]


def test_the_process_is_renamed_and_its_phases_set() -> None:
    made = editing.change_head(samples.body(), {"title": "外借", "phases": ["申请", "审批", "归还"], "key": "other"})

    assert made.what == "修改流程的名称、阶段"
    assert (made.body["title"], made.body["key"]) == ("外借", "library.loan")
    with pytest.raises(EditError):
        editing.change_head(samples.body(), {"title": ""})


@pytest.mark.parametrize("place", ["states.gone", "nothing.asked", "states", "invariants.7", "invariants.x", ""])
def test_what_is_not_there_cannot_be_changed(place: str) -> None:
    with pytest.raises(EditError):
        editing.change(samples.body(), place, {"title": "x"})


def test_states_are_moved_in_the_list_and_on_the_map() -> None:
    body = samples.body()

    down = editing.move(body, "asked", 1)
    put = editing.place(body, "asked", 40, 60)

    assert list(down.body["states"]) == ["checked", "asked", "lent"]
    assert editing.move(down.body, "asked", -1).body == body
    assert put.body["layout"] == {"asked": [40, 60]}
    assert editing.arrange(put.body).body == body
    assert editing.arrange(body).what == ""


@pytest.mark.parametrize(("state", "by"), [("asked", -1), ("lent", 1)])
def test_the_ends_of_the_list_are_its_ends(state: str, by: int) -> None:
    with pytest.raises(EditError):
        editing.move(samples.body(), state, by)


def test_a_state_cannot_be_put_out_of_sight() -> None:
    with pytest.raises(EditError):
        editing.place(samples.body(), "asked", 10**6, 0)


def test_a_drawn_line_is_done_by_whoever_works_there() -> None:
    waiting = editing.connect(samples.body(), "asked", "lent")
    handled = editing.connect(samples.body(), "checked", "asked")

    assert place_of(waiting) | {"id": ""} == {
        "id": "",
        "title": "办理",
        "from": ["asked"],
        "to": "lent",
        "by": ["clerk"],
    }
    assert place_of(handled)["by"] == ["clerk", "head"]
    assert waiting.what == "添加从“待受理”到“已借出”的办理事项"


def test_a_state_put_into_a_step_lies_between_its_ends() -> None:
    made = editing.insert(samples.body(), "lend", title="会商", action="", by=["head"])
    new = made.place.removeprefix("states.")
    onward = next(step for step in made.body["transitions"] if step["from"] == [new])

    parse(made.body)
    assert next(step for step in made.body["transitions"] if step["id"] == "lend")["to"] == new
    assert (onward["to"], onward["title"], onward["by"]) == ("lent", "完成会商", ["head"])
    assert list(made.body["states"]) == ["asked", "checked", new, "lent"]
    assert place_of(made)["phase"] == "审批"


def test_a_state_put_into_a_step_needs_a_name_and_somebody() -> None:
    with pytest.raises(EditError) as refused:
        editing.insert(samples.body(), "lend", title="", action="", by=[])

    assert set(refused.value.fields) == {"title", "by"}


def test_a_state_that_follows_another_is_joined_to_it() -> None:
    made = editing.follow(samples.body(), "asked", NEW["states"])
    new = made.place.removeprefix("states.")

    assert list(made.body["states"])[1] == new
    assert [step["from"] for step in made.body["transitions"] if step["to"] == new] == [["asked"]]
    assert "接在“待受理”之后" in made.what


@given(st.lists(st.sampled_from(["add", "connect", "insert", "move", "remove", "follow"]), max_size=12), st.randoms())
def test_whatever_is_done_the_body_can_be_read(acts: list[str], random: Random) -> None:
    body = samples.body()
    for act in acts:
        body = something(body, act, random)
        parse(body)


def something(body: dict[str, Any], act: str, random: Random) -> dict[str, Any]:
    """One act on something chosen at random; a refused one changes nothing."""
    states = list(body["states"])
    steps = [step["id"] for step in body["transitions"]]
    state, other = random.choice(states), random.choice(states)
    step = random.choice(steps) if steps else "none"
    doing = {
        "add": lambda: editing.add(body, "states", NEW["states"]),
        "connect": lambda: editing.connect(body, state, other),
        "insert": lambda: editing.insert(body, step, title="审", action="过", by=["head"]),
        "move": lambda: editing.move(body, state, random.choice([-1, 1])),
        "remove": lambda: editing.remove(body, random.choice([f"states.{state}", f"transitions.{step}"])),
        "follow": lambda: editing.follow(body, state, NEW["states"]),
    }
    try:
        return doing[act]().body
    except EditError:
        return body

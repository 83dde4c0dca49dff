"""A part goes with what hung on it; what the law or something else needs stays."""

import pytest

from saas.workflow import editing
from saas.workflow.definition import parse
from saas.workflow.editing import EditError
from tests.saas.workflow import samples


def test_a_state_goes_with_the_steps_that_lived_by_it() -> None:
    made = editing.remove(samples.body() | {"layout": {"checked": [1, 2]}}, "states.checked")

    parse(made.body)
    assert [step["id"] for step in made.body["transitions"]] == []
    assert made.body["layout"] == {}
    assert made.body["clocks"]["review"]["stop"] == []
    assert made.what == "删除环节“待审批”，连同“受理”、“领办”、“准予借出”"


def test_a_step_from_several_states_only_loses_one() -> None:
    body = samples.body()
    body["transitions"][2]["from"] = ["checked", "asked"]
    body["opens"][0]["to"] = body["initial"] = "asked"
    body["transitions"] = [step for step in body["transitions"] if step["id"] == "lend"]
    body["clocks"] = {}

    made = editing.remove(body, "states.checked")

    assert made.body["transitions"][0]["from"] == ["asked"]


def test_where_cases_begin_cannot_go() -> None:
    with pytest.raises(EditError, match="案件从这个环节开始"):
        editing.remove(samples.body(), "states.asked")


def test_a_step_is_forgotten_wherever_it_was_named() -> None:
    body = samples.body()
    body["clocks"]["review"] |= {"pause": ["accept", "take"], "resume": ["lend"]}

    made = editing.remove(editing.remove(body, "transitions.accept").body, "transitions.take").body

    assert "not_same_as" not in made["transitions"][0] or made["transitions"][0]["not_same_as"] == []
    assert made["clocks"]["review"]["pause"] == []
    assert "extend" not in made["clocks"]["review"]


def test_a_step_that_starts_a_limit_stays() -> None:
    with pytest.raises(EditError, match="审批期限"):
        editing.remove(samples.body(), "opens.ask")


def test_a_role_goes_when_nobody_is_asked_by_it() -> None:
    body = editing.add(samples.body(), "roles", {"title": "副馆长"}, id_="deputy").body

    assert "deputy" not in editing.remove(body, "roles.deputy").body["roles"]
    with pytest.raises(EditError, match="准予借出"):
        editing.remove(body, "roles.head")
    with pytest.raises(EditError):
        editing.add(body, "roles", {"title": "又一个"}, id_="deputy")


@pytest.mark.parametrize("place", ["clocks.review", "invariants.0"])
def test_limits_and_rules_of_the_citys_own_go(place: str) -> None:
    made = editing.remove(samples.body(), place)

    assert editing.find(made.body, place) is None


@pytest.mark.parametrize(
    "place", ["states.checked", "transitions.lend", "opens.ask", "clocks.review", "invariants.0", "roles.head"]
)
def test_what_the_laws_pack_has_stays(place: str) -> None:
    with pytest.raises(EditError, match="法定"):
        editing.remove(samples.body(), place, samples.body())


def test_a_lawful_step_leads_again_where_the_law_has_it_when_what_was_put_into_it_goes() -> None:
    base = samples.body()
    made = editing.insert(base, "lend", title="会商", action="", by=["head"])

    assert editing.remove(made.body, made.place, base).body == base


def test_the_law_leaves_words_open_and_keeps_the_rest() -> None:
    lock = editing.lock_of(samples.body(), "transitions.lend")
    assert lock is not None

    assert lock.law == "借阅规则第二条"
    assert lock.allows("title")
    assert not lock.allows("only")
    assert lock.allows("form")
    assert not lock.allows("comment")
    assert editing.kept(lock, "not_same_as") == ["accept"]
    assert editing.kept(lock, "by") == []
    assert editing.lock_of(samples.body(), "states.own") is None
    assert editing.lock_of(None, "states.asked") is None

"""The order of candidates: the same for the same facts, nobody who may not be taken, and a reason for everybody."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.workflow.assignment import STRATEGIES, Candidate, Ranking, Wanted, drawn, rank
from saas.workflow.process import Assignment

DAY = date(2026, 11, 2)
RULE = Assignment("mediator", skill="kind", area=True)
WANTED = Wanted("02", "邻里纠纷", "110115001")

candidates = st.lists(
    st.builds(
        Candidate,
        id=st.uuids().map(str),
        name=st.sampled_from(["王某", "李某", "孙某"]),
        skills=st.frozensets(st.sampled_from(["01", "02"])),
        areas=st.lists(st.sampled_from(["110115", "110116"])).map(tuple),
        open_cases=st.integers(0, 5),
        load=st.integers(0, 9),
        last_on=st.none() | st.dates(DAY - timedelta(30), DAY),
        away_until=st.none() | st.just(DAY),
        recused=st.booleans(),
        cap=st.none() | st.integers(1, 5),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
rules = st.builds(
    Assignment,
    role=st.just("mediator"),
    strategy=st.sampled_from(sorted(STRATEGIES)),
    skill=st.none() | st.just("kind"),
    area=st.booleans(),
    cap=st.none() | st.integers(1, 5),
)


def names(ranking: Ranking) -> list[str]:
    """Who is where, by name."""
    return [one.name for one in ranking.ranked]


@given(rules, candidates, st.randoms())
def test_the_same_facts_in_any_order_give_the_same_ranking(
    rule: Assignment, some: list[Candidate], rng: Random
) -> None:
    other = list(some)
    rng.shuffle(other)

    assert rank(rule, some, WANTED, "seed") == rank(rule, other, WANTED, "seed")


@given(rules, candidates)
def test_nobody_is_taken_who_is_away_keeps_out_or_is_full(rule: Assignment, some: list[Candidate]) -> None:
    by_id = {one.id: one for one in some}
    free = [by_id[one.id] for one in rank(rule, some, WANTED, "seed").ranked if one.place is not None]

    assert not any(one.away_until or one.recused for one in free)
    assert all(one.open_cases < min(one.cap or 99, rule.cap or 99) for one in free)
    assert all("02" in one.skills or not one.skills for one in free if rule.skill)
    assert all("110115" in one.areas or not one.areas for one in free if rule.area)


@given(rules, candidates)
def test_everybody_stands_there_once_with_a_reason_and_the_free_ones_first(
    rule: Assignment, some: list[Candidate]
) -> None:
    ranking = rank(rule, some, WANTED, "seed")
    places = [one.place for one in ranking.ranked]
    free = [place for place in places if place is not None]

    assert sorted(one.id for one in ranking.ranked) == sorted(one.id for one in some)
    assert all(one.reason for one in ranking.ranked)
    assert free == list(range(1, len(free) + 1))
    assert places[: len(free)] == free


@given(candidates, st.text())
def test_a_draw_comes_out_the_same_from_its_seed(some: list[Candidate], seed: str) -> None:
    ranking = rank(Assignment("mediator", "draw"), some, WANTED, seed)
    free = [one.id for one in ranking.ranked if one.place is not None]

    assert ranking.seed == seed
    assert drawn(free, seed) == free


def test_another_seed_draws_another_order() -> None:
    ids = [str(number) for number in range(20)]

    assert drawn(ids, "a") != drawn(ids, "b")
    assert sorted(drawn(ids, "a")) == sorted(ids)


def test_the_lightest_load_comes_first_then_who_waited_longest_then_the_id() -> None:
    some = [
        Candidate("4", "周某", open_cases=1, load=1, last_on=DAY),
        Candidate("3", "孙某", open_cases=1, load=1, last_on=DAY - timedelta(1)),
        Candidate("2", "李某", open_cases=1, load=3),
        Candidate("1", "王某", open_cases=1, load=1, last_on=DAY),
        Candidate("5", "赵某", open_cases=1, load=1),
    ]

    assert names(rank(RULE, some, WANTED)) == ["赵某", "孙某", "王某", "周某", "李某"]


def test_rotation_asks_only_who_waited_longest() -> None:
    some = [
        Candidate("1", "王某", open_cases=0, load=0, last_on=DAY),
        Candidate("2", "李某", open_cases=9, load=9, last_on=DAY - timedelta(1)),
    ]

    assert names(rank(Assignment("mediator", "rotation"), some, WANTED)) == ["李某", "王某"]


REASONS = [
    (Candidate("1", "王某", open_cases=3, load=3, last_on=DAY), "在办 3 件，上次 2026年11月2日"),
    (Candidate("1", "王某", open_cases=2, load=4), "在办 2 件（折合 4 件），还没有接过案"),
    (Candidate("1", "王某", away_until=DAY), "休假至2026年11月2日"),
    (Candidate("1", "王某", recused=True, skills=frozenset({"01"})), "本案回避；专长不含邻里纠纷"),
    (Candidate("1", "王某", areas=("110116",)), "不负责这个地方"),
    (Candidate("1", "王某", open_cases=5, load=5, cap=5), "在办 5 件，已满（最多 5 件）"),
]


@pytest.mark.parametrize(("candidate", "reason"), REASONS)
def test_the_reason_says_what_counted(candidate: Candidate, reason: str) -> None:
    assert [one.reason for one in rank(RULE, [candidate], WANTED).ranked] == [reason]


def test_nobody_free_proposes_nobody() -> None:
    ranking = rank(RULE, [Candidate("1", "王某", recused=True)], WANTED)

    assert (ranking.proposed, len(ranking.ranked)) == (None, 1)


def test_a_case_without_a_place_goes_to_those_who_look_after_everywhere() -> None:
    some = [Candidate("1", "王某", areas=("110115",)), Candidate("2", "李某")]

    assert [one.place for one in rank(RULE, some, Wanted("02")).ranked] == [1, None]

"""Maps are laid out from top to bottom; what was put somewhere by hand stays there."""

import os
import subprocess
import sys
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from saas.embedded import ROOT
from saas.workflow import layout
from saas.workflow.layout import HEIGHT, WIDTH, Layout

NAMES = [f"s{number}" for number in range(9)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=24)
PINS = st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(0, 1200), st.integers(0, 1200)), max_size=2)


def arranged(edges: list[tuple[str, str]], pins: dict[str, tuple[int, int]] | None = None) -> Layout:
    return layout.arrange(NAMES, edges, pins or {}, among=NAMES)


def test_a_chain_stands_in_one_column_from_top_to_bottom() -> None:
    places = layout.arrange("abc", [("a", "b"), ("b", "c")], {}, among="abc").places

    assert [places[state][1] for state in "abc"] == sorted({y for _, y in places.values()})
    assert len({x for x, _ in places.values()}) == 1


def test_a_step_back_does_not_turn_the_map_round() -> None:
    places = layout.arrange("abc", [("a", "b"), ("b", "c"), ("c", "a")], {}, among="abc").places

    assert places["a"][1] < places["b"][1] < places["c"][1]


def test_a_long_line_is_led_past_what_stands_between() -> None:
    found = layout.arrange("abc", [("a", "b"), ("b", "c"), ("a", "c")], {}, among="abc")

    (bend,) = found.bends["a", "c"]
    assert abs(bend[0] - found.places["b"][0]) > WIDTH // 2


@given(EDGES)
def test_no_two_boxes_ever_cover_each_other(edges: list[tuple[str, str]]) -> None:
    found = arranged(edges)

    assert set(found.places) == set(NAMES)
    assert not [
        pair
        for pair in combinations(found.places.values(), 2)
        if abs(pair[0][0] - pair[1][0]) < WIDTH and abs(pair[0][1] - pair[1][1]) < HEIGHT
    ]


@given(EDGES, PINS)
def test_what_was_put_somewhere_is_there_and_nothing_else_under_it(
    edges: list[tuple[str, str]], pins: dict[str, tuple[int, int]]
) -> None:
    places = arranged(edges, pins).places

    assert {state: places[state] for state in pins} == pins
    free = [place for state, place in places.items() if state not in pins]
    assert not [
        (one, pin)
        for one in free
        for pin in pins.values()
        if abs(one[0] - pin[0]) < WIDTH and abs(one[1] - pin[1]) < HEIGHT
    ]


def test_the_same_process_is_always_drawn_the_same() -> None:
    """Also by another process, where sets come in another order."""
    edges = [("s0", "s1"), ("s1", "s2"), ("s0", "s3"), ("s3", "s2"), ("s2", "s0"), ("s0", "s7")]
    code = f"from tests.saas.workflow import test_layout as t; print(t.arranged({edges}))"

    for seed in ("1", "2"):
        command, env = [sys.executable, "-c", code], os.environ | {"PYTHONHASHSEED": seed}
        drawn = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
        assert drawn.strip() == str(arranged(edges))


def test_steps_to_nowhere_are_left_out_and_nothing_is_drawn_of_nothing() -> None:
    assert layout.arrange("a", [("a", "missing")], {}, among="a").places.keys() == {"a"}
    assert layout.arrange("", [], {}, among="").places == {}


def test_two_thousand_states_are_laid_out_without_lanes() -> None:
    names = [f"n{number}" for number in range(2000)]
    edges = [*pairwise(names), *((names[0], name) for name in names[5:])]

    found = layout.arrange(names, edges, {}, among=names)

    assert len(found.places) == 2000
    assert not any(found.bends.values())

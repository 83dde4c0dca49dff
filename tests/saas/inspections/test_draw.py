"""The draw: the same lists and seed give the same, nobody inspects what he keeps out of, and the load is even."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.inspections import draw as drawing

IDS = st.text("abcdef0123456789", min_size=1, max_size=6)
OBJECTS = st.lists(IDS, min_size=1, max_size=25, unique=True)
PEOPLE = st.lists(IDS, min_size=2, max_size=8, unique=True)
SHARE = st.integers(1, 100)


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[str], list[str], dict[str, set[str]]]:
    """Objects, inspectors, and who keeps out of what: two are always left."""
    objects, people = draw(OBJECTS), draw(PEOPLE)
    out = st.sets(st.sampled_from(people), max_size=len(people) - 2)
    return objects, people, draw(st.dictionaries(st.sampled_from(objects), out))


@given(given_lists=lists(), share=SHARE, seed=IDS)
def test_lists_in_another_order_are_drawn_the_same(
    given_lists: tuple[list[str], list[str], dict[str, set[str]]], share: int, seed: str
) -> None:
    objects, people, out = given_lists

    once = drawing.draw(seed, objects, share, people, 2, out)
    again = drawing.draw(seed, objects[::-1], share, sorted(people), 2, out)

    assert once == again


@given(given_lists=lists(), share=SHARE, seed=IDS)
def test_each_object_gets_different_inspectors_none_of_whom_keeps_out(
    given_lists: tuple[list[str], list[str], dict[str, set[str]]], share: int, seed: str
) -> None:
    objects, people, out = given_lists
    drawn = drawing.draw(seed, objects, share, people, 2, out)

    assert len(drawn.objects) == drawing.share_of(len(objects), share) == len(set(drawn.objects))
    assert {len(set(pair)) for pair in drawn.pairs.values()} == {2}
    assert all(not set(drawn.pairs[one]) & out.get(one, set()) for one in drawn.objects)
    assert tuple(drawn.pairs) == drawn.objects


@given(objects=OBJECTS, people=PEOPLE, share=SHARE, seed=IDS)
def test_where_nobody_keeps_out_no_load_differs_by_more_than_one(
    objects: list[str], people: list[str], share: int, seed: str
) -> None:
    drawn = drawing.draw(seed, objects, share, people, 2, {})
    load = Counter(one for pair in drawn.pairs.values() for one in pair)

    assert max(load[one] for one in people) - min(load[one] for one in people) <= 1


@pytest.mark.parametrize(("total", "share", "expected"), [(682, 100, 682), (10, 5, 1), (101, 10, 11), (30, 30, 9)])
def test_a_share_is_rounded_up(total: int, share: int, expected: int) -> None:
    assert drawing.share_of(total, share) == expected


def test_with_too_few_left_the_draw_says_for_which_object() -> None:
    with pytest.raises(drawing.NobodyLeftError) as refused:
        drawing.draw("s", ["x"], 100, ["a", "b"], 2, {"x": {"a"}})

    assert refused.value.drawn == "x"


def test_the_digest_is_that_of_the_lists_and_of_nothing_else() -> None:
    text = "draw/1\nshare_percent 50\nper_object 2\nobjects\nx\ny\ninspectors\na\nb"

    assert drawing.digest(["y", "x"], 50, ["b", "a"], 2) == hashlib.sha256(text.encode()).hexdigest()
    assert drawing.digest(["y", "x"], 51, ["b", "a"], 2) != drawing.digest(["y", "x"], 50, ["b", "a"], 2)

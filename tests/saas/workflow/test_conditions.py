"""Conditions as rows, to CEL and back."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saas.workflow import conditions, expr
from saas.workflow.conditions import Group, Name, Test, Tree

TYPES = {"case.n": "int", "case.kind": "string", "case.flags": "list", "case.ok": "bool", "case.day": "date"}
URGENT = Test("case.flags", "contains", "urgent")
MANY = Test("case.n", "ge", 3)
CHILD = Test("case.kind", "in", ("child", "minor"))


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (MANY, "case.n >= 3"),
        (Test("case.n", "le", Name("params.most")), "case.n <= params.most"),
        (Test("case.kind", "eq", "张三"), 'case.kind == "张三"'),
        (CHILD, 'case.kind in ["child", "minor"]'),
        (Test("case.kind", "not_in", ("a",)), '!(case.kind in ["a"])'),
        (Test("case.ok", "yes"), "case.ok"),
        (Test("case.ok", "no"), "!case.ok"),
        (URGENT, '"urgent" in case.flags'),
        (Test("case.flags", "not_contains", "oral"), '!("oral" in case.flags)'),
        (Test("case.n", "filled"), "has.case.n"),
        (Test("case.n", "empty"), "!has.case.n"),
        (Group("all", (MANY, URGENT)), 'case.n >= 3 && "urgent" in case.flags'),
        (
            Group("any", (MANY, Group("all", (URGENT, CHILD)))),
            'case.n >= 3 || ("urgent" in case.flags && case.kind in ["child", "minor"])',
        ),
    ],
)
def test_rows_are_cel_and_cel_is_rows(tree: Tree, text: str) -> None:
    assert conditions.to_cel(tree) == text
    assert conditions.from_cel(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("3 <= case.n", MANY),
        ("(case.n >= 3)", MANY),
        ("!(case.n < 3)", MANY),
        ("!!(case.n >= 3)", MANY),
        ("case.ok == true", Test("case.ok", "yes")),
        ("case.ok != true", Test("case.ok", "no")),
        ("false == case.ok", Test("case.ok", "no")),
        ("!(case.n < 3 || !('urgent' in case.flags))", Group("all", (MANY, URGENT))),
        ("case.n >= 3 && (case.n >= 3 && case.ok)", Group("all", (MANY, MANY, Test("case.ok", "yes")))),
    ],
)
def test_other_ways_of_writing_are_the_same_rows(text: str, tree: Tree) -> None:
    assert conditions.from_cel(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "", "case.n + 1 > 3", "size(case.kind) == 2", "case.flags.exists(f, f == 'a')", "3 < 4", "true",
        "case.n > 1 ? case.ok : !case.ok", "case.n >", "case.n = 3", "case.kind == 'a' 'b'", "(case.ok", "case.ok)",
        '"a" in "b"', "case.kind in []", "case.kind in [1]", "case.ok > true", "has.case.n == true",
        "case.n < case.n < 3", "case.ok && (case.ok || (case.ok && (case.ok || case.ok)))",
        "!" * 500 + "case.ok", "(" * 500 + "case.ok" + ")" * 500,
        "case.n == 1" + "0" * 5000, "null == case.kind", 'case.kind == "a\\"b"', "3 == 3",
    ],
)  # fmt: skip
def test_what_is_more_than_rows_stays_text(text: str) -> None:
    assert conditions.from_cel(text) is None


LEAVES = st.one_of(
    st.builds(Test, st.just("case.n"), st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]), st.integers(-5, 5)),
    st.builds(Test, st.just("case.kind"), st.sampled_from(["eq", "ne"]), st.sampled_from(["a", "b", "张"])),
    st.builds(Test, st.just("case.kind"), st.sampled_from(["in", "not_in"]), st.just(("a", "张"))),
    st.builds(Test, st.just("case.flags"), st.sampled_from(["contains", "not_contains"]), st.sampled_from(["x", "y"])),
    st.builds(Test, st.just("case.ok"), st.sampled_from(["yes", "no"])),
    st.builds(Test, st.just("case.day"), st.sampled_from(["lt", "ge"]), st.just("2026-02-01")),
    st.builds(Test, st.sampled_from(sorted(TYPES)), st.sampled_from(["filled", "empty"])),
)
GROUPS = st.recursive(
    LEAVES,
    lambda inner: st.builds(Group, st.sampled_from(["all", "any"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
    max_leaves=6,
)
CASES = st.fixed_dictionaries(
    {},
    optional={
        "case.n": st.integers(-6, 6), "case.kind": st.sampled_from(["a", "b", "c", "张"]),
        "case.flags": st.lists(st.sampled_from(["x", "y"]), unique=True), "case.ok": st.booleans(),
        "case.day": st.sampled_from(["2026-01-31", "2026-02-01"]),
    },
)  # fmt: skip
EMPTY: Mapping[str, Any] = {"case.n": 0, "case.kind": "", "case.flags": [], "case.ok": False, "case.day": ""}


@settings(max_examples=150, deadline=None)
@given(tree=GROUPS, case=CASES)
def test_rows_hold_when_their_cel_does(tree: Tree, case: dict[str, Any]) -> None:
    known = {**EMPTY, **case} | {f"has.{name}": name in case for name in TYPES}
    said = expr.evaluate(expr.compile_guard(conditions.to_cel(tree), TYPES), case)

    assert conditions.holds(tree, known) is said
    assert conditions.holds(conditions.opposite(tree), known) is not said


@settings(max_examples=150, deadline=None)
@given(tree=GROUPS, case=CASES)
def test_rows_read_back_hold_for_the_same_cases(tree: Tree, case: dict[str, Any]) -> None:
    back = conditions.from_cel(conditions.to_cel(tree))
    known = {**EMPTY, **case} | {f"has.{name}": name in case for name in TYPES}

    assert back is None or conditions.holds(back, known) is conditions.holds(tree, known)
    assert back is not None or conditions.depth(tree) > conditions.DEEPEST


def test_every_relation_a_type_offers_has_a_word_and_an_opposite() -> None:
    offered = {name for names in conditions.RELATIONS.values() for name in names}

    assert offered == set(conditions.TITLES)
    assert all(conditions.opposite(conditions.opposite(Test("a", name))) == Test("a", name) for name in offered)

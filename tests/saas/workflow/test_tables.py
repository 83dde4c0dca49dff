"""Decision tables: the row a case falls into, the numbers of a day, and the proof that nobody falls through."""

import time
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saas.workflow import tables
from saas.workflow.boxes import prove
from saas.workflow.process_parts import Bound, Column, Decision, Row
from saas.workflow.tables import Hit
from tests.saas.workflow import packs, samples

KINDS = Column("case.kind", "enum", ("a", "b", "c"))
AGES = Column("case.age", "int", low=0, high=9)
VIP = Column("case.vip", "bool", ("true", "false"))


def table(*rows: dict[str, Any], hit: str = "unique") -> Decision:
    made = tuple(Row(dict(row), str(number)) for number, row in enumerate(rows))
    return Decision("d", "表", (KINDS, AGES, VIP), made, hit)


def ends(low: int, high: int) -> tuple[Bound, Bound]:
    return Bound(low), Bound(high)


def test_a_case_falls_into_the_row_that_holds_and_takes_its_article() -> None:
    decision = samples.definition(
        fields={"case.kind": "string", "case.income": "int"},
        decisions=packs.pack("legal_aid")["decisions"],
        params=packs.pack("legal_aid")["params"],
    ).decisions["eligibility"]
    params = {"income_limit": 289000}

    assert tables.evaluate(decision, {"case.kind": "relief"}, params) == Hit("pass", 0, "法律援助法第四十二条")
    assert tables.evaluate(decision, {"case.kind": "general", "case.income": 289000}, params) == Hit("pass", 1)
    assert tables.evaluate(decision, {"case.kind": "general", "case.income": 289001}, params) == Hit("fail", 2)
    assert tables.evaluate(decision, {"case.kind": "general"}, params) is None
    assert tables.evaluate(decision, {"case.kind": "general", "case.income": 5}, {}) is None


@pytest.mark.parametrize(
    ("values", "row"),
    [
        ({"case.vip": True, "case.kind": "a", "case.age": 3}, 0),
        ({"case.vip": False, "case.kind": "a", "case.age": 3}, 1),
        ({"case.vip": False, "case.kind": "b", "case.age": 3}, None),
        ({"case.vip": False, "case.kind": "a", "case.age": "3"}, None),
        ({}, None),
    ],
)
def test_a_value_that_is_missing_or_of_another_type_takes_no_row(values: dict[str, Any], row: int | None) -> None:
    decision = table({"case.vip": ("true",)}, {"case.kind": ("a",), "case.age": ends(0, 5)})
    hit = tables.evaluate(decision, values, {})

    assert (hit.row if hit else None) == row


def test_a_row_on_a_column_there_is_none_of_takes_nobody() -> None:
    assert tables.evaluate(table({"case.ghost": ("a",)}), {"case.ghost": "a"}, {}) is None


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 12, 31), {}),
        (date(2025, 1, 1), {"income_limit": 279000}),
        (date(2025, 12, 31), {"income_limit": 279000}),
        (date(2026, 1, 1), {"income_limit": 289000}),
        (date(2030, 1, 1), {"income_limit": 289000}),
    ],
)
def test_the_day_of_the_application_chooses_the_number(day: date, found: dict[str, int]) -> None:
    definition = samples.definition(params=packs.pack("legal_aid")["params"])

    assert tables.params_on(definition, day) == found


def test_guards_may_name_fields_tables_and_numbers() -> None:
    definition = samples.definition(
        decisions=packs.pack("legal_aid")["decisions"], params=packs.pack("legal_aid")["params"]
    )

    types = tables.guard_types(definition)

    assert (types["decision.eligibility"], types["params.income_limit"]) == ("string", "int")
    assert types["case.missing"] == "int"


def test_a_gap_is_shown_by_a_person_who_falls_through() -> None:
    proof = prove(table({"case.age": ends(0, 4)}, {"case.age": ends(6, 9)}), {})

    assert proof.gaps == ({"case.kind": "a", "case.age": 5, "case.vip": "true"},)


def test_an_overlap_is_shown_by_a_person_two_rows_take() -> None:
    proof = prove(table({"case.age": ends(0, 5)}, {"case.age": ends(5, 9)}), {})

    assert proof.overlaps == ((0, 1, {"case.kind": "a", "case.age": 5, "case.vip": "true"}),)


def test_a_row_behind_others_is_never_hit() -> None:
    rows: list[dict[str, Any]] = [{"case.age": ends(0, 5)}, {"case.age": ends(4, 9)}, {"case.kind": ("a",)}]

    assert prove(table(*rows, hit="first"), {}).never == (2,)


def test_a_row_whose_number_is_not_known_takes_nobody() -> None:
    proof = prove(table({"case.age": (Bound(0), Bound(0, "most"))}), {})

    assert (proof.never, len(proof.gaps)) == ((0,), 1)


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "case.kind": st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True).map(tuple),
        "case.age": st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: ends(min(pair), max(pair))),
        "case.vip": st.sampled_from([("true",), ("false",)]),
    },
)
PEOPLE = [
    {"case.kind": kind, "case.age": age, "case.vip": vip} for kind, age, vip in product("abc", range(10), (True, False))
]


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=6), hit=st.sampled_from(["unique", "first"]))
def test_the_proof_agrees_with_trying_everybody(rows: list[dict[str, Any]], hit: str) -> None:
    decision = table(*rows, hit=hit)
    proof = prove(decision, {})
    hits = [tables.evaluate(decision, person, {}) for person in PEOPLE]
    rows_hit = [[n for n in range(len(rows)) if tables.evaluate(table(rows[n]), person, {})] for person in PEOPLE]

    assert bool(proof.gaps) is (None in hits)
    assert hit == "first" or bool(proof.overlaps) is any(len(some) > 1 for some in rows_hit)
    assert hit == "unique" or set(proof.never) == set(range(len(rows))) - {one.row for one in hits if one}


def test_a_table_of_two_hundred_rows_is_answered_in_time() -> None:
    columns = (
        *(Column(f"case.c{n}", "enum", tuple("abcdef")) for n in range(6)),
        Column("case.n", "int", low=0, high=10**6),
    )
    rows = tuple(
        Row({f"case.c{n % 6}": ("abcdef"[n % 5],), "case.n": ends(n * 100, n * 100 + 50)}, str(n)) for n in range(200)
    )
    began = time.process_time()

    proof = prove(Decision("d", "表", columns, rows), {})

    assert proof.sampled
    assert proof.gaps
    assert time.process_time() - began < 2


def test_forty_rows_that_cut_everything_to_pieces_are_answered_in_time() -> None:
    columns = tuple(Column(f"case.c{n}", "int", low=0, high=1000) for n in range(6))
    rows = tuple(
        Row({f"case.c{c}": ends((n * 7 + c) % 500, (n * 13 + c) % 500 + 500) for c in range(6)}, "x") for n in range(40)
    )
    began = time.process_time()

    prove(Decision("d", "表", columns, rows, "first"), {})

    assert time.process_time() - began < 4

"""Conditions are rows for people and CEL for the engine, and each is read back as the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.workflow import expr
from saas.workflow.conditions import RELATIONS
from saas.workflow.editing import EditError, conditions
from saas.workflow.editing.conditions import Row

TYPES = {"case.missing": "int", "form.day": "date", "form.kind": "string", "form.urgent": "bool", "case.flags": "list"}
VALUES = {"int": "3", "date": "2026-01-31", "string": "加急", "bool": "", "list": "written"}
ALONE = {"yes", "no", "filled", "empty"}
ROWS = [
    Row(field, relation, "" if relation in ALONE else VALUES[kind])
    for field, kind in TYPES.items()
    for relation in RELATIONS[kind]
]
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\'), min_size=1, max_size=20)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.field} {row.relation}")
def test_a_row_is_a_guard_that_compiles_and_is_read_back(row: Row) -> None:
    written = conditions.write(row, TYPES)

    expr.compile_guard(written, TYPES)
    assert conditions.read(written) == row


@given(TYPED.map(str.strip).filter(bool))
def test_whatever_is_typed_stays_a_text(text: str) -> None:
    written = conditions.write(Row("form.kind", "eq", text), TYPES)

    guard = expr.compile_guard(written, TYPES)
    assert expr.evaluate(guard, {"form.kind": text})
    assert not expr.evaluate(guard, {"form.kind": f"{text}!"})
    assert conditions.read(written) == Row("form.kind", "eq", text)


def test_several_values_are_written_with_a_comma_of_any_kind() -> None:
    written = conditions.write(Row("form.kind", "in", "加急，一般、 特殊"), TYPES)

    assert conditions.read(written) == Row("form.kind", "in", "加急、一般、特殊")


@pytest.mark.parametrize(
    "row",
    [
        *(Row("unknown", "eq", "1"), Row("case.missing", "contains", "1"), Row("case.missing", "eq", "three")),
        *(Row("form.day", "lt", "31.1."), Row("form.kind", "eq", " "), Row("case.missing", "eq", "9" * 30)),
        Row("form.kind", "eq", 'a"b'),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: Row) -> None:
    with pytest.raises(EditError):
        conditions.write(row, TYPES)


@pytest.mark.parametrize("written", ["a == 1 && b == 2", "size(case.flags) > 1", "a +", "", "has(a)", "a == b"])
def test_what_says_more_than_a_row_is_no_row(written: str) -> None:
    assert conditions.read(written) is None


def test_a_row_is_told_in_words() -> None:
    assert conditions.describe(Row("case.missing", "le", "3"), {"case.missing": "缺件数"}) == "缺件数不大于3"

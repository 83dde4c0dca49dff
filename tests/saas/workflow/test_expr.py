"""Guards in CEL: a corpus of expressions with their results, what is refused in words, and bombs."""

import time
from typing import Any

import pytest

from saas import strict_yaml
from saas.embedded import ROOT
from saas.workflow import expr

CORPUS = strict_yaml.read(ROOT / "tests" / "fixtures" / "expressions" / "corpus.yaml")
TYPES: dict[str, str] = CORPUS["types"]
VALUES: dict[str, Any] = CORPUS["values"]
FLAGS = {"case.flags": ["x"] * 900}


@pytest.mark.parametrize(("source", "expected"), CORPUS["expressions"], ids=str)
def test_an_expression_comes_to_what_the_corpus_says(source: str, expected: object) -> None:
    guard = expr.compile_guard(source, TYPES)

    if expected == "fault":
        with pytest.raises(expr.GuardError):
            expr.evaluate(guard, VALUES)
    else:
        assert expr.evaluate(guard, VALUES) is expected


@pytest.mark.parametrize(("source", "kind", "words"), CORPUS["refused"], ids=str)
def test_what_is_wrong_is_said_with_its_letter(source: str, kind: str, words: str) -> None:
    with pytest.raises(expr.GuardError) as refused:
        expr.compile_guard(source, TYPES)

    assert refused.value.kind == kind
    assert words in str(refused.value)


def test_a_place_in_the_second_line_counts_from_the_beginning() -> None:
    with pytest.raises(expr.GuardError, match=r"第15字：没有字段 case\.x"):
        expr.compile_guard("case.n > 1 &&\ncase.x", TYPES)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 2000 + "true" + ")" * 2000,
        "(" * 400 + "true" + ")" * 400,
        "true && " * 200 + "true",
        "[" * 450 + "]" * 450 + " == []",
        "case.ok ? " * 90 + "true" + " : true" * 90,
    ],
    ids=lambda source: source[:12],
)
def test_a_bomb_is_refused_at_once(source: str) -> None:
    began = time.process_time()

    with pytest.raises(expr.GuardError) as refused:
        expr.compile_guard(source, TYPES)

    assert time.process_time() - began < 1
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("case.n > 1", {"case.n": "4"}),
        ("case.flags.size() > 1", {"case.flags": ["x"] * 1001}),
        ("case.flags.all(a, case.flags.all(b, case.flags.all(c, a == b || b == c || true)))", FLAGS),
        ("case.flags.exists(a, case.flags.exists(b, case.flags.exists(c, a != b)))", FLAGS),
    ],
)
def test_a_fault_while_running_is_an_error_and_not_a_yes(source: str, values: dict[str, Any]) -> None:
    guard = expr.compile_guard(source, TYPES)
    began = time.process_time()

    with pytest.raises(expr.GuardError):
        expr.evaluate(guard, values)

    assert time.process_time() - began < 1

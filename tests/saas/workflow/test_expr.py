"""Guards in CEL."""

from typing import Any

import pytest

from saas.workflow import expr

VARIABLES = {"case.n": "int", "case.kind": "string", "case.flags": "list", "case.ok": "bool", "case.day": "date"}


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("case.n > 3", {"case.n": 4}, True),
        ("case.n > 3", {}, False),
        ("has.case.n", {}, False),
        ("has.case.n && case.n == 0", {"case.n": 0}, True),
        ('"urgent" in case.flags', {"case.flags": ["urgent"]}, True),
        ('case.kind == "张三" && size(case.kind) == 2', {"case.kind": "张三"}, True),
        ('case.day < "2026-02-01"', {"case.day": "2026-01-31"}, True),
        ("case.flags.all(f, f != 'x')", {"case.flags": ["y"]}, True),
        ("!case.ok", {}, True),
    ],
)
def test_expressions_come_to_yes_or_no(source: str, values: dict[str, Any], *, expected: bool) -> None:
    assert expr.evaluate(expr.compile_guard(source, VARIABLES), values) is expected


@pytest.mark.parametrize(
    "source",
    [
        "case.m > 3",
        "case.n = 3",
        "case.n",
        "case.n > 'x'",
        "case.n > 10.5",
        "case.flags.map(f, f).size() > 1",
        "case.kind.matches('(a+)+$')",
        "__import__('os')",
        "(" * 2000 + "true" + ")" * 2000,
        "true && " * 200 + "true",
    ],
)
def test_what_is_wrong_or_dangerous_does_not_compile(source: str) -> None:
    with pytest.raises(expr.GuardError):
        expr.compile_guard(source, VARIABLES)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("1 / case.n > 0", {"case.n": 0}),
        ("case.n > 1", {"case.n": "4"}),
        ("case.flags.size() > 1", {"case.flags": ["x"] * 1001}),
        (
            "case.flags.all(a, case.flags.all(b, case.flags.all(c, a == b || b == c || true)))",
            {"case.flags": ["x"] * 900},
        ),
    ],
)
def test_a_fault_while_running_is_an_error_and_not_a_yes(source: str, values: dict[str, Any]) -> None:
    guard = expr.compile_guard(source, VARIABLES)

    with pytest.raises(expr.GuardError):
        expr.evaluate(guard, values)

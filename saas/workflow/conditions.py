"""Conditions as people fill them in (field, relation, value; joined by and, or), to CEL and back.

Most guards are of this kind; what is not stays text. Such a condition can be evaluated without CEL, for proofs.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from saas.workflow.expr import MOST_CHARACTERS

DEEPEST = 3
RELATIONS: Mapping[str, tuple[str, ...]] = {
    "int": ("eq", "ne", "lt", "le", "gt", "ge", "filled", "empty"),
    "date": ("eq", "ne", "lt", "le", "gt", "ge", "filled", "empty"),
    "string": ("eq", "ne", "in", "not_in", "filled", "empty"),
    "bool": ("yes", "no", "filled", "empty"),
    "list": ("contains", "not_contains", "filled", "empty"),
}
"""The relations a field of each type can have."""
TITLES: Mapping[str, str] = {
    "eq": "等于", "ne": "不等于", "lt": "小于", "le": "不大于", "gt": "大于", "ge": "不小于", "in": "是其中之一",
    "not_in": "不是其中任何一个", "yes": "是", "no": "否", "contains": "包含", "not_contains": "不包含",
    "filled": "已填写", "empty": "没有填写",
}  # fmt: skip
_MOST_PARTS = 100
"""Rows, negations and brackets: more are no rows people fill in, and reading them would go too deep."""
_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_BY_SIGN = {sign: name for name, sign in _SIGNS.items()}
_FLIPPED = {"eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_OPPOSITE = {
    "eq": "ne", "lt": "ge", "gt": "le", "in": "not_in", "yes": "no", "contains": "not_contains", "filled": "empty",
}  # fmt: skip
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
_TOKEN = re.compile(
    r"""\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)|(?P<int>-?\d+)"""
    r"""|(?P<text>"[^"\\\n]*"|'[^'\\\n]*')|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!()\[\],]))"""
)


@dataclass(frozen=True)
class Name:
    """Another field, in the place of a value."""

    name: str


@dataclass(frozen=True)
class Test:
    """One row: a field, a relation of `TITLES` and a value; several for `in`, none for `yes` and `filled`."""

    __test__ = False
    field: str
    relation: str
    value: "int | str | Name | tuple[str, ...] | None" = None


@dataclass(frozen=True)
class Group:
    """Rows of which `all` or `any` must hold."""

    joint: str
    parts: "tuple[Tree, ...]"


Tree: TypeAlias = Test | Group


class _UnmanagedError(ValueError):
    """The text says more than rows can."""


def to_cel(tree: Tree) -> str:
    """The condition as CEL."""
    if isinstance(tree, Test):
        return _row(tree)
    joint = " && " if tree.joint == "all" else " || "
    return joint.join(f"({to_cel(part)})" if isinstance(part, Group) else _row(part) for part in tree.parts)


def _row(test: Test) -> str:
    if test.relation in _SIGNS:
        return f"{test.field} {_SIGNS[test.relation]} {_literal(test.value)}"
    plain = {
        "yes": test.field,
        "filled": f"has.{test.field}",
        "in": f"{test.field} in {_literal(test.value)}",
        "contains": f"{_literal(test.value)} in {test.field}",
    }
    if test.relation in plain:
        return plain[test.relation]
    opposite = plain[_OPPOSITE[test.relation]]
    return f"!({opposite})" if " in " in opposite else f"!{opposite}"


def _literal(value: "int | str | Name | tuple[str, ...] | None") -> str:
    if isinstance(value, Name):
        return value.name
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


@lru_cache(maxsize=4096)
def from_cel(text: str) -> Tree | None:
    """The rows of a text; None when it says more than rows can, for groups deeper than three and for bombs."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        tree = _Reader(_tokens(text)).whole()
    except _UnmanagedError:
        return None
    return tree if depth(tree) <= DEEPEST else None


def depth(tree: Tree) -> int:
    """How many groups stand in one another."""
    return 0 if isinstance(tree, Test) else 1 + max(depth(part) for part in tree.parts)


def tests_of(tree: Tree) -> tuple[Test, ...]:
    """All rows of a condition."""
    return (tree,) if isinstance(tree, Test) else tuple(one for part in tree.parts for one in tests_of(part))


def opposite(tree: Tree) -> Tree:
    """The condition that holds when this one does not."""
    if isinstance(tree, Test):
        return replace(tree, relation=_OPPOSITE[tree.relation])
    return Group("any" if tree.joint == "all" else "all", tuple(opposite(part) for part in tree.parts))


def holds(tree: Tree, values: Mapping[str, Any]) -> bool:
    """Whether the condition holds; as in guards, `has.<name>` says whether a value is there."""
    if isinstance(tree, Group):
        return (all if tree.joint == "all" else any)(holds(part, values) for part in tree.parts)
    if tree.relation in {"filled", "empty"}:
        return bool(values[f"has.{tree.field}"]) == (tree.relation == "filled")
    return _compared(tree.relation, values[tree.field], _value(tree.value, values))


def _value(value: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  of any type of field
    return values[value.name] if isinstance(value, Name) else value


def _compared(relation: str, left: Any, right: Any) -> bool:  # noqa: ANN401  of any type of field
    if relation in {"ne", "ge", "le", "not_in", "no", "not_contains"}:
        return not _compared(_OPPOSITE[relation], left, right)
    found: Mapping[str, Any] = {
        "eq": lambda: left == right,
        "lt": lambda: left < right,
        "gt": lambda: left > right,
        "in": lambda: left in right,
        "yes": lambda: bool(left),
        "contains": lambda: right in left,
    }
    return bool(found[relation]())


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at, rest = [], 0, text.rstrip()
    while at < len(rest):
        token = _TOKEN.match(rest, at)
        if token is None:
            raise _UnmanagedError
        found.append((str(token.lastgroup), str(token[str(token.lastgroup)])))
        at = token.end()
    return found


class _Reader:
    """Reads tokens by descent: or, and, not, row."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        """Start at the first token."""
        self._tokens, self._at, self._deep = tokens, 0, 0

    def whole(self) -> Tree:
        """The tree of all tokens."""
        tree = self._joined("||")
        if self._at != len(self._tokens):
            raise _UnmanagedError
        return tree

    def _joined(self, sign: str) -> Tree:
        parts = [self._inside(sign)]
        while self._takes(sign):
            parts.append(self._inside(sign))
        joint = "any" if sign == "||" else "all"
        flat = [one for part in parts for one in _spread(part, joint)]
        return flat[0] if len(flat) == 1 else Group(joint, tuple(flat))

    def _inside(self, sign: str) -> Tree:
        return self._joined("&&") if sign == "||" else self._negated()

    def _negated(self) -> Tree:
        self._deep += 1
        if self._deep > _MOST_PARTS:
            raise _UnmanagedError
        if self._takes("!"):
            return opposite(self._negated())
        if self._takes("("):
            tree = self._joined("||")
            self._must(")")
            return tree
        return self._row()

    def _row(self) -> Tree:
        kind, left = self._operand()
        if self._at == len(self._tokens) or self._tokens[self._at][1] in {"&&", "||", ")"}:
            return _alone(kind, left)
        sign = self._next()[1]
        if sign == "in":
            return self._membership(kind, left)
        if sign not in _BY_SIGN:
            raise _UnmanagedError
        return _comparison((kind, left), _BY_SIGN[sign], self._operand())

    def _membership(self, kind: str, left: str) -> Tree:
        if kind == "name" and self._takes("["):
            values = [self._text()]
            while self._takes(","):
                values.append(self._text())
            self._must("]")
            return Test(left, "in", tuple(values))
        other, name = self._operand()
        if kind != "text" or other != "name":
            raise _UnmanagedError
        return Test(name, "contains", left[1:-1])

    def _text(self) -> str:
        kind, value = self._next()
        if kind != "text":
            raise _UnmanagedError
        return value[1:-1]

    def _operand(self) -> tuple[str, str]:
        kind, value = self._next()
        if kind == "sign" or value in {"in", "null"} or (kind == "name" and self._takes("(")):
            raise _UnmanagedError
        return kind, value

    def _next(self) -> tuple[str, str]:
        if self._at == len(self._tokens):
            raise _UnmanagedError
        self._at += 1
        return self._tokens[self._at - 1]

    def _takes(self, sign: str) -> bool:
        there = self._at < len(self._tokens) and self._tokens[self._at] == ("sign", sign)
        self._at += there
        return there

    def _must(self, sign: str) -> None:
        if not self._takes(sign):
            raise _UnmanagedError


def _spread(part: Tree, joint: str) -> tuple[Tree, ...]:
    """A group of the same joint is as good as its parts."""
    return part.parts if isinstance(part, Group) and part.joint == joint else (part,)


def _alone(kind: str, name: str) -> Test:
    if kind != "name" or name in {"true", "false"}:
        raise _UnmanagedError
    return Test(name.removeprefix("has."), "filled") if name.startswith("has.") else Test(name, "yes")


def _comparison(left: tuple[str, str], relation: str, right: tuple[str, str]) -> Test:
    """A row with the field on the left; two values compared are no row."""
    if left[0] != "name" or left[1] in {"true", "false"}:
        left, right, relation = right, left, _FLIPPED[relation]
    if left[0] != "name" or left[1] in {"true", "false"} or left[1].startswith("has."):
        raise _UnmanagedError
    if right[1] in {"true", "false"}:
        same = relation == "eq"
        if relation not in {"eq", "ne"}:
            raise _UnmanagedError
        return Test(left[1], "yes" if (right[1] == "true") == same else "no")
    return Test(left[1], relation, _read(right))


def _read(token: tuple[str, str]) -> int | str | Name:
    kind, value = token
    if kind == "name":
        return Name(value)
    return int(value) if kind == "int" else value[1:-1]

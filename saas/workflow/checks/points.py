"""Values at which conditions are tried: next to every number they name, each word they name, and one besides."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any

from saas.workflow.conditions import Name, Test, Tree, tests_of

MOST = 2048
_OTHER = "…"
_EMPTY: Mapping[str, Any] = {"int": 0, "bool": False, "string": "", "date": "", "list": ()}


def points(
    trees: Iterable[Tree], types: Mapping[str, str], domains: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]] | None:
    """Every combination that can make a difference; None when there are too many, or fields are compared.

    Args:
        trees: The conditions.
        types: The types of the fields.
        domains: The only words a field can have, where they are known.
    """
    tests = [one for tree in trees for one in tests_of(tree)]
    if any(isinstance(one.value, Name) or one.field not in types for one in tests):
        return None
    names = list(dict.fromkeys(one.field for one in tests))
    choices = [_choices(name, [one for one in tests if one.field == name], types[name], domains) for name in names]
    if prod(len(some) for some in choices) > MOST:
        return None
    return [{key: value for part in parts for key, value in part.items()} for parts in product(*choices)]


def _choices(name: str, tests: Sequence[Test], kind: str, domains: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    values = _values(tests, kind, domains.get(name))
    found = [{name: value, f"has.{name}": True} for value in values]
    if any(one.relation in {"filled", "empty"} for one in tests):
        found.append({name: _EMPTY[kind], f"has.{name}": False})
    return found


def _values(tests: Sequence[Test], kind: str, domain: Sequence[str] | None) -> list[Any]:
    named = [one.value for one in tests if one.value is not None]
    words = sorted({str(word) for value in named for word in (value if isinstance(value, tuple) else (value,))})
    if kind == "int":
        numbers = {value + step for value in named if isinstance(value, int) for step in (-1, 0, 1)}
        return sorted(numbers) or [0]
    if kind == "bool":
        return [False, True]
    if kind == "list":
        return [some for size in range(len(words) + 1) for some in combinations(words, size)]
    if kind == "date":
        return ["", *(day for word in words for day in (word, f"{word}~"))]
    return list(domain) if domain is not None else [*words, _OTHER]

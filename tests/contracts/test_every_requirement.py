"""Every requirement of security has a test that carries its number; what is left for later is named."""

import ast
from itertools import chain

from saas.embedded import ROOT

HERE = frozenset(chain(range(1, 59), range(60, 64), range(65, 87)))
LATER = frozenset({70, 73, 74, 75})
"""Signatures of documents; consent, retention and the requests of the person: with the lines of work that need them."""


def numbers_with_tests() -> set[int]:
    """The numbers in the names of tests, ``test_r07_…``."""
    found = set()
    for path in sorted((ROOT / "tests" / "requirements").glob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_r"):
                found.add(int(node.name[6:8]))
    return found


def test_every_requirement_has_its_test() -> None:
    assert HERE - LATER - numbers_with_tests() == set()

"""Conditions as rows of a form: what is typed becomes a guard, and a guard that one row can say is read back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from saas.workflow import conditions
from saas.workflow.conditions import RELATIONS, TITLES, Name, Test
from saas.workflow.editing.parts import EditError

FIELD_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("integer", "money"), "int"),
    **dict.fromkeys(("date", "birth", "datetime"), "date"),
    "boolean": "bool",
    "multichoice": "list",
}
"""The type a form's field has in conditions; others are texts."""
_ALONE = frozenset({"yes", "no", "filled", "empty"})
_SEVERAL = frozenset({"in", "not_in"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COMMA = re.compile(r"[、，,]")


@dataclass(frozen=True)
class Row:
    """One condition: a variable, one of its type's relations, and a value as it is typed."""

    field: str
    relation: str
    value: str = ""


def write(row: Row, types: Mapping[str, str]) -> str:
    """The CEL of a row; an EditError where the value does not fit the field."""
    kind = types.get(row.field)
    if kind is None or row.relation not in RELATIONS[kind]:
        raise EditError({"when": "请为条件选择字段和与它相配的关系。"})
    return conditions.to_cel(Test(row.field, row.relation, _value(kind, row.relation, row.value.strip())))


def _value(kind: str, relation: str, text: str) -> int | str | tuple[str, ...] | None:
    if relation in _ALONE:
        return None
    if kind == "int":
        if not re.fullmatch(r"-?\d{1,15}", text, re.ASCII):
            raise EditError({"when": "这个条件的值请填写整数。"})
        return int(text)
    if kind == "date" and not _DAY.fullmatch(text):
        raise EditError({"when": "这个条件的值请填写日期，例如 2026-01-31。"})
    if not text or re.search(r"[\"\\\x00-\x1f]", text):
        raise EditError({"when": "请填写条件的值，不要用英文引号和反斜杠。"})
    return tuple(one.strip() for one in _COMMA.split(text) if one.strip()) if relation in _SEVERAL else text


def read(expression: str) -> Row | None:
    """The row that an expression says; None where it says more than a row can."""
    found = conditions.from_cel(expression)
    if not isinstance(found, Test) or isinstance(found.value, Name):
        return None
    value = (
        "、".join(found.value) if isinstance(found.value, tuple) else "" if found.value is None else str(found.value)
    )
    return Row(found.field, found.relation, value)


def describe(row: Row, names: Mapping[str, str]) -> str:
    """A row in words: 材料缺件数等于0."""
    return f"{names.get(row.field, row.field)}{TITLES[row.relation]}{row.value}"

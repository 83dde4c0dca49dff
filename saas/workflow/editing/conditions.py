"""Conditions as rows of a field, a relation and a value, written as CEL and read back."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saas.workflow.editing.parts import EditError

RELATIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    "int": (("==", "等于"), ("!=", "不等于"), ("<", "小于"), ("<=", "不大于"), (">", "大于"), (">=", "不小于")),
    "date": (("==", "就是"), ("<", "早于"), ("<=", "不晚于"), (">", "晚于"), (">=", "不早于")),
    "string": (("==", "等于"), ("!=", "不等于")),
    "bool": (("yes", "是"), ("no", "不是")),
    "list": (("has", "包含"), ("lacks", "不包含")),
}
"""The relations of each type of a field, and their words."""
FIELD_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("integer", "money"), "int"),
    **dict.fromkeys(("date", "birth", "datetime"), "date"),
    **{"boolean": "bool", "multichoice": "list"},
}
"""The type a form's field has in conditions; others are texts."""
_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_TEXT = r'"(?:[^"\\]|\\.)*"'
_COMPARED = re.compile(rf"\s*({_NAME})\s*(==|!=|<=|>=|<|>)\s*(-?\d+|{_TEXT})\s*")
_HELD = re.compile(rf"\s*({_TEXT})\s+in\s+({_NAME})\s*")
_NOT_HELD = re.compile(rf"\s*!\s*\(\s*({_TEXT})\s+in\s+({_NAME})\s*\)\s*")
_TRUE = re.compile(rf"\s*(!?)\s*({_NAME})\s*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Row:
    """One condition: a variable, one of its type's relations, and a value as it is typed."""

    field: str
    relation: str
    value: str = ""


def write(row: Row, types: Mapping[str, str]) -> str:
    """The CEL of a row; an EditError where the value does not fit the field."""
    kind = types.get(row.field)
    if kind is None or row.relation not in dict(RELATIONS[kind]):
        raise EditError({"when": "请为条件选择字段和与它相配的关系。"})
    if kind == "bool":
        return row.field if row.relation == "yes" else f"!{row.field}"
    value = _value(kind, row.value.strip())
    if kind == "list":
        return f"{value} in {row.field}" if row.relation == "has" else f"!({value} in {row.field})"
    return f"{row.field} {row.relation} {value}"


def _value(kind: str, text: str) -> str:
    if kind == "int":
        if not re.fullmatch(r"-?\d{1,15}", text):
            raise EditError({"when": "这个条件的值请填写整数。"})
        return str(int(text))
    if kind == "date" and not _DAY.fullmatch(text):
        raise EditError({"when": "这个条件的值请填写日期，例如 2026-01-31。"})
    if not text:
        raise EditError({"when": "请填写条件的值。"})
    return json.dumps(text, ensure_ascii=False)


def read(expression: str) -> Row | None:
    """The row that an expression says; None where it says more than a row can."""
    if found := _COMPARED.fullmatch(expression):
        return Row(found[1], found[2], _plain(found[3]))
    if found := _HELD.fullmatch(expression):
        return Row(found[2], "has", _plain(found[1]))
    if found := _NOT_HELD.fullmatch(expression):
        return Row(found[2], "lacks", _plain(found[1]))
    if found := _TRUE.fullmatch(expression):
        return Row(found[2], "no" if found[1] else "yes")
    return None


def _plain(written: str) -> str:
    try:
        return str(json.loads(written))
    except ValueError:
        return written.strip('"')


def describe(row: Row, types: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A row in words: 材料缺件数等于0."""
    word = dict(RELATIONS[types.get(row.field, "string")]).get(row.relation, row.relation)
    return f"{names.get(row.field, row.field)}{word}{row.value}"

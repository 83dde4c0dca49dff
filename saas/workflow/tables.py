"""Decision tables: which row a case falls into, and the numbers of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from saas.workflow.process import Definition
from saas.workflow.process_parts import Bound, Column, Decision, Row

Cell = tuple[str, ...] | tuple[Bound, Bound]
_TYPES = {"int": "int", "bool": "bool", "enum": "string"}


@dataclass(frozen=True)
class Hit:
    """What a table came to: the word, the row by its place from 0, and the article the row cites."""

    then: str
    row: int
    law: str | None = None


def evaluate(decision: Decision, values: Mapping[str, Any], params: Mapping[str, int]) -> Hit | None:
    """The first row that holds; None when none does, or when a value the row needs is missing.

    Args:
        decision: The table.
        values: Guard variables by name.
        params: The numbers of the day of the application.
    """
    for place, row in enumerate(decision.rows):
        if _holds(decision, row, values, params):
            return Hit(row.then, place, row.law)
    return None


def params_on(definition: Definition, day: date) -> dict[str, int]:
    """The numbers that hold on a day; one that does not hold yet is left out."""
    found = {id_: [value for since, value in param.values if since <= day] for id_, param in definition.params.items()}
    return {id_: values[-1] for id_, values in found.items() if values}


def guard_types(definition: Definition) -> dict[str, str]:
    """The types of everything a guard may name: declared fields, the words of tables, and dated numbers."""
    return {
        **{f"decision.{id_}": "string" for id_ in definition.decisions},
        **{f"params.{id_}": "int" for id_ in definition.params},
        **definition.fields,
    }


def type_of(column: Column) -> str:
    """The type its variable must have."""
    return _TYPES[column.kind]


def is_interval(cell: Cell) -> bool:
    """Whether a cell is two ends and not a list of values."""
    return isinstance(cell[0], Bound)


def number(bound: Bound, params: Mapping[str, int]) -> int | None:
    """The number an end stands for; None when its parameter has none."""
    if bound.param is None:
        return bound.number
    return params[bound.param] + bound.number if bound.param in params else None


def interval(cell: Cell, params: Mapping[str, int]) -> tuple[int, int] | None:
    """The two ends of a cell as numbers."""
    low, high = (number(end, params) for end in cell if isinstance(end, Bound))
    return None if low is None or high is None else (low, high)


def _holds(decision: Decision, row: Row, values: Mapping[str, Any], params: Mapping[str, int]) -> bool:
    columns = {column.name: column for column in decision.columns}
    return all(_takes(columns.get(name), cell, values.get(name), params) for name, cell in row.cells.items())


def _takes(column: Column | None, cell: Cell, value: Any, params: Mapping[str, int]) -> bool:  # noqa: ANN401  of any type
    if column is None or value is None:
        return False
    if not is_interval(cell):
        return (str(value).lower() if isinstance(value, bool) else str(value)) in cell
    ends = interval(cell, params)
    return ends is not None and type(value) is int and ends[0] <= value <= ends[1]

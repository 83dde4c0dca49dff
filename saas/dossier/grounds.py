"""What the steps of a case rested on: articles, rows of decision tables, numbers of the day."""

from collections.abc import Iterator, Mapping
from typing import Any

from saas.cases.models import Case, Step
from saas.domain import form_for
from saas.workflow.process import Definition
from saas.workflow.process_parts import Bound, Decision
from saas.workflow.process_parts import Row as TableRow
from saas.workflow.tables import Cell, is_interval

Found = dict[str, Any]
ASKED = "："  # between a question and what a row asks of it
YES_NO = {"true": "是", "false": "否"}


def grounds(case: Case, definition: Definition) -> list[Found]:
    """The steps that rest on something written down, oldest first."""
    labels = _labels(definition)
    found = (_ground(step, definition, labels) for step in case.steps)
    return [row for row in found if row["law"] or row["tables"] or row["numbers"]]


def _ground(step: Step, definition: Definition, labels: Mapping[str, str]) -> Found:
    taken = definition.find_transition(step.action) or definition.find_way(step.action)
    basis: Mapping[str, Any] = step.basis or {}
    return {
        "seq": step.seq,
        "title": step.title,
        "law": (taken.law if taken else None) or "",
        "tables": [_table(id_, hit, definition, labels) for id_, hit in sorted(basis.get("decisions", {}).items())],
        "numbers": [_number(id_, value, definition) for id_, value in sorted(basis.get("params", {}).items())],
    }


def _table(id_: str, hit: Mapping[str, Any], definition: Definition, labels: Mapping[str, str]) -> Found:
    decision = definition.decisions.get(id_)
    row = decision.rows[hit["row"]] if decision and hit["row"] < len(decision.rows) else None
    return {
        "title": decision.title if decision else id_,
        "row": hit["row"] + 1,
        "when": list(_conditions(decision, row, labels)) if decision and row else [],
        "then": str(hit["then"]),
        "law": hit.get("law") or "",
    }


def _conditions(decision: Decision, row: TableRow, labels: Mapping[str, str]) -> Iterator[str]:
    """What the row asks for, column by column; a column it does not name takes anything."""
    for column in decision.columns:
        cell = row.cells.get(column.name)
        if cell is not None:
            yield f"{labels.get(column.name, column.name)}{ASKED}{_cell(cell)}"


def _cell(cell: Cell) -> str:
    if is_interval(cell):
        low, high = (_bound(end) for end in cell if isinstance(end, Bound))
        return f"{low}至{high}"
    return "、".join(YES_NO.get(str(one), str(one)) for one in cell)


def _bound(bound: Bound) -> str:
    if bound.param is None:
        return str(bound.number)
    return f"{bound.param}{bound.number:+}" if bound.number else bound.param


def _number(id_: str, value: int, definition: Definition) -> Found:
    param = definition.params.get(id_)
    return {
        "title": param.title if param else id_,
        "value": value,
        "unit": (param.unit if param else None) or "",
        "law": (param.law if param else None) or "",
    }


def _labels(definition: Definition) -> dict[str, str]:
    """The questions behind the variables that tables read, as people see them."""
    asked = {one.form for one in definition.all_transitions} | {one.form for one in definition.opens}
    keys = {key for key in asked if key}
    fields = [field for key in sorted(keys) for field in form_for(definition, key).fields]
    return {f"{scope}.{field.id}": field.label for field in fields for scope in ("case", "form")}

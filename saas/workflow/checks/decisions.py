"""Decision tables: gaps (DT301), overlaps (DT302), rows never hit (DT303), numbers that are missing (DT304)."""

from collections.abc import Iterator, Mapping
from datetime import date

from saas.workflow import tables
from saas.workflow.boxes import MOST_PROVED, Example, Proof, prove
from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process_parts import Bound, Column, Decision, Row


def check(matter: Matter) -> Iterator[Problem]:
    """Every fault of a table, and of the numbers it rests on."""
    yield from _params(matter)
    for id_, decision in matter.definition.decisions.items():
        place = f"decisions.{id_}"
        faults = [*_cells(matter, place, decision)]
        yield from faults
        if not faults:
            yield from _proved(matter, place, decision)


def _params(matter: Matter) -> Iterator[Problem]:
    today = matter.around.today
    for id_, param in matter.definition.params.items():
        if today is not None and param.values[0][0] > today:
            words = f"“{param.title}”从{param.values[0][0]}才有数值，今天没有，请补上现在适用的数值"
            yield error("DT304", f"params.{id_}", words)


def _cells(matter: Matter, place: str, decision: Decision) -> Iterator[Problem]:
    columns = {column.name: column for column in decision.columns}
    for number, row in enumerate(decision.rows):
        here = f"{place}.rows.{number}"
        for name, cell in row.cells.items():
            if name not in columns:
                yield error("DT300", here, f"第{number + 1}行用到表里没有的列“{name}”，请改正")
            elif words := _misfit(columns[name], cell):
                yield error("DT300", here, f"第{number + 1}行“{matter.label(name)}”{words}")
        for param in sorted(_named(row) - set(matter.definition.params)):
            yield error("DT304", here, f"第{number + 1}行用到没有的参数“{param}”，请先添加或改正")


def _misfit(column: Column, cell: tables.Cell) -> str | None:
    """Why a cell cannot stand in a column."""
    if tables.is_interval(cell) != (column.kind == "int"):
        return "须填写两个数（最小、最大），请改正" if column.kind == "int" else "须从列出的值中选择，请改正"
    unknown = [] if column.kind == "int" else [str(one) for one in cell if one not in column.values]
    return f"没有“{'、'.join(unknown)}”这个值，请改正" if unknown else None


def _named(row: Row) -> set[str]:
    return {end.param for cell in row.cells.values() for end in cell if isinstance(end, Bound) and end.param}


def _proved(matter: Matter, place: str, decision: Decision) -> Iterator[Problem]:
    """The proof for every day from which the numbers of the table are others; the same finding is told once."""
    told: set[tuple[str, str]] = set()
    for params, since in _sets(matter, decision):
        for problem in _findings(matter, place, decision, prove(decision, params), since):
            if (problem.code, problem.place) not in told:
                told.add((problem.code, problem.place))
                yield problem


def _sets(matter: Matter, decision: Decision) -> Iterator[tuple[Mapping[str, int], date | None]]:
    used = {param for row in decision.rows for param in _named(row)}
    days = {day for param in used for day, _ in matter.definition.params[param].values}
    if not used:
        yield {}, None
    for day in sorted(days, reverse=True):
        params = tables.params_on(matter.definition, day)
        if used <= set(params):
            yield params, day


def _findings(matter: Matter, place: str, decision: Decision, proof: Proof, since: date | None) -> Iterator[Problem]:
    day = f"（按{since}起的数值）" if since else ""
    for gap in proof.gaps:
        yield error("DT301", place, f"{_person(matter, gap)}的人，表里没有结论{day}，请增加一行")
    for earlier, later, example in proof.overlaps[:20]:
        words = f"第{earlier + 1}行和第{later + 1}行重叠：{_person(matter, example)}的人两行都符合{day}，请改成互不重叠"
        yield error("DT302", f"{place}.rows.{later}", words)
    for row in proof.never:
        yield warning("DT303", f"{place}.rows.{row}", f"第{row + 1}行永远轮不到{day}，请改正或删除")
    if proof.sampled:
        words = (
            f"表的内容太多（{len(decision.rows)}行，超过{MOST_PROVED}行或者分得太细），只抽查了有没有遗漏，请自己再核对"
        )
        yield warning("DT305", place, words)


def _person(matter: Matter, example: Example) -> str:
    """An example person in words."""
    yes = {"true": "是", "false": "否"}
    return "、".join(f"{matter.label(name)}为{yes.get(str(value), value)}" for name, value in example.items())

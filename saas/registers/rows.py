"""Rows of a table as entries of a register: every cell read as the form reads it, every fault told by its row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from saas.cases.context import field_context
from saas.errors import InvalidInputError
from saas.fields.context import FieldContext, Options
from saas.fields.definition import FieldDefinition, FormDefinition
from saas.fields.schema import load
from saas.identity.actor import Actor
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from saas.registers import keeping
from saas.registers.catalogue import Declared

STATUS, UNIT = "状态", "所属单位"
FIRST_ROW = 2
"""Where the rows begin in the sheet: the headings stand above them."""
MOST_ROWS = 5000
NAMED_TYPES = frozenset({"choice", "radio", "multichoice", "person", "entry", "area"})
"""Types of questions whose answers stand in a table by name."""


@dataclass(frozen=True)
class Refused:
    """Why a cell was not taken: the row of the sheet, the heading, and one sentence."""

    row: int
    field: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """A row that can be saved; without a status the entry keeps its own or gets the first.

    ``asked`` are the questions that the table has a column for: what an entry says beside them stays as it is.
    """

    number: int
    values: Mapping[str, Any]
    unit: Unit
    status: str
    key: str | None
    asked: frozenset[str]


@dataclass(frozen=True)
class Read:
    """What a table says, and what is wrong with it."""

    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]


def read_rows(declared: Declared, rows: Sequence[Mapping[str, str]], unit: Unit, *, by: Actor) -> Read:
    """Read rows of texts by the labels or the ids of the form's fields; empty ones are passed over."""
    if not rows or len(rows) > MOST_ROWS:
        sentence = f"一次最多导入{MOST_ROWS}行，请分几次导入。" if rows else "表里没有内容，请核对。"
        return Read((), (Refused(1, "", sentence),))
    reader = _Reader(declared, unit, by)
    if strangers := reader.strangers(rows):
        return Read((), tuple(strangers))
    lines: list[Line] = []
    refused: list[Refused] = []
    for number, row in enumerate(rows, FIRST_ROW):
        if not any(row.values()):
            continue
        line, faults = reader.line(number, row)
        refused += faults
        if line is not None:
            lines.append(line)
    refused += _repeated(declared, lines)
    return Read(tuple(lines), tuple(sorted(refused, key=lambda one: one.row)))


def _repeated(declared: Declared, lines: Sequence[Line]) -> list[Refused]:
    """The rows whose unique value another row has too."""
    seen = Counter(line.key for line in lines if line.key)
    label = next((one.label for one in declared.form.fields if one.id == declared.register.key_field), "")
    return [
        Refused(line.number, label, f"表里有{seen[line.key]}行是同一个{label}，请只留一行。")
        for line in lines
        if line.key and seen[line.key] > 1
    ]


class _Reader:
    """What is the same for every row of a table."""

    def __init__(self, declared: Declared, unit: Unit, by: Actor) -> None:
        """Read for a register; ``unit`` keeps what names no other."""
        self._declared, self._unit, self._by = declared, unit, by
        self._form: FormDefinition = declared.form
        self._context: FieldContext = field_context(declared.line.name, self._form, unit.path)
        self._fields = {name: one for one in self._form.fields for name in (one.label, one.id)}
        self._codes = {one.id: _codes(one, self._context) for one in self._form.fields if one.type in NAMED_TYPES}
        self._statuses = _by_name(declared.register.statuses)

    def strangers(self, rows: Sequence[Mapping[str, str]]) -> list[Refused]:
        """Headings that the register does not have."""
        headings = dict.fromkeys(heading for row in rows for heading in row)
        known = {*self._fields, STATUS, UNIT}
        return [
            Refused(1, heading, f"名录里没有“{heading}”这一项，请按模板的表头填写。")
            for heading in headings
            if heading not in known
        ]

    def line(self, number: int, row: Mapping[str, str]) -> tuple[Line | None, list[Refused]]:
        """One row, or what is wrong with it."""
        faults: list[Refused] = []
        status = self._statuses.get(row.get(STATUS, "").strip(), "")
        if row.get(STATUS, "").strip() and not status:
            faults.append(
                Refused(number, STATUS, f"状态只能是：{'、'.join(dict(self._declared.register.statuses).values())}。")
            )
        unit = self._unit_of(row.get(UNIT, "").strip())
        if unit is None:
            faults.append(Refused(number, UNIT, "没有这个单位，或者不在您的权限范围内。"))
        values: dict[str, Any] = {}
        try:
            values = load(self._form, self._texts(row), self._context)
        except InvalidInputError as error:
            labels = {one.id: one.label for one in self._form.fields}
            faults += [
                Refused(number, labels.get(id_, id_), f"{told}。".replace("。。", "。"))
                for id_, told in error.fields.items()
            ]
        if faults or unit is None:
            return None, faults
        key = keeping.key_of(self._declared.register, values)
        return Line(number, values, unit, status, key, self._asked(row)), []

    def _asked(self, row: Mapping[str, str]) -> frozenset[str]:
        return frozenset(field.id for name, field in self._fields.items() if name in row)

    def _texts(self, row: Mapping[str, str]) -> dict[str, list[str]]:
        """The row as a browser would have sent it: codes for names, ids for labels."""
        return {
            field.id: self._sent(field, row[name])
            for name, field in self._fields.items()
            if name in row and row[name].strip()
        }

    def _sent(self, field: FieldDefinition, cell: str) -> list[str]:
        codes = self._codes.get(field.id)
        if codes is None:
            return [cell]
        several = field.type in {"multichoice", "person"}
        names = cell.replace("，", "、").replace(",", "、").split("、") if several else [cell]
        return [codes.get(name.strip(), name.strip()) for name in names]

    def _unit_of(self, name: str) -> Unit | None:
        return self._units.get(name) if name else self._unit

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """The bodies at which the actor keeps the register, by name and by code."""
        by, register = self._by, self._declared.register
        scopes = ("",) if by.kind == "system" else by.scopes(register.write)
        found = [unit for scope in scopes for unit in organisation.list_bodies(scope)]
        return {name: unit for unit in found for name in (unit.name, unit.code)}


def _codes(field: FieldDefinition, context: FieldContext) -> dict[str, str]:
    found = _by_name(context.options(field))
    if field.type == "area":
        # A town may stand without its district, where no other is called so.
        found = {**_by_name([(code, title.split(" ")[-1]) for code, title in context.options(field)]), **found}
    return found


def _by_name(options: Options) -> dict[str, str]:
    """Codes by title; a title that stands for several stands for none."""
    seen = Counter(title for _, title in options)
    return {title: code for code, title in options if seen[title] == 1}

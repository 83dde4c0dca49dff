"""What guards read, and whether they hold: the case, the form, facts, decision tables and dated numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from saas.workflow import expr, tables
from saas.workflow.engine_values import CaseView, Reason
from saas.workflow.process import Definition, Guard, Transition, Way
from saas.workflow.tables import Hit

APPLIED_ON = "case.applied_on"
"""The fact that chooses dated numbers: the day of the application."""
FLAGS = "case.flags"
FAULT = "这一步的条件暂时无法核对，请联系管理员检查流程设置。"


@dataclass(frozen=True)
class Known:
    """Every value a guard may read, with the types, and what tables and numbers it came from."""

    values: Mapping[str, Any]
    types: Mapping[str, str]
    decisions: Mapping[str, Hit | None] = field(default_factory=dict)
    params: Mapping[str, int] = field(default_factory=dict)

    @property
    def hits(self) -> dict[str, Hit]:
        """The tables that came to something."""
        return {id_: hit for id_, hit in self.decisions.items() if hit}


def variables(view: CaseView, data: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The guard variables: `case.*` from the case, `form.*` from the step's form, facts over both."""
    return {
        **{f"case.{name}": value for name, value in view.data.items()},
        **{f"form.{name}": value for name, value in data.items()},
        FLAGS: sorted(view.flags),
        **facts,
    }


def known(
    definition: Definition,
    step: Transition | Way,
    view: CaseView,
    data: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> Known:
    """What the guards of a step may read; tables are asked only where one of its guards names them."""
    values = variables(view, data, facts)
    types = tables.guard_types(definition)
    read = {name for guard in step.when for name in named(guard.that, types)}
    params = _params(definition, values) if definition.params else {}
    wanted = [one for id_, one in definition.decisions.items() if f"decision.{id_}" in read]
    decisions = {one.id: tables.evaluate(one, values, params) for one in wanted}
    words = {f"decision.{id_}": hit.then for id_, hit in decisions.items() if hit}
    numbers = {f"params.{id_}": number for id_, number in params.items()}
    shown = params if decisions or any(name in read for name in numbers) else {}
    return Known({**values, **words, **numbers}, types, decisions, shown)


def guard_reasons(step: Transition | Way, read: Known) -> list[Reason]:
    """The guards of a step that do not hold."""
    found = (_reason(guard, read) for guard in step.when)
    return [reason for reason in found if reason is not None]


def standing_reasons(definition: Definition, step: Transition, view: CaseView) -> list[Reason]:
    """The guards on flags alone that do not hold now: what is entered or found is not known yet."""
    types = tables.guard_types(definition)
    read = Known({FLAGS: sorted(view.flags)}, types)
    found = (_reason(guard, read) for guard in step.when if set(named(guard.that, types)) <= {FLAGS})
    return [reason for reason in found if reason is not None]


def named(source: str, types: Mapping[str, str]) -> list[str]:
    """The variables a guard may name; one whose name is a piece of another's may be among them for nothing."""
    return [name for name in types if name in source]


def _params(definition: Definition, values: Mapping[str, Any]) -> dict[str, int]:
    day = values.get(APPLIED_ON)
    return tables.params_on(definition, date.fromisoformat(str(day)[:10])) if day else {}


def _reason(guard: Guard, read: Known) -> Reason | None:
    """A guard that fails while running refuses as well: a doubt is never a yes."""
    names = named(guard.that, read.types)
    missing = _missing(names, read)
    if missing:
        return Reason("guard_fault", FAULT, law=guard.law, help=missing)
    try:
        # Only what is named is declared: a definition of a thousand fields costs no more than one of ten.
        compiled = expr.compile_guard(guard.that, {name: read.types[name] for name in names})
        holds = expr.evaluate(compiled, read.values)
    except expr.GuardError as error:
        return Reason("guard_fault", FAULT, law=guard.law, help=str(error))
    return None if holds else Reason("guard", guard.refuse, law=guard.law)


def _missing(names: list[str], read: Known) -> str:
    """What a guard rests on that came to nothing: a table without a row, a number without a day."""
    gaps = [id_ for id_, hit in read.decisions.items() if hit is None and f"decision.{id_}" in names]
    dated = [name for name in names if name.startswith("params.") and name not in read.values]
    lines = [f"决定表“{id_}”没有适用的一行。" for id_ in gaps] + [f"{name} 在申请那天没有数值。" for name in dated]
    return "".join(lines)

"""Guards: whether they compile (WF201, WF202), can be both (WF206), overlap (WF204) or leave a gap (WF205)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Any, TypeAlias

from saas.workflow import conditions, expr, tables
from saas.workflow.checks.matter import Matter, Step
from saas.workflow.checks.points import points
from saas.workflow.conditions import Group, Tree, tests_of
from saas.workflow.engine_guards import FLAGS
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process import Transition

Domains: TypeAlias = Mapping[str, Sequence[str]]
Leaving: TypeAlias = Sequence[tuple[Transition, Tree | None]]
MOST_PAIRS = 1000
"""So many pairs of steps of one state are compared; a thousand steps make half a million."""
_NAMES = {"name", "type"}


def check(matter: Matter) -> Iterator[Problem]:
    """Every fault of a guard, then of the guards of one state beside one another."""
    domains = _domains(matter)
    for place, step in matter.steps():
        for guard in step.when:
            yield from _guard(matter, place, guard.that, domains)
    for column_place, name, kind in _columns(matter):
        if matter.types.get(name) != kind:
            words = f"没有{_KINDS[kind]}字段“{name}”，请先在“字段”中登记或改正"
            yield error("WF202", column_place, words)
    for state in matter.definition.states:
        leaving = matter.leaving.get(state, ())
        if any(one.when for one in leaving):
            yield from _beside(matter, state, [(one, tree_of(one)) for one in leaving], domains)


_KINDS = {"int": "数字", "bool": "是或否", "string": "文字"}


def _columns(matter: Matter) -> Iterator[tuple[str, str, str]]:
    for id_, decision in matter.definition.decisions.items():
        for column in decision.columns:
            yield f"decisions.{id_}", column.name, tables.type_of(column)


def _guard(matter: Matter, place: str, text: str, domains: Domains) -> Iterator[Problem]:
    try:
        compiled = expr.compile_guard(text, matter.types)
    except expr.GuardError as fault:
        code = "WF202" if fault.kind in _NAMES else "WF201"
        yield error(code, place, f"条件“{_short(text)}”写得不对：{fault}")
        return
    always = _always(matter, text, compiled, domains)
    if always is False:
        yield error("WF206", place, f"条件“{_short(text)}”永远不成立，这一步无法办理，请改正")
    elif always:
        yield warning("WF206", place, f"条件“{_short(text)}”永远成立，等于没有条件，请改正或删除")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004  a line of a page


def _always(matter: Matter, text: str, compiled: expr.Guard, domains: Domains) -> bool | None:
    """What the guard comes to whatever the case is; None when it depends."""
    tree = conditions.from_cel(text)
    if tree is not None:
        tried = points([tree], matter.types, domains)
        found = {conditions.holds(tree, values) for values in tried or ()}
        return found.pop() if len(found) == 1 else None
    if any(name in text for name in matter.types):
        return None
    try:
        return expr.evaluate(compiled, {})
    except expr.GuardError:
        return False


def tree_of(step: Step) -> Tree | None:
    """All guards of a step as one condition, an empty group for none; None when one is no managed condition."""
    trees = [conditions.from_cel(guard.that) for guard in step.when]
    managed = [tree for tree in trees if tree is not None]
    return Group("all", tuple(managed)) if len(managed) == len(trees) else None


def _domains(matter: Matter) -> Domains:
    """The only words that a table can come to, or that a choice of the forms offers."""
    tables_ = {
        f"decision.{id_}": sorted({row.then for row in decision.rows})
        for id_, decision in matter.definition.decisions.items()
    }
    columns = {
        column.name: column.values
        for decision in matter.definition.decisions.values()
        for column in decision.columns
        if column.kind == "enum"
    }
    return {**columns, **tables_}


def _beside(matter: Matter, state: str, leaving: Leaving, domains: Domains) -> Iterator[Problem]:
    pairs = combinations(leaving, 2)
    for (one, first), (other, second) in islice(pairs, MOST_PAIRS):
        if first and second and _compete(one, other) and _names(first) == _names(second) != set():
            both = _found(matter, [first, second], domains, wanted=(True, True))
            if both:
                words = f"“{one.title}”和“{other.title}”的条件会同时成立（{_case(matter, both)}），请改成互不重叠"
                yield warning("WF204", f"states.{state}", words)
    if next(pairs, None):
        words = f"从这里出发的步骤太多（{len(leaving)}个），只核对了一部分条件是否重叠，请把它们分到几个环节"
        yield warning("WF204", f"states.{state}", words)
    trees = [tree for step, tree in leaving if step.to != state]
    known = [tree for tree in trees if tree is not None]
    names = {name for tree in known for name in _names(tree)}
    if known and len(known) == len(trees) and not any(name.startswith("form.") for name in names) and names:
        none = _found(matter, known, domains, wanted=(False,) * len(known))
        if none and names != {FLAGS}:
            words = f"{_case(matter, none)}时，没有一步可以办理，案件会停在这里，请补上这种情形"
            yield warning("WF205", f"states.{state}", words)


def _compete(one: Transition, other: Transition) -> bool:
    return one.to != other.to and bool(set(one.by) & set(other.by))


def _names(tree: Tree) -> set[str]:
    return {one.field for one in tests_of(tree)}


def _found(
    matter: Matter, trees: Sequence[Tree], domains: Domains, *, wanted: tuple[bool, ...]
) -> dict[str, Any] | None:
    """A case for which the conditions are as wanted."""
    for values in points(trees, matter.types, domains) or ():
        if all(conditions.holds(tree, values) is want for tree, want in zip(trees, wanted, strict=True)):
            return values
    return None


def _case(matter: Matter, values: Mapping[str, Any]) -> str:
    """An example in words."""
    told = [
        f"{matter.label(name)}为{_value(value)}" if values[f"has.{name}"] else f"{matter.label(name)}没有填写"
        for name, value in values.items()
        if not name.startswith("has.")
    ]
    return "、".join(told)


def _value(value: Any) -> str:  # noqa: ANN401  of any type of field
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value) or "空"
    return str(value) if value != "…" else "其他"

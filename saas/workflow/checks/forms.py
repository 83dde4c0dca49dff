"""Whether a city's own questions can be reached: no circle of conditions (FM701), none that never shows (FM702)."""

from collections.abc import Iterator

import networkx as nx

from saas.fields.form import FieldDefinition, FormDefinition
from saas.workflow.checks.matter import Matter
from saas.workflow.problem import Problem, error


def check(matter: Matter) -> Iterator[Problem]:
    """Faults of the forms the definition brings or adds to."""
    for key in sorted({*matter.definition.forms, *matter.definition.extra_fields}):
        if key in matter.forms:
            yield from _form(key, matter.forms[key])


def _form(key: str, form: FormDefinition) -> Iterator[Problem]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    by_id = {one.id: one for one in form.fields}
    for one in form.fields:
        graph.add_edges_from((other, one.id) for other in one.show_if or ())
    circles = {id_ for circle in nx.simple_cycles(graph, length_bound=12) for id_ in circle}
    seen: set[str] = set()
    for one in form.fields:
        place = f"forms.{key}.{one.id}"
        if one.id in circles:
            yield error("FM701", place, f"“{one.label}”的显示条件绕成了一圈，永远不会显示，请去掉其中一个条件")
        else:
            yield from _condition(place, one, by_id, seen)
        seen.add(one.id)


def _condition(
    place: str, one: FieldDefinition, by_id: dict[str, FieldDefinition], seen: set[str]
) -> Iterator[Problem]:
    for other, values in (one.show_if or {}).items():
        if other not in by_id:
            yield error("FM701", place, f"“{one.label}”的显示条件用到没有的字段“{other}”，请改正")
        elif other not in seen:
            words = f"“{one.label}”的显示条件用到排在后面的“{by_id[other].label}”，请把它移到前面"
            yield error("FM701", place, words)
        elif _impossible(by_id[other], values):
            words = f"“{by_id[other].label}”没有“{'、'.join(values)}”这个选项，“{one.label}”永远不会显示，请改正"
            yield error("FM702", place, words)


def _impossible(field: FieldDefinition, values: tuple[str, ...]) -> bool:
    known = {value for value, _ in field.options} or ({"true", "false"} if field.type == "boolean" else set())
    return bool(known) and not known & set(values)

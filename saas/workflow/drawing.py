"""Draws a process as SVG: classes only, readable aloud, printable."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from saas.workflow import layout
from saas.workflow.layout import DOWN, HEIGHT, WIDTH, Layout, Point
from saas.workflow.process import Definition, State, Transition

Box = tuple[float, float, float, float]
Address = Callable[[str], str]
"""From a place (`states.ID`, `transitions.ID`) to the page about it."""
MARKS: Mapping[str, str] = {
    "current": "当前环节",
    "passed": "已办",
    "added": "新增",
    "removed": "删除",
    "changed": "有修改",
    "error": "有问题",
    "chosen": "已选中",
}
"""What a step can be marked as, in words; a mark is told by a sign as well as by its colour."""
_SIGNS = {"current": "●", "added": "＋", "removed": "－", "changed": "≠", "error": "！", "passed": "✓", "chosen": "▸"}
_LETTER, _LINE = 13, 17
_LONGEST_TITLE, _LONGEST_LABEL, _MOST_LABELS = 10, 12, 3
_MARGIN = 24
_ASIDE = 22
_ALONG = (0.5, 0.36, 0.64, 0.24, 0.76)


@dataclass(frozen=True)
class _Drawn:
    definition: Definition
    places: Layout
    marks: Mapping[str, str]
    focusable: bool
    address: Address | None
    ports: bool
    labels: list[Box] = field(default_factory=list)
    taken: dict[int, list[Box]] = field(default_factory=dict)
    """By band of the map what covers some of it, so that a label is compared with its neighbours only."""

    def take(self, box: Box) -> None:
        """Note that nothing else may be written there."""
        for band in _bands(box):
            self.taken.setdefault(band, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Whether nothing is there yet."""
        return not any(_meet(box, other) for band in _bands(box) for other in self.taken.get(band, ()))


def draw(
    definition: Definition,
    *,
    marks: Mapping[str, str] | None = None,
    focusable: bool = False,
    address: Address | None = None,
    ports: bool = False,
) -> str:
    """The map of a process as one SVG element.

    Args:
        definition: The process.
        marks: By id of a state or transition one of `MARKS`.
        focusable: Whether every step can be reached by the tabulator; without it the map is one picture.
        address: Where a step leads when it is pressed; makes links of the steps.
        ports: Whether every step has a handle from which a line to another can be drawn.
    """
    drawn = _Drawn(definition, layout.of_definition(definition), marks or {}, focusable, address, ports)
    for point in drawn.places.places.values():
        drawn.take(_around(point))
    lines = list(_lines(drawn))
    boxes = [_box(drawn, definition.states[state]) for state in drawn.places.reading_order()]
    x, y, width, height = _frame(drawn)
    role = "group" if focusable or address else "img"
    return (
        f'<svg class="flow" xmlns="http://www.w3.org/2000/svg" role="{role}"'
        f' aria-label="{escape(definition.title)}流程图" viewBox="{x} {y} {width} {height}"'
        f' width="{width}" height="{height}">'
        f"<desc>{escape(describe(definition))}</desc>{''.join(lines)}{''.join(boxes)}</svg>"
    )


def describe(definition: Definition) -> str:
    """The map in words: each step with where it leads."""
    told = (f"{one.title}：{_ways_on(definition, one)}" for one in definition.states.values())
    return f"共{len(definition.states)}个环节。" + "".join(told)


def _ways_on(definition: Definition, state: State) -> str:
    leading = (step for step in definition.leaving.get(state.id, ()) if step.to != state.id)
    on = [f"{step.title}到{definition.state_title(step.to)}" for step in leading]
    return ("，".join(on) if on else "办结" if state.end else "没有去向") + "。"


def _frame(drawn: _Drawn) -> tuple[int, int, int, int]:
    points = [*drawn.places.places.values(), *(one for some in drawn.places.bends.values() for one in some)]
    if not points:
        return 0, 0, WIDTH, HEIGHT
    left = min([x - WIDTH / 2 for x, _ in points] + [box[0] for box in drawn.labels]) - _MARGIN
    right = max([x + WIDTH / 2 + _LETTER * 4 for x, _ in points] + [box[2] for box in drawn.labels]) + _MARGIN
    top = min(y for _, y in points) - HEIGHT / 2 - _MARGIN
    bottom = max(y for _, y in points) + HEIGHT / 2 + _MARGIN
    return round(left), round(top), round(right - left), round(bottom - top)


def _box(drawn: _Drawn, state: State) -> str:
    x, y = drawn.places.places[state.id]
    left, top = x - WIDTH // 2, y - HEIGHT // 2
    mark = drawn.marks.get(state.id)
    kinds = ["flow-state", *(["flow-end"] if state.end else []), *([f"mark-{mark}"] if mark else [])]
    sign = f'<text class="flow-sign" x="{left + WIDTH - 16}" y="{top + 18}">{_SIGNS[mark]}</text>' if mark else ""
    people = escape(_cut(who(drawn.definition, state), _LONGEST_LABEL))
    port = f'<circle class="flow-port" cx="{x}" cy="{y + HEIGHT // 2 + 2}" r="7"/>' if drawn.ports else ""
    shape = (
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="{HEIGHT // 2 if state.end else 6}"/>'
        f'<text class="flow-title" x="{x}" y="{y - 6}">{escape(_cut(state.title, _LONGEST_TITLE))}</text>'
        f'<text class="flow-who" x="{x}" y="{y + 12}">{people}</text>'
        f"{sign}{_loop(drawn, state, x + WIDTH // 2, y)}{port}"
    )
    leaving = drawn.definition.leaving.get(state.id, ())
    staying = sum(step.to == state.id for step in leaving)
    told = f"{state.title}，{who(drawn.definition, state)}" + (f"，{staying}项在本环节内办理" if staying else "")
    told += f"，{MARKS[mark]}" if mark else ""
    leads = " ".join(step.to for step in leaving if step.to != state.id)
    more = f' data-x="{x}" data-y="{y}" data-leads="{escape(leads)}"'
    told += f"：{_ways_on(drawn.definition, state)}"
    return _part(drawn, f"states.{state.id}", " ".join(kinds), told, shape, more)


def who(definition: Definition, state: State) -> str:
    """Who is at work while a case stands there, in words."""
    if state.end:
        return "办结"
    names = [definition.roles.get(role, role) for role in state.queue]
    return "、".join([*(["承办人"] if state.handler else []), *names]) or "未定办理人"


def _loop(drawn: _Drawn, state: State, x: int, y: int) -> str:
    """What is done there without leaving, as an arc at the right with a number."""
    staying = [step for step in drawn.definition.leaving.get(state.id, ()) if step.to == state.id]
    if not staying:
        return ""
    path = f"M{x} {y - 12}c30 -8 30 32 0 24"
    return (
        f'<path class="flow-line" d="{path}"/>{_head((x + 12, y + 14), (x, y + 12))}'
        f'<text class="flow-label" x="{x + 42}" y="{y + 4}">{len(staying)}项</text>'
    )


def _part(drawn: _Drawn, place: str, kind: str, told: str, inside: str, more: str = "") -> str:
    """A step or a line; where it can be reached it is a link with a name, else its name shows when pointed at."""
    data = f'class="{kind}" data-place="{escape(place)}"{more}'
    if drawn.address is not None:
        return f'<a {data} href="{escape(drawn.address(place))}" aria-label="{escape(told)}">{inside}</a>'
    if drawn.focusable:
        return f'<g {data} tabindex="0" role="img" aria-label="{escape(told)}">{inside}</g>'
    return f"<g {data}><title>{escape(told)}</title>{inside}</g>"


def _lines(drawn: _Drawn) -> Iterator[str]:
    """One line for all steps that lead from one state to another."""
    joined: dict[tuple[str, str], list[Transition]] = {}
    for step in drawn.definition.transitions:
        for source in step.sources:
            if source != step.to and {source, step.to} <= drawn.places.places.keys():
                joined.setdefault((source, step.to), []).append(step)
    routes = {ends: _route(drawn, ends, beside=(ends[1], ends[0]) in joined) for ends in joined}
    yield from (_line(drawn, joined[ends], route) for ends, route in routes.items())
    yield from (_labels(drawn, joined[ends], route) for ends, route in routes.items())


def _route(drawn: _Drawn, ends: tuple[str, str], *, beside: bool) -> list[Point]:
    """From the edge of one box over the bends to the edge of the other; beside the line that leads back."""
    start, end = (drawn.places.places[one] for one in ends)
    bends = drawn.places.bends.get(ends, ())
    route = [_edge(start, (bends or (end,))[0]), *bends, _edge(end, (bends or (start,))[-1])]
    if not beside or bends:
        return route
    aside = _ASIDE if end[1] > start[1] else -_ASIDE
    return [(x + aside, y) for x, y in route]


def _edge(box: Point, towards: Point) -> Point:
    """Where a line leaves a box: below or above, at the side where the other is beside it."""
    (x, y), (a, b) = box, towards
    if abs(b - y) < HEIGHT:
        return (x + WIDTH // 2, y) if a > x else (x - WIDTH // 2, y)
    slant = max(-WIDTH // 2 + 24, min(WIDTH // 2 - 24, (a - x) // 3))
    return (x + slant, y + HEIGHT // 2) if b > y else (x + slant, y - HEIGHT // 2)


def _line(drawn: _Drawn, steps: Sequence[Transition], route: Sequence[Point]) -> str:
    mark = next((drawn.marks[step.id] for step in steps if step.id in drawn.marks), None)
    kinds = "flow-line" + (f" mark-{mark}" if mark else "")
    path = f"M{route[0][0]} {route[0][1]}" + "".join(_curve(a, b) for a, b in itertools.pairwise(route))
    before = (route[-1][0], route[-1][1] - (1 if route[-1][1] >= route[-2][1] else -1))
    if abs(route[-1][1] - route[-2][1]) < HEIGHT // 2:
        before = route[-2]
    return f'<path class="{kinds}" d="{path}"/>{_head(before, route[-1])}'


def _curve(a: Point, b: Point) -> str:
    """A soft line that leaves and arrives upright where the two are in different rows."""
    if abs(b[1] - a[1]) < HEIGHT // 2:
        return f"L{b[0]} {b[1]}"
    half = (a[1] + b[1]) // 2
    return f"C{a[0]} {half} {b[0]} {half} {b[0]} {b[1]}"


def _head(before: Point, tip: Point) -> str:
    """An arrow head as a shape of its own: a marker would need an id, and a page may show two maps."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    long = max((dx * dx + dy * dy) ** 0.5, 1)
    ux, uy = dx / long, dy / long
    base = (tip[0] - ux * 10, tip[1] - uy * 10)
    corners = ((tip[0], tip[1]), (base[0] - uy * 5, base[1] + ux * 5), (base[0] + uy * 5, base[1] - ux * 5))
    return f'<polygon class="flow-head" points="{" ".join(f"{a:.0f},{b:.0f}" for a, b in corners)}"/>'


def _labels(drawn: _Drawn, steps: Sequence[Transition], route: Sequence[Point]) -> str:
    """The titles of the steps on their line, where they cover nothing that is there already."""
    shown = list(steps[:_MOST_LABELS])
    more = len(steps) - len(shown)
    width = max(min(len(step.title), _LONGEST_LABEL) for step in shown) * _LETTER + 8
    height = (len(shown) + (1 if more else 0)) * _LINE
    x, y = _spot(drawn, route, width, height)
    texts = [_label(drawn, step, x, y + place * _LINE, width) for place, step in enumerate(shown)]
    if more:
        texts.append(
            f'<text class="flow-label" x="{x:.0f}" y="{y + len(shown) * _LINE + 13:.0f}">等{len(steps)}项</text>'
        )
    return "".join(texts)


def _spot(drawn: _Drawn, route: Sequence[Point], width: float, height: float) -> tuple[float, float]:
    """The middle of the label's upper edge."""
    tries = [_box_at(route, share, width, height) for share in _ALONG]
    chosen = next((one for one in tries if drawn.is_free(one)), tries[0])
    drawn.labels.append(chosen)
    drawn.take(chosen)
    return (chosen[0] + chosen[2]) / 2, chosen[1]


def _box_at(route: Sequence[Point], share: float, width: float, height: float) -> Box:
    (a, b), (c, d) = route[0], route[1]
    x, y = a + (c - a) * share, b + (d - b) * share
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _around(point: Point) -> Box:
    return point[0] - WIDTH / 2, point[1] - HEIGHT / 2, point[0] + WIDTH / 2, point[1] + HEIGHT / 2


def _bands(box: Box) -> range:
    return range(int(box[1] // DOWN), int(box[3] // DOWN) + 1)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _label(drawn: _Drawn, step: Transition, x: float, y: float, width: float) -> str:
    mark = drawn.marks.get(step.id)
    shape = (
        f'<rect class="flow-ground" x="{x - width / 2:.0f}" y="{y:.0f}" width="{width:.0f}" height="{_LINE}"/>'
        f'<text class="flow-label" x="{x:.0f}" y="{y + 13:.0f}">{escape(_cut(step.title, _LONGEST_LABEL))}</text>'
    )
    kind = "flow-step" + (f" mark-{mark}" if mark else "")
    names = "、".join(drawn.definition.roles.get(role, role) for role in step.by)
    told = f"{step.title}，由{names}办理" + (f"，{MARKS[mark]}" if mark else "")
    return _part(drawn, f"transitions.{step.id}", kind, told, shape)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"

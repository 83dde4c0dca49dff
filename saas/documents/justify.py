"""Lines of Chinese end flush: the engine stretches nothing but spaces, and Chinese has none between its characters.

It reaches into private parts of the engine, whose version is pinned; tests/saas/documents/test_justify.py tells when
they change.
"""

import re
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u2014\u2018-\u201d\u2026\U00020000-\U0003ffff]+")
SPACES = re.compile("[ \u00a0]")
MOST = 0.5  # of a character; a line that needs more holds a word that cannot break, and stays as it is
_set_text = Layout.set_text


def install() -> None:
    """Have the engine stretch Chinese wherever a style says ``text-align: justify``."""
    inline.justify_line = _justify
    Layout.set_text = _set_spread_text


def _justify(context: Any, line: Any, extra_width: float) -> None:  # noqa: ANN401 - types of the engine
    places = _places(line)
    if places > 0 and extra_width / places <= MOST * line.style["font_size"]:
        _spread(context, line, extra_width / places, 0)


def _places(box: Any) -> float:  # noqa: ANN401
    """How many gaps can be stretched: one after each character, half of one at either end of a run of text."""
    if isinstance(box, boxes.TextBox):
        wide = "".join(WIDE.findall(box.text))
        ends = sum(bool(WIDE.match(box.text[at])) for at in (0, -1)) if wide else 0
        return len(wide) - ends / 2 + len(SPACES.findall(box.text))
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(_places(child) for child in box.children if child.is_in_normal_flow())
    return 0


def _spread(context: Any, box: Any, spacing: float, moved: float) -> float:  # noqa: ANN401
    """Stretch a box and all in it that stand ``moved`` to the right by now; how far the next one moves."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        return moved + _spread_text(context, box, spacing)
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    after = moved
    for child in box.children:
        if child.is_in_normal_flow():
            after = _spread(context, child, spacing, after)
    box.width += after - moved
    return after


def _spread_text(context: Any, box: Any, spacing: float) -> float:  # noqa: ANN401
    extra = _places(box) * spacing
    if extra:
        box.justification_spacing = spacing
        box.pango_layout = create_layout(box.text, box.style, context, None, spacing)
        box.pango_layout.deactivate()
        box.width += extra
    return extra


def _set_spread_text(layout: Any, text: str, justify: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002
    """What the engine does, then the gaps between Chinese characters; only when a line is drawn."""
    _set_text(layout, text, justify)
    if justify and layout.justification_spacing and layout.text:
        _set_gaps(layout)


def _set_gaps(layout: Any) -> None:  # noqa: ANN401
    own = layout.style["letter_spacing"]
    gap = int(((0 if own == "normal" else own) + layout.justification_spacing) * TO_UNITS)
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for run in WIDE.finditer(layout.text):
        one = pango.pango_attr_letter_spacing_new(gap)
        one.start_index = len(layout.text[: run.start()].encode())
        one.end_index = one.start_index + len(run[0].encode())
        pango.pango_attr_list_change(attributes, one)
    pango.pango_layout_set_attributes(layout.layout, attributes)

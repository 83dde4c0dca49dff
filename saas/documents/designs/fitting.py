"""Whether forms in a city's dress still fit their pages: their samples and long values are printed and measured."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from marshmallow import Schema, fields, validate

from saas.documents import render
from saas.documents.dress import PLAIN, Dress
from saas.documents.fonts import DocumentProblem
from saas.documents.form import Form, Values
from saas.workflow.problem import Problem, error, warning

MOST_FORMS = 8  # laid out by one check, about half a second each; the rest is told
LONG = 40  # characters an extreme text grows to, where the form allows as many
EDGE = 12.0  # points between any character and the edge of the paper
MOST_KEPT = 400
_MEASURED: dict[str, "Measured"] = {}


@dataclass(frozen=True)
class Measured:
    """How many pages a print has, and how many of its characters lie at or beyond the edge of the paper."""

    pages: int
    outside: int


def problems(forms: Sequence[Form], dress: Dress) -> list[Problem]:
    """What does not fit of these forms in a dress; at most ``MOST_FORMS`` of them are laid out."""
    found = [one for form in forms[:MOST_FORMS] for one in faults(form, dress)]
    if len(forms) > MOST_FORMS:
        rest = "、".join(f"《{form.title}》" for form in forms[MOST_FORMS:])
        found.append(warning("DD503", "forms", f"这次没有逐一试排{rest}，请打开它们的预览看一看。"))
    return found


def faults(form: Form, dress: Dress) -> Iterator[Problem]:
    """What does not fit of one form: with long values, and if they do not fit, of its sample."""
    place, most = f"forms.{form.code}", form.pages[1] + 1
    extreme = stretched(form.schema(), form.sample)
    try:
        longest = _measure(form, extreme, dress)
        if longest.pages > most and _measure(form, form.sample, dress).pages > most:
            yield error("DD501", place, f"《{form.title}》的样例超过了{most}页，请缩短文字。")
        elif longest.pages > most and longest.pages > _measure(form, extreme, PLAIN).pages + 1:
            yield error("DD501", place, f"《{form.title}》在内容较长时多印出不止一页，请缩短文字。")
        # What the form itself puts at the edge is no fault of the city's.
        if longest.outside and longest.outside > _measure(form, extreme, PLAIN).outside:
            yield error("DD502", place, f"《{form.title}》有文字印到了纸边以外，请缩短文字。")
    except DocumentProblem as problem:
        yield error("DD504", place, f"《{form.title}》不能生成：{problem.message}")


def stretched(schema: Schema, values: Mapping[str, Any]) -> Values:
    """Values with every text that people fill in as long as a long one is."""
    return {name: _stretched(schema.fields[name], value) for name, value in values.items()}


def _stretched(each: fields.Field[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the value is
    if isinstance(each, fields.Nested) and isinstance(value, Mapping):
        return stretched(each.schema, value)
    if isinstance(each, fields.List) and isinstance(value, list):
        return [_stretched(each.inner, one) for one in value]
    most = next((one.max for one in each.validators if isinstance(one, validate.Length) and one.max), 0)
    if not value or not isinstance(value, str) or most <= len(value):
        return value
    return (value * (min(most, LONG) // len(value) + 1))[: max(min(most, LONG), len(value))]


def _measure(form: Form, values: Values, dress: Dress) -> Measured:
    markup = render.html(form, values, dress=dress)
    key = hashlib.sha256(f"{form.layout} {markup}".encode()).hexdigest()
    if key not in _MEASURED:
        if len(_MEASURED) >= MOST_KEPT:
            _MEASURED.clear()
        _MEASURED[key] = measure(render.pdf(markup, form.layout))
    return _MEASURED[key]


def measure(data: bytes) -> Measured:
    """The pages of a print, and its characters at or beyond the edge of the paper."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return Measured(len(pdf), sum(_outside(page) for page in pdf))
    finally:
        pdf.close()


def _outside(page: pypdfium2.PdfPage) -> int:
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = (text.get_charbox(at) for at in range(text.count_chars()))
    inside = (EDGE, EDGE, width - EDGE, height - EDGE)
    return sum(not _is_inside(box, inside) for box in boxes if box[2] > box[0])


def _is_inside(box: tuple[float, float, float, float], room: tuple[float, float, float, float]) -> bool:
    return box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]

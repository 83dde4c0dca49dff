"""What a property form says, as values of a part: texts trimmed, numbers checked, what is locked left alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from saas.web.admin.processes.questions import Question
from saas.workflow import editing
from saas.workflow.editing import EditError, Lock, conditions
from saas.workflow.editing.conditions import Row

Sent = MultiDict[str, str]
TRUE = "true"
ROWS = 6
"""Rows of conditions that a form offers, the filled ones among them."""
_REFUSE_LENGTH = 200
_NESTED: Mapping[str, tuple[Sequence[str], str]] = {
    "message": (("to", "title", "body"), "通知的对象、标题和内容要一起填写。"),
    "sign": (("by", "mode"), "会签的角色和方式要一起填写。"),
    "extend": (("on", "max"), "延长的事项和最长时间要一起填写。"),
    "never": (("by", "to"), "“不得由这个角色”和“办到”要一起填写。"),
}
"""Parts inside a part: the keys that belong together."""


def read(questions: Sequence[Question], sent: Sent, lock: Lock | None) -> dict[str, Any]:
    """The values of a part by key; an EditError names every input that does not hold."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for one in questions:
        outer, _, inner = one.key.partition(".")
        if lock and not lock.allows(outer):
            continue
        try:
            value = _value(one, sent)
        except EditError as error:
            faults |= error.fields
            continue
        if inner:
            values.setdefault(outer, {})[inner] = value
        else:
            values[outer] = _grown(lock, outer, value)
    faults |= _join(values)
    if faults:
        raise EditError(faults)
    return values


def _grown(lock: Lock | None, key: str, value: Any) -> Any:  # noqa: ANN401  any value of a body
    """A list with what the law's pack has in it first."""
    return list(dict.fromkeys([*editing.kept(lock, key), *value])) if isinstance(value, list) else value


def _value(one: Question, sent: Sent) -> Any:  # noqa: ANN401  the value a question of its kind has
    if one.kind == "multichoice":
        return [value for value in sent.getlist(one.name) if value in dict(one.options)]
    text = sent.get(one.name, "").replace("\r\n", "\n").strip()
    if one.kind == "lines":
        return list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
    if one.kind == "boolean":
        return text == TRUE
    if one.kind == "choice":
        return text if text in dict(one.options) else None
    if one.kind == "integer":
        return _integer(one, text)
    if len(text) > one.longest:
        raise EditError({one.name: f"“{one.label}”最多{one.longest}个字，请精简。"})
    return text or None


def _integer(one: Question, text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 5):  # noqa: PLR2004
        raise EditError({one.name: f"“{one.label}”请填写整数。"})
    return int(text) if text else None


def _join(values: dict[str, Any]) -> dict[str, str]:
    """Bring parts inside parts together: whole, or away."""
    faults = {}
    for outer, (needed, told) in _NESTED.items():
        inner = values.get(outer)
        if not isinstance(inner, dict):
            continue
        inner = {key: value for key, value in inner.items() if value}
        missing = [key for key in needed if key not in inner]
        if missing and inner.keys() & set(needed):
            faults[f"{outer}-{missing[0]}"] = told
        values[outer] = None if missing else inner
    if values.get("sign") and values["sign"]["mode"] == "ratio" and not 1 <= values["sign"].get("ratio", 0) <= 100:  # noqa: PLR2004
        faults["sign-ratio"] = "会签比例请填写 1 到 100 的整数。"
    if "only" in values:
        values["only"] = "handler" if values["only"] else None
    return faults


def read_rows(sent: Sent, variables: Mapping[str, tuple[str, str]]) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The conditions of a form, and the types of the fields they ask.

    Raises:
        EditError: a row is half filled in, or its value does not fit.
    """
    types = {name: kind for name, (kind, _) in variables.items()}
    guards: list[dict[str, str]] = []
    used: dict[str, str] = {}
    for number in range(ROWS):
        row = Row(*(sent.get(f"when-{number}-{part}", "").strip() for part in ("field", "relation", "value")))
        if not row.field:
            continue
        try:
            that = conditions.write(row, types)
        except EditError as error:
            raise EditError({f"when-{number}-field": error.fields["when"]}) from error
        refuse = sent.get(f"when-{number}-refuse", "").strip()[:_REFUSE_LENGTH]
        told = conditions.describe(row, {name: word for name, (_, word) in variables.items()})
        guards.append({"that": that, "refuse": refuse or f"须{told}，才能办理。"})
        used[row.field] = types[row.field]
    return guards, used

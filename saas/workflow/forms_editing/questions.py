"""What is typed about a question, as the values of its body; and its conditions as rows."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from saas.fields.form import CHOICES
from saas.workflow.editing.parts import EditError
from saas.workflow.forms_editing.sheets import Question, Sheet, one_line

LONGEST_HINT = 200  # characters
ROWS = 3  # conditions offered beyond those there are
BETWEEN = "="
_NUMBER = re.compile(r"-?\d{1,12}")  # as long as the answers themselves
MASKS: Mapping[str, str] = {"text": "name", "id_number": "id", "phone": "phone", "address": "address"}
"""How answers of a kind are hidden in lists and on pages, where they are."""
LENGTHS = frozenset({"text", "longtext", "address"})
"""The kinds of questions whose answers have a length."""
YES_NO = (("true", "是"), ("false", "否"))

Lists = Mapping[str, Sequence[tuple[str, str]]]


def question(sent: Mapping[str, list[str]], one: Question) -> dict[str, Any]:
    """The values that a filled-in form gives a question of its kind; an EditError names what cannot be."""
    kind = str(one.body["type"])

    def text(name: str) -> str:
        return " ".join((sent.get(name) or [""])[-1].split())

    values: dict[str, Any] = {
        "label": one_line(text("label"), "label"),
        "hint": one_line(text("hint"), "hint", LONGEST_HINT),
        "required": text("required") == "true",
        "sensitive": text("sensitive") == "true",
        "store": text("store") if text("store") in {"case", "step"} else "step",
        "read": sent.get("read", []),
        "show_if": _conditions(sent.get("show_if", [])),
        "print": _printed(text("printed"), sent.get("print", [])),
    }
    if kind in MASKS:
        values["mask"] = MASKS[kind] if text("masked") == "true" else None
    if kind in CHOICES:
        values |= _options(one, (sent.get("options") or [""])[-1], text("list"))
    if kind in LENGTHS:
        values["max_length"] = _number(text("max_length"), "max_length")
    if kind == "integer":
        values |= {name: _number(text(name), name) for name in ("min", "max")} | {"unit": text("unit")}
    return values


def _printed(how: str, codes: list[str]) -> list[str] | None:
    """On which documents: None is those of the step, none at all an empty list."""
    return None if how in {"", "step"} else [] if how == "none" else codes


def _options(one: Question, typed: str, chosen: str) -> dict[str, Any]:
    """The values to choose from: a code list, or a line each; an option whose words stay keeps its value."""
    if chosen:
        return {"list": chosen, "options": []}
    labels = list(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines() if line.strip()))
    if len(labels) < 2:  # noqa: PLR2004  a choice is between two
        raise EditError({"options": "请至少写两个选项，一行一个。"})
    known = {option["label"]: option["value"] for option in one.body.get("options", ())}
    taken = set(known.values())
    fresh = (f"o{number}" for number in range(1, len(labels) + len(taken) + 1) if f"o{number}" not in taken)
    return {
        "list": None,
        "options": [{"value": known[label] if label in known else next(fresh), "label": label} for label in labels],
    }


def _number(typed: str, name: str) -> int | None:
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        raise EditError({name: "请填写整数，不限制的可以不填。"})
    return int(typed)


def _conditions(rows: Sequence[str]) -> dict[str, list[str]]:
    """Rows `field=value` as a condition: several values of one question are alternatives, questions all hold."""
    found: dict[str, list[str]] = {}
    for row in rows:
        field_id, between, value = row.partition(BETWEEN)
        if between and value not in found.setdefault(field_id, []):
            found[field_id].append(value)
    return found


def condition_rows(one: Question) -> list[str]:
    """The rows of a question's condition as they are drawn, with empty ones to fill."""
    condition = one.body.get("show_if") or {}
    rows = [f"{name}{BETWEEN}{_sent(value)}" for name, wanted in condition.items() for value in _values(wanted)]
    return [*rows, *[""] * ROWS]


def _values(wanted: object) -> list[object]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _sent(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def conditions_for(sheet: Sheet, one: Question, lists: Lists) -> list[tuple[str, str]]:
    """What a question may depend on: each value of each choice asked before it."""
    found = []
    for other in sheet.questions[: sheet.questions.index(one)]:
        for value, label in _choices(other, lists):
            found.append((f"{other.id}{BETWEEN}{value}", f"“{other.label}”是“{label}”"))
    return found


def _choices(other: Question, lists: Lists) -> Sequence[tuple[str, str]]:
    if other.body["type"] == "boolean":
        return YES_NO
    if other.body.get("list"):
        return lists.get(str(other.body["list"]), ())
    return [(option["value"], option["label"]) for option in other.body.get("options", ())]

"""Two bodies of a process side by side: what is otherwise, in words and on the map."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from saas.workflow import definition, drawing, surroundings
from saas.workflow.difference import Change, changes, marks

KINDS = {"added": ("增加", "success"), "removed": ("去掉", "danger"), "changed": ("修改", "warning")}


def differing(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> dict[str, Any]:
    """What pages draw of a difference; without an old body everything is new, and only the map is drawn."""
    found = changes(old, new, surroundings.titles(str(new.get("domain")))) if old else []
    return {
        "is_new": old is None,
        "changes": [told(change) for change in found],
        "drawing": _drawing(new, found),
        "old_drawing": _drawing(old, found) if old and any(one.kind == "removed" for one in found) else None,
    }


def told(change: Change) -> dict[str, Any]:
    """A difference as the list of differences draws it."""
    word, tone = KINDS[change.kind]
    return {"word": word, "tone": tone, "sentence": change.sentence}


def _drawing(body: Mapping[str, Any], found: list[Change]) -> Markup | None:
    try:
        parsed = definition.parse(dict(body))
    except definition.DefinitionError:
        return None
    known = {*parsed.states, *(step.id for step in parsed.transitions)}
    marked = {part: mark for part, mark in marks(found).items() if part in known}
    return Markup(drawing.draw(parsed, marks=marked))  # noqa: S704 - drawing escapes every text

"""As much of JSON Schema (draft 2020-12) as the published form of the embedded data uses; unknown words are refused."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "type": lambda rule, value: any(TYPES[one](value) for one in ([rule] if isinstance(rule, str) else rule)),
    "required": lambda rule, value: not set(rule) - value.keys(),
    "enum": lambda rule, value: value in rule,
    "const": lambda rule, value: value == rule,
    "pattern": lambda rule, value: value is None or re.search(rule, value) is not None,
    "minimum": lambda rule, value: value is None or value >= rule,
}
INSIDE = frozenset({"properties", "items", "$ref"})
SILENT = frozenset({"$schema", "$defs", "title", "description", "additionalProperties"})


def faults(schema: Schema, value: object, whole: Schema, where: str = "") -> Iterator[str]:
    """What is wrong with a value: where, and which rule it breaks."""
    for word, rule in schema.items():
        if word in INSIDE:
            for name, inner, one in _inside(word, schema, value, whole):
                yield from faults(inner, one, whole, f"{where}{name}")
        elif word not in SILENT and not CHECKS[word](rule, value):
            yield f"{where}: {word} {rule}"
    if schema.get("additionalProperties") is False and isinstance(value, dict):
        yield from (f"{where}/{name}: unknown" for name in value if name not in schema["properties"])


def _inside(word: str, schema: Schema, value: object, whole: Schema) -> Iterator[tuple[str, Schema, object]]:
    """The values inside a value, each with its name and its own schema."""
    if word == "$ref":
        yield "", whole["$defs"][schema[word].removeprefix("#/$defs/")], value
    elif word == "items" and isinstance(value, list):
        yield from ((f"/{index}", schema[word], one) for index, one in enumerate(value))
    elif word == "properties" and isinstance(value, dict):
        yield from ((f"/{name}", schema[word][name], one) for name, one in value.items() if name in schema[word])

"""What stands around a definition: forms, documents and rules of its line of work, and the pack under it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from saas.fields.definition import FormDefinition
from saas.workflow import definition
from saas.workflow.process import Definition

# Lines of work stand above this package, so they are only known by what the application holds.
DOMAINS = "fengqiao.domains"


@dataclass(frozen=True)
class Surroundings:
    """What a definition may refer to; ``base`` is the statutory body it stands on, if there is one."""

    fields: Mapping[str, FormDefinition] = field(default_factory=dict)
    form_codes: Collection[str] = frozenset()
    rules: Collection[str] = frozenset()
    base: Mapping[str, Any] | None = None


def around(parsed: Definition) -> Surroundings:
    """The surroundings of a definition; a process of the city's own has only what it brings itself."""
    own = {paper.code for paper in parsed.papers}
    line = next((one for one in current_app.extensions[DOMAINS] if one.name == parsed.domain), None)
    if line is None:
        return Surroundings(parsed.forms, own)
    codes = {form.code for form in line.forms} | own
    return Surroundings({**line.fields, **parsed.forms}, codes, set(line.rules), pack(parsed.key))


def pack(key: str) -> dict[str, Any] | None:
    """The statutory body of a process; None where no line of work has one."""
    packs = (one for line in current_app.extensions[DOMAINS] for one in line.processes)
    found = next((one for one in packs if one.key == key), None)
    return definition.load(found.national) if found else None

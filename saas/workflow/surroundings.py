"""What stands around a definition: forms, documents and rules of its line of work, and the pack under it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from saas.fields.definition import FormDefinition
from saas.workflow import definition
from saas.workflow.forms import extended
from saas.workflow.process import Definition
from saas.workflow.threeway import base_version

# Lines of work stand above this package, so they are only known by what the application holds.
DOMAINS = "fengqiao.domains"


@dataclass(frozen=True)
class Surroundings:
    """What a definition may refer to; ``base`` is the statutory body it stands on, if there is one."""

    fields: Mapping[str, FormDefinition] = field(default_factory=dict)
    form_codes: Collection[str] = frozenset()
    rules: Collection[str] = frozenset()
    base: Mapping[str, Any] | None = None
    line_fields: Mapping[str, FormDefinition] = field(default_factory=dict)
    """The forms of the line of work as it declares them, without what a city adds."""
    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The codes of the code lists that lines of work declare; a city's own lists are not among them."""


def around(parsed: Definition) -> Surroundings:
    """The surroundings of a definition; a process of the city's own has only what it brings itself."""
    own = {paper.code for paper in parsed.papers}
    lists = _lists()
    line = line_of(parsed.domain)
    if line is None:
        return Surroundings(parsed.forms, own, lists=lists)
    codes = {form.code for form in line.forms} | own
    declared = {key: extended(form, parsed.extra_fields.get(key, ())) for key, form in line.fields.items()}
    rules, base = set(line.rules), _pack_under(parsed)
    return Surroundings({**parsed.forms, **declared}, codes, rules, base, line.fields, lists)


def line_of(domain: str) -> Any:  # noqa: ANN401  declared above this package
    """The line of work of that name; None for one that the city makes itself."""
    return next((one for one in current_app.extensions[DOMAINS] if one.name == domain), None)


def stands_on(parsed: Definition) -> int:
    """The version of the pack a definition stands on; one nobody changed is the pack itself."""
    return base_version(parsed.body)


def _pack_under(parsed: Definition) -> dict[str, Any] | None:
    """The pack a definition stands on, as it was kept; else as it is now. A newer one is offered, never put under."""
    newest = pack(parsed.key)
    if newest is None or stands_on(parsed) >= newest["version"]:
        return newest
    return earlier_pack(parsed.key, stands_on(parsed)) or newest


def _lists() -> dict[str, frozenset[str]]:
    lines = current_app.extensions[DOMAINS]
    return {key: frozenset(dict(entries)) for line in lines for key, entries in line.code_lists.items()}


def pack(key: str) -> dict[str, Any] | None:
    """The statutory body of a process; None where no line of work has one."""
    file = _pack_file(key)
    return _read(file) if file else None


def earlier_pack(key: str, version: int) -> dict[str, Any] | None:
    """The statutory body as it was in an earlier version; None where it was not kept.

    When the file of a pack is given a new version, the old file stays beside it: `name.v1.yaml` beside `name.yaml`.
    """
    file = _pack_file(key)
    kept = file.with_name(f"{file.stem}.v{version}{file.suffix}") if file else None
    return _read(kept) if kept and kept.exists() else None


def _read(file: Path) -> dict[str, Any]:
    """A pack's body, anew for each who asks; a page of a draft asks four times."""
    body: dict[str, Any] = json.loads(_plain(file, file.stat().st_mtime_ns))
    return body


@lru_cache(maxsize=64)
def _plain(file: Path, _written: int) -> str:
    """A pack as JSON, which is read twenty times as fast as YAML; kept until the file is another."""
    return json.dumps(definition.load(file), ensure_ascii=False)


def _pack_file(key: str) -> Path | None:
    packs = (one for line in current_app.extensions[DOMAINS] for one in line.processes)
    return next((one.national for one in packs if one.key == key), None)


def titles(domain: str) -> dict[str, str]:
    """What the forms and documents of a line of work are called, by key and code."""
    line = line_of(domain)
    if line is None:
        return {}
    return {key: form.title for key, form in line.fields.items()} | {form.code: form.title for form in line.forms}

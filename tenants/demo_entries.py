"""Invented entries of registers for the demo cities, through the same services that people use."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from saas.demo import DemoEntry, DemoSite
from saas.domain import Domain
from saas.fields.definition import FormDefinition
from saas.identity.actor import SYSTEM
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from saas.registers import catalogue, queries, services


def load(line: Domain, site: DemoSite) -> Mapping[str, Sequence[str]]:
    """Add the entries that a line invents, those of a name that is there already left out; all ids by register.

    A city's entries are the same whatever cases are loaded, and however often.
    """
    rng = Random(f"{site.code} {line.name}")  # noqa: S311 - invented people, no secret
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    units = {unit.name: unit for unit in organisation.list_bodies()}
    for one in line.demo_entries(site, rng) if line.demo_entries else ():
        register = catalogue.find(one.register).register
        known = names[one.register] = names[one.register] or queries.ids_by_name(register)
        name = str(one.values[register.name_field])
        if name not in known:
            known[name] = _add(one, units[one.body], names)
    return {key: list(found.values()) for key, found in names.items()}


def _add(one: DemoEntry, unit: Unit, names: Mapping[str, Mapping[str, str]]) -> str:
    declared = catalogue.find(one.register)
    values = _referring(declared.form, one.values, names)
    entry = services.add(declared.register, values, unit, by=SYSTEM, status=one.status)
    for kind, day, told in one.records:
        services.add_record(entry, kind, told, day, by=SYSTEM)
    return str(entry.id)


def _referring(
    form: FormDefinition, values: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The values with ids in the place of the names of other entries."""
    asked = {field.id: field.register for field in form.fields if field.register}
    return {id_: names[asked[id_] or ""][value] if id_ in asked and value else value for id_, value in values.items()}

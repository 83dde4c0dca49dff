"""Statutory packs for tests: legal aid, a notary's work, the mediation of this repository; and cities over them."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from blueprints.mediation.domain import DOMAIN
from saas.embedded import ROOT
from saas.fields.form import FormDefinition
from saas.workflow.checks import Around, Problem, check
from saas.workflow.definition import load, merge, parse

FOLDER = ROOT / "tests" / "fixtures" / "processes"
MEDIATION = DOMAIN.processes[0]
NAMES = ("legal_aid", "notary", "mediation")
CITIES = ("legal_aid.baoding", "notary.zunyi", "mediation.beijing", "mediation.zunyi")
_DIVISIONS = {"beijing": "110000", "zunyi": "520300"}


@cache
def _read(name: str) -> dict[str, Any]:
    line, _, city = name.partition(".")
    if line != "mediation":
        return load(FOLDER / f"{name}.yaml")
    return load(MEDIATION.local[_DIVISIONS[city]] if city else MEDIATION.national)


def pack(name: str) -> dict[str, Any]:
    """A copy of a pack that may be changed."""
    return deepcopy(_read(name))


def overlay(name: str) -> dict[str, Any]:
    """A copy of what a city changes, by `line.city`."""
    return deepcopy(_read(name))


def city(name: str) -> dict[str, Any]:
    """The body a city runs, by `line.city`."""
    return merge(pack(name.partition(".")[0]), overlay(name))


def forms(name: str) -> Mapping[str, FormDefinition]:
    """The forms of the line of work; the fixtures bring their own."""
    return DOMAIN.fields if name.startswith("mediation") else {}


def found(name: str, body: dict[str, Any], *, locked: bool = True, around: Around | None = None) -> list[Problem]:
    """Everything wrong with a body that stands on a pack."""
    base = _read(name.partition(".")[0])
    steps = [*base["opens"], *base["transitions"]]
    codes = {code for step in steps for code in step.get("documents", ())} | {form.code for form in DOMAIN.forms}
    rules = set(DOMAIN.rules)
    return check(parse(body), forms(name), codes, rules, base=base if locked else None, around=around)

"""Every line of work has the agreed folder, and processes that hold together in every city."""

from collections.abc import Mapping
from typing import Any

import pytest

import blueprints
from saas.documents.press_styles import TEMPLATES
from saas.domain import KERNEL_ROLES, Domain, ProcessPack
from saas.embedded import ROOT
from saas.identity.permissions import KernelPermission as Kernel
from saas.indicators.inspected import STAGES
from saas.inspections.declaration import InspectionKind
from saas.workflow import services
from saas.workflow.checks import check
from saas.workflow.definition import load, parse
from saas.workflow.process import Definition, Transition, Way
from tenants import starter

DOMAINS = sorted(blueprints.discover(), key=lambda line: line.name)
CITIES = sorted(path.stem for path in starter.STARTERS.glob("*.yaml"))
FOLDER = ("__init__.py", "domain.py", "rules.py", "processes", "fields", "documents")
KINDS = {"duty", "right", "notice", "fixed"}
UNITS = {"hour", "day", "workday", "month"}

each_line = pytest.mark.parametrize("line", DOMAINS, ids=lambda line: line.name)
VERSIONS = [(line, pack, city) for line in DOMAINS for pack in line.processes for city in CITIES]
each_version = pytest.mark.parametrize(
    ("line", "pack", "city"), VERSIONS, ids=[f"{pack.key}-{city}" for _, pack, city in VERSIONS]
)


def read(pack: ProcessPack, city: str) -> Definition:
    """The process as a city runs it."""
    return parse(services.read_pack(pack.national, pack.local, starter.load(city).division))


def clocks(pack: ProcessPack, city: str) -> Mapping[str, Mapping[str, Any]]:
    """The city's limits by id, as they are written."""
    written: Mapping[str, Mapping[str, Any]] = services.read_pack(
        pack.national, pack.local, starter.load(city).division
    )["clocks"]
    return written


@each_line
def test_a_line_has_the_agreed_folder(line: Domain) -> None:
    folder = ROOT / "blueprints" / line.name

    assert [name for name in FOLDER if not (folder / name).exists()] == []


@each_line
def test_the_folder_says_which_laws_it_follows_and_where_to_begin(line: Domain) -> None:
    told = (ROOT / "blueprints" / line.name / "__init__.py").read_text("utf-8")

    assert [law for law in line.laws if law not in told] == []
    assert line.title in told
    assert "domain" in told


@each_line
def test_what_a_line_declares_is_there(line: Domain) -> None:
    forms = {form.code for form in line.forms}
    categories = {category.code for category in line.file_categories}
    wanted = {code for item in line.volume for code in item.forms}

    assert wanted <= forms
    assert {code for item in line.volume for code in item.categories} <= categories
    assert [form.template for form in line.forms if not (TEMPLATES / form.template).exists()] == []


@each_line
def test_every_place_of_a_file_can_be_told_from_the_others(line: Domain) -> None:
    keys = {pack.key for pack in line.processes}
    for names in (
        [item.title for item in line.volume],
        [code for item in line.volume for code in item.forms],
        [code for item in line.volume for code in item.categories],
    ):
        assert sorted(names) == sorted(set(names)), "a city that orders its files would have it twice"
    assert {key for item in line.volume for key in item.processes} <= keys


@each_version
def test_a_process_has_no_fault_in_any_city(line: Domain, pack: ProcessPack, city: str) -> None:
    problems = check(read(pack, city), line.fields, {form.code for form in line.forms}, set(line.rules))

    assert [problem for problem in problems if problem.severity == "error"] == []


@each_version
def test_every_limit_names_its_law_and_whether_it_was_verified(line: Domain, pack: ProcessPack, city: str) -> None:
    faulty = [
        id_
        for id_, clock in clocks(pack, city).items()
        if not clock.get("law") or not isinstance(clock.get("verified"), bool)
    ]

    assert faulty == []


@each_version
def test_every_limit_is_of_a_kind_and_counted_in_a_unit(line: Domain, pack: ProcessPack, city: str) -> None:
    written = clocks(pack, city).values()

    assert {clock["kind"] for clock in written} <= KINDS
    assert {clock["unit"] for clock in written} <= UNITS


@each_version
def test_every_step_names_its_law(line: Domain, pack: ProcessPack, city: str) -> None:
    definition = read(pack, city)
    steps: list[Way | Transition] = [*definition.opens, *definition.transitions]

    assert [step.id for step in steps if not step.law] == []


@each_version
def test_a_setting_named_by_a_limit_is_declared(line: Domain, pack: ProcessPack, city: str) -> None:
    named = {clock["setting"] for clock in clocks(pack, city).values() if clock.get("setting")}

    assert named <= {setting.key for setting in line.settings}


INSPECTIONS = [(line, kind) for line in DOMAINS for kind in line.inspections]
SORTS = {"cases", "register"}


def _registers(line: Domain) -> set[str]:
    return {one.key for one in line.registers}


@pytest.mark.parametrize(("line", "kind"), INSPECTIONS, ids=[kind.key for _, kind in INSPECTIONS])
def test_an_inspection_says_what_by_whom_and_against_what(line: Domain, kind: InspectionKind) -> None:
    roles = {role.code for role in line.roles}
    points = [least for _, _, least in kind.grades]

    assert kind.key.startswith(f"{line.name}.")
    assert set(kind.permissions) <= {str(one) for one in (*Kernel, *line.permissions)}
    assert kind.objects.partition(":")[0] in SORTS
    assert kind.objects.partition(":")[2] in {*(pack.key for pack in line.processes), *_registers(line)}
    assert kind.inspectors in {"", *roles}
    assert kind.law
    assert kind.per_object > 0
    assert set(kind.failing) <= {code for code, _ in kind.outcomes}
    assert not kind.criteria or (kind.grades and points == sorted(points, reverse=True) and kind.most >= points[0])
    assert not {code for code, _ in kind.outcomes} & set(STAGES)


@each_line
def test_figures_of_inspections_are_of_declared_kinds_and_grades(line: Domain) -> None:
    outcomes = {kind.key: {code for code, _ in kind.outcomes} | set(STAGES) for kind in line.inspections}
    counted = [one for one in line.indicators if one.measure == "inspected"]

    assert [one.code for one in counted if not set(one.states) <= outcomes.get(one.process, set())] == []
    assert [one.code for one in counted if set(one.states) & set(STAGES) and len(one.states) > 1] == []


def test_a_role_that_lines_share_has_one_title_and_nothing_that_one_of_them_keeps_from_it() -> None:
    declared = [role for line in DOMAINS for role in line.roles]
    shared = {role.code: [other for other in declared if other.code == role.code] for role in declared}

    assert [code for code, roles in shared.items() if len({role.title for role in roles}) > 1] == []
    assert [
        code
        for code, roles in shared.items()
        if frozenset().union(*(role.permissions for role in roles)) & frozenset().union(*(role.never for role in roles))
    ] == []


@each_line
def test_fields_are_kept_for_roles_that_there_are(line: Domain) -> None:
    known = {"citizen", *(role.code for role in (*KERNEL_ROLES, *line.roles))}
    named = {role for form in line.fields.values() for field in form.fields for role in (*field.read, *field.write)}

    assert named <= known


@pytest.mark.parametrize("pack", [pack for line in DOMAINS for pack in line.processes], ids=lambda pack: pack.key)
def test_a_pack_keeps_its_earlier_versions_for_cities_that_stand_on_them(pack: ProcessPack) -> None:
    newest = load(pack.national)["version"]
    kept = {load(file)["version"]: file for file in pack.national.parent.glob(f"{pack.national.stem}.v*.yaml")}

    assert sorted(kept) == list(range(1, newest))
    assert [file.name for version, file in kept.items() if not file.stem.endswith(f".v{version}")] == []
    assert [local for local in pack.local.values() if load(local)["base"]["version"] != newest] == []

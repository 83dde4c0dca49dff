"""The platform has a place for each of its modules, and knows neither the lines of work nor their laws."""

import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import blueprints
import saas
from saas.embedded import ROOT

BELOW = ("saas", "tenants", "templates/components", "templates/layouts", "templates/staff", "saas/static/src")
SOURCES = sorted(
    {path for folder in BELOW for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".html", ".js"}}
)
BOOTSTRAP = {"bootstrap", "static"}
GENERAL = ("民法典", "GB/T", "公文处理", "档案")
"""Law of time, paper and archives, which binds every office."""


def forbidden() -> list[str]:
    """Names of lines of work and of their laws, as text would show them."""
    lines = blueprints.discover()
    laws = {part for line in lines for law in line.laws for part in (law, law.removeprefix("中华人民共和国"))}
    return sorted({line.title for line in lines} | laws - set(GENERAL))


def layered() -> set[str]:
    """The modules of the platform that the import contracts give a layer."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return {
        name
        for contract in contracts
        if contract.get("containers") == ["saas"]
        for layer in contract["layers"]
        for name in re.findall(r"[a-z_]+", layer)
    }


def test_every_module_of_the_platform_is_in_a_layer() -> None:
    modules = {module.name for module in pkgutil.iter_modules(saas.__path__)}

    assert sorted(modules - layered() - BOOTSTRAP) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_platform_names_no_line_of_work_and_none_of_its_laws(path: Path) -> None:
    text = path.read_text("utf-8")

    assert [name for name in forbidden() if name in text] == []


@pytest.mark.parametrize("line", sorted(line.name for line in blueprints.discover()))
def test_the_platform_names_no_code_of_a_line_of_work(line: str) -> None:
    code = re.compile(rf"\b{line}\b(?!\.yaml)")
    below = [path for path in SOURCES if path.suffix == ".py"]

    assert [str(path.relative_to(ROOT)) for path in below if code.search(path.read_text("utf-8"))] == []

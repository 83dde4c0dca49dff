"""Every setting, of the deployment and of a city, has a default, a source and a place in the documents."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import blueprints
from saas.config import Config
from saas.embedded import ROOT
from saas.settings.declaration import KERNEL_SETTINGS, Setting

TYPES = {"integer": int, "text": str, "boolean": bool, "date": str}
LINES = [setting for line in blueprints.discover() for setting in line.settings]
SETTINGS = sorted((*KERNEL_SETTINGS, *LINES), key=lambda setting: setting.key)
READMES = ("README.md", "README.zh-CN.md")
VARIABLE = re.compile(r"\b(?:FENGQIAO_[A-Z_]+|DATABASE_URL)\b")
each_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)


def variables(path: Path) -> set[str]:
    """The environment variables that a file names."""
    return set(VARIABLE.findall(path.read_text("utf-8")))


@each_setting
def test_a_setting_has_a_default_of_its_kind(setting: Setting) -> None:
    assert isinstance(setting.default, TYPES[setting.kind])


@each_setting
def test_a_setting_says_what_it_does_and_where_it_comes_from(setting: Setting) -> None:
    assert setting.title
    assert setting.help.endswith("。")
    assert setting.source


@each_setting
def test_a_number_has_bounds_that_hold_its_default(setting: Setting) -> None:
    if setting.kind == "integer":
        assert setting.minimum is not None
        assert setting.maximum is not None
        assert setting.minimum <= setting.default <= setting.maximum


def test_a_setting_belongs_to_one_declaration() -> None:
    keys = [setting.key for setting in SETTINGS]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", READMES)
def test_the_readme_lists_every_variable_of_the_deployment_and_no_other(name: str) -> None:
    assert variables(ROOT / name) == variables(ROOT / "saas" / "config.py")


@pytest.mark.parametrize("name", READMES)
def test_the_readme_lists_every_setting_of_a_city(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert [setting.key for setting in SETTINGS if f"`{setting.key}`" not in text] == []


def test_every_field_of_the_configuration_is_described() -> None:
    described = Config.__doc__ or ""

    assert [field.name for field in fields(Config) if f"{field.name}: " not in described] == []


def test_only_what_a_machine_can_make_for_itself_has_no_default() -> None:
    needed = {field.name for field in fields(Config) if field.default is MISSING}

    assert needed == {"database_url", "secret_key", "database_secret", "storage_dir"}

"""PostgreSQL's programs are taken from the Python package first, from the machine otherwise."""

from pathlib import Path

import pytest

from saas import postgres_binaries
from saas.postgres_binaries import LOWEST_VERSION, copied, find_binaries, major_version


def _fake(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return folder


def test_the_python_package_brings_a_recent_one(tmp_path: Path) -> None:
    found = find_binaries(tmp_path)
    assert found is not None
    assert major_version(found) >= LOWEST_VERSION


def test_the_version_is_read_from_the_program(tmp_path: Path) -> None:
    assert major_version(_fake(tmp_path / "bin", "16.4 (Debian)")) == 16


def test_a_folder_without_postgresql_has_version_zero(tmp_path: Path) -> None:
    assert major_version(tmp_path) == 0


def test_one_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [_fake(tmp_path / "old", "14.2"), _fake(tmp_path / "new", "15.9")]
    monkeypatch.setattr(postgres_binaries, "_candidates", lambda _root: iter(folders))
    assert find_binaries(tmp_path) == tmp_path / "new"


def test_a_copy_of_the_packages_programs_runs_by_itself(tmp_path: Path) -> None:
    found = find_binaries(tmp_path)
    assert found is not None
    copy = copied(found, tmp_path / "aside")
    assert copy.is_relative_to(tmp_path)
    assert major_version(copy) == major_version(found)
    assert copied(found, tmp_path / "aside") == copy

"""What is installed is the same everywhere: exact versions, digests, and no addresses."""

import json
import re

import pytest

from saas.bootstrap.project import ROOT

LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "saas/bootstrap/pins/installer.txt",
    "saas/bootstrap/pins/node.txt",
]


def _versions(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for package, version in re.findall(r"^([\w.\-\[\]]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE):
        found.setdefault(package, []).append(version)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_digest(name: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_development_lock_holds_everything_that_runs_in_the_same_version() -> None:
    development = _versions("requirements-dev.txt")
    differing = {name for name, found in _versions("requirements.txt").items() if development.get(name) != found}
    assert differing == set()


def test_npm_packages_are_exact_and_checked_by_digest() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert [path for path, entry in packages.items() if "resolved" in entry] == []
    assert [path for path, entry in packages.items() if "integrity" not in entry] == []


def test_npm_versions_are_written_out() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    wanted = package["dependencies"] | package["devDependencies"]
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []

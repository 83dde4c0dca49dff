"""The parts this product is made of, as a CycloneDX document out of the locked lists."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SPECIFICATION = "1.6"


def bill(root: Path) -> dict[str, Any]:
    """The bill of materials.

    Args:
        root: The folder with ``requirements.txt`` and ``package-lock.json``.

    Returns:
        A CycloneDX 1.6 document: every locked package with version, package address and digests.
    """
    python = _python((root / "requirements.txt").read_text(encoding="utf-8"))
    node = _node(json.loads((root / "package-lock.json").read_text(encoding="utf-8")))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "fengqiao"}},
        "components": [*python, *node],
    }


def _python(locked: str) -> Iterator[dict[str, Any]]:
    """A component for every ``name==version`` with the digests that follow it."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", locked):
        if found := LOCKED.match(block):
            name, version = found.groups()
            digests = [{"alg": "SHA-256", "content": digest} for digest in DIGEST.findall(block)]
            yield _component(name, version, f"pkg:pypi/{name.lower()}@{version}", digests)


def _node(lock: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A component for every package that is served or builds what is served."""
    for path, entry in lock["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            address = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
            yield _component(name, entry["version"], address, [])


def _component(name: str, version: str, address: str, digests: list[dict[str, str]]) -> dict[str, Any]:
    known: dict[str, Any] = {"type": "library", "name": name, "version": version, "purl": address, "bom-ref": address}
    return known | ({"hashes": digests} if digests else {})

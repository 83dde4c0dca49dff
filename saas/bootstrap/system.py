"""What the machine itself must have: the libraries that print, and a browser for tests."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from ctypes.util import find_library
from pathlib import Path

from saas.bootstrap.project import BIN, StepError, run, say

LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
FOR_TESTS = ("fonts-noto-cjk", "pgbouncer", "postgresql")
# Other hands that read our PDFs: signatures, structure, and the archival standard (which needs a Java).
READERS = (
    *("poppler-utils", "qpdf", "libpdfbox2-java"),
    *("libjaxb-api-java", "libbcprov-java", "libbcpkix-java", "libbcmail-java", "libcommons-logging-java"),
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def ensure_libraries() -> None:
    """Install the libraries that make PDFs, and what makes a virtual environment.

    Raises:
        StepError: Something is missing and cannot be installed from here.
    """
    wanted = [package for library, package in LIBRARIES.items() if find_library(library) is None]
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    install(wanted)


def ensure_browser() -> None:
    """Install what tests need: Chromium and Chinese fonts for it, another PostgreSQL, PgBouncer, readers of PDFs.

    Raises:
        StepError: Neither the machine's packages nor the driver's own download could be had.
    """
    missing = [package for package in (*FOR_TESTS, *READERS) if not _installed(package)]
    if shutil.which("java") is None:
        missing.append("default-jre-headless")
    if find_browser() is None and _offers("chromium"):
        missing.append("chromium")
    install(missing)
    if find_browser() is None:
        say("Downloading a Chromium for the browser tests.")
        run([BIN / "playwright", "install", "chromium"], "No Chromium could be installed for the browser tests.")


def find_browser() -> str | None:
    """The path of the machine's Chromium."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def install(packages: Sequence[str]) -> None:
    """Install packages of Debian or Ubuntu, as root or through sudo.

    Raises:
        StepError: They are missing and we may not or cannot install them.
    """
    if not packages:
        return
    names = " ".join(packages)
    prefix = _privilege()
    if prefix is None or not shutil.which("apt-get"):
        raise StepError(f"Please have these packages installed, then start again: apt-get install {names}")
    say(f"Installing packages of the machine: {names}.")
    command = [
        *prefix,
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=300",
        "install",
        "-y",
        "--no-install-recommends",
        *packages,
    ]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if _succeeds(command, environment):
        return
    run([*prefix, "apt-get", "update"], "The machine's list of packages could not be brought up to date.")
    run(command, f"The machine's packages could not be installed: {names}.", env=environment)


def _privilege() -> list[str] | None:
    """The words in front of a command only root may run; sudo asks for a password only where somebody sits."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and sys.stdin.isatty():
        return [sudo, "DEBIAN_FRONTEND=noninteractive"]
    if sudo and _succeeds([sudo, "-n", "true"]):
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _installed(package: str) -> bool:
    if not shutil.which("dpkg-query"):
        return True
    asked = ["dpkg-query", "-W", "-f", "${Status}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.endswith(" installed")


def _offers(package: str) -> bool:
    """Whether the machine's packages hold a real one of this name; Ubuntu's chromium only points elsewhere."""
    if not shutil.which("apt-get"):
        return False
    release = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return "ID=ubuntu" not in release or package != "chromium"


def _succeeds(command: Sequence[str], environment: dict[str, str] | None = None) -> bool:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)
    return done.returncode == 0

"""What each verb of the Makefile does."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from saas.bootstrap import assets, database, python, system
from saas.bootstrap.foreground import foreground
from saas.bootstrap.preparation import FONTS, built, prepared, ready
from saas.bootstrap.project import BIN, PYTHON, ROOT, VAR, StepError, application_environment, say
from saas.bootstrap.stamps import one_at_a_time

PORTS = range(1, 65536)
TEST_ORDER = "20261122"
TEST_PROCESSES = "2"
TYPES = ("mypy",)
LAYERS = ("lint-imports",)
CHECKS = {
    "lint": (
        ("ruff", "check"),
        ("ruff", "format", "--check"),
        TYPES,
        LAYERS,
        ("djlint", "templates", "--lint"),
    ),
    "fix": (("ruff", "check", "--fix"), ("ruff", "format")),
    "types": (TYPES,),
    "layers": (LAYERS,),
}


def setup() -> int:
    """Everything installed, built, started and migrated; PostgreSQL is left running."""
    with one_at_a_time():
        ready(development=False)
    say("Everything is ready. 'make run' serves.")
    return 0


def build() -> int:
    """Everything installed and built that needs no database, as an image of the application wants it."""
    with one_at_a_time():
        built(development=False)
    return 0


def serve() -> int:
    """Set up what is missing, then serve in the foreground."""
    port = _port()
    with prepared(development=False):
        return foreground([PYTHON, "-m", "saas.bootstrap.serve", str(port)])


def test() -> int:
    """Set up what is missing, then run the tests."""
    with prepared(development=True):
        part = os.environ.get("T", "").split()
        # One order that can be had again; `pytest` by itself shuffles anew each time.
        order = f"--randomly-seed={TEST_ORDER}"
        command = ["-p", "saas.bootstrap.timing", "-n", TEST_PROCESSES, "--dist", "loadscope", order, *part]
        return foreground([PYTHON, "-m", "pytest", *command], _test_environment())


def bench() -> int:
    """Set up what is missing, then run the benchmarks."""
    with prepared(development=True):
        (ROOT / "build").mkdir(exist_ok=True)
        command: list[Path | str] = [PYTHON, "-m", "tests.benchmarks", "-o", "build/bench.json"]
        return foreground(command, _test_environment())


def checks(verb: str) -> int:
    """Run the static checks of a verb; all of them, even when an early one fails.

    Args:
        verb: lint, fix, types or layers.
    """
    with one_at_a_time():
        python.ensure_packages(development=True)
    failed = [" ".join(command) for command in CHECKS[verb] if foreground([BIN / command[0], *command[1:]]) != 0]
    for command in failed:
        say(f"Failed: {command}")
    return 1 if failed else 0


def check() -> int:
    """The static checks, then the tests."""
    return checks("lint") or test()


def command(*words: str) -> int:
    """Set up what is missing, then run one of the application's commands.

    Args:
        words: The command and its arguments.
    """
    with prepared(development=False):
        return foreground([BIN / "flask", *words])


def migration() -> int:
    """Draft the next migration: M="what changes", SCOPE=tenant or platform."""
    message = os.environ.get("M")
    if not message:
        raise StepError("Say what changes: make migration M='add a table' SCOPE=tenant")
    drafted = command("platform", "revision", "--scope", os.environ.get("SCOPE") or "tenant", "-m", message)
    return drafted or command("platform", "base")


def tenant() -> int:
    """Make a city: CODE=langfang NAME=廊坊市."""
    code, name = os.environ.get("CODE"), os.environ.get("NAME")
    if not (code and name):
        raise StepError("Say which city: make tenant CODE=langfang NAME=廊坊市")
    return command("tenant", "create", code, "--name", name)


def stop() -> int:
    """Stop PostgreSQL."""
    database.stop()
    return 0


def clean() -> int:
    """Remove what was built; data, secrets and installed packages stay."""
    for path in (VAR / "stamps", assets.DIST, FONTS, ROOT / "build"):
        shutil.rmtree(path, ignore_errors=True)
    for cache in (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache"):
        shutil.rmtree(ROOT / cache, ignore_errors=True)
    return 0


VERBS: Mapping[str, Callable[[], int]] = {
    "setup": setup,
    "build": build,
    "run": serve,
    "test": test,
    "bench": bench,
    "lint": lambda: checks("lint"),
    "fix": lambda: checks("fix"),
    "types": lambda: checks("types"),
    "layers": lambda: checks("layers"),
    "check": check,
    "migration": migration,
    "migrate": lambda: command("platform", "migrate") or command("tenant", "migrate"),
    "tenant": tenant,
    "demo": lambda: command("demo", "load"),
    "shell": lambda: command("shell"),
    "stop": stop,
    "clean": clean,
}


def _port() -> int:
    """The port the person asked for, 8000 otherwise."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or int(text) not in PORTS:
        raise StepError(f"PORT must be a number from 1 to 65535, not {text}.")
    return int(text)


def _test_environment() -> dict[str, str]:
    """The application's environment and where the browser is."""
    browser = system.find_browser()
    return application_environment() | ({"FENGQIAO_TEST_BROWSER": browser} if browser else {})

"""The folders of this copy of the project, and how a step speaks and runs programs."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
LAST_LINES = 20

DEMO_FACTOR = "FENGQIAO_OPERATOR_SECOND_FACTOR"


class StepError(RuntimeError):
    """A step could not be done; the text says in one sentence what went wrong and what helps."""


def say(line: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(line, flush=True)


def application_environment() -> dict[str, str]:
    """The environment the project's own commands run in."""
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", os.defpath)))
    own = {"FLASK_APP": "wsgi", "PATH": path, "PYTHONUNBUFFERED": "1"}
    # What runs here listens to this machine alone, and the demonstration's operator has a password to show.
    own |= {DEMO_FACTOR: os.environ.get(DEMO_FACTOR, "optional")}
    # Compiled modules are kept whatever the caller's habit is: without them each start takes seconds more.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def run(command: Sequence[str | Path], failure: str, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a program silently and answer what it printed, without what it said on standard error.

    Args:
        command: The program and its arguments.
        failure: The sentence for the person when it fails.
        env: The whole environment, ours when not given.
        cwd: The folder to run in.

    Raises:
        StepError: It failed; its last lines have been printed to standard error.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=env,
            cwd=cwd,
            check=False,
        )
    except OSError as error:
        raise StepError(f"{failure} ({error})") from error
    if done.returncode != 0:
        sys.stderr.write("\n".join((done.stdout + done.stderr).splitlines()[-LAST_LINES:]) + "\n")
        raise StepError(failure)
    return done.stdout


def flask(*arguments: str) -> str:
    """Run one of the application's commands and answer what it printed.

    Raises:
        StepError: The command failed.
    """
    name = " ".join(arguments)
    return run([BIN / "flask", *arguments], f"'flask {name}' failed.", env=application_environment())

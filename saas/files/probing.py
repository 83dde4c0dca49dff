"""Starts other programs on what people sent in: with limits, nothing of our environment, and an end."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from saas.files.pdf_checks import BLOATED
from saas.files.unwanted import PRINT_FIRST, UnwantedError

PROGRAM = Path(__file__).with_name("probe_program.py")
ROOT = Path(__file__).parents[2]  # where a module of ours is found that is run as a program
OFFICE = ("soffice", "libreoffice")
LARGEST_FILE = 128 << 20  # bytes of a file that a program writes
BLOCK = 512  # bytes, as the shell counts them
LIMITED = 'ulimit -t "$1" && ulimit -v "$2" && ulimit -f "$3" && ulimit -c 0 && shift 3 && exec "$@"'
PAUSE = 2.0  # seconds between two looks at who waits
TOO_HEAVY = f"这个 PDF 第 {{page}} 页太复杂，画不出来，不能收。{PRINT_FIRST}"

Waiting = Callable[[], object]


@dataclass(frozen=True)
class Limits:
    """What a program may use.

    Attributes:
        seconds: Until it is ended, whatever it does.
        computing: Seconds of the processor.
        megabytes: Of memory addresses.
    """

    seconds: float
    computing: int
    megabytes: int


@dataclass(frozen=True)
class Ended:
    """How a program ended: its code, None when its time was up; and what it had written by then."""

    code: int | None
    output: bytes


CHECKING = Limits(seconds=30.0, computing=20, megabytes=1024)
"""Of reading a PDF: its tables may be small in the file and very large when they are unpacked."""

DRAWING = Limits(seconds=5.0, computing=30, megabytes=1536)
"""While somebody waits for an answer; each page has its own, shorter, time for computing."""

DRAWING_LONG = Limits(seconds=300.0, computing=600, megabytes=1536)
"""In a job."""


def _nothing() -> None:
    """What most do while they wait."""


def run(
    command: Sequence[str], source: IO[bytes] | None, limits: Limits, *, home: str = "/", waiting: Waiting = _nothing
) -> Ended:
    """Run a program to its end or to that of its time; whatever it started ends with it.

    Args:
        command: The program and its arguments.
        source: What it reads, open at its beginning.
        limits: What it may use.
        home: A folder for it.
        waiting: Called every other second meanwhile.
    """
    bounds = (limits.computing, limits.megabytes * 1024, LARGEST_FILE // BLOCK)
    words = ["/bin/sh", "-c", LIMITED, "sh", *map(str, bounds), *command]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - the words are ours, the file is its input.
        words,
        stdin=source or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            return _wait(process, time.monotonic() + limits.seconds, waiting)
        finally:
            # Also when whoever waits gave up: nothing is left running, and what it left behind ends with it.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def run_own(module: str, source: IO[bytes], limits: Limits, *words: str) -> Ended:
    """Run a module of ours as a program, as :func:`run` does; it gets the words and knows no settings."""
    return run([sys.executable, "-s", "-m", module, *words], source, limits, home=str(ROOT))


def count(source: IO[bytes]) -> int:
    """How many pages a PDF has that is fit to be kept; what it takes to read it is taken elsewhere.

    Args:
        source: The file, open at its beginning.

    Raises:
        UnwantedError: It is not; says why.
    """
    ended = run_own("saas.files.pdf_checks", source, CHECKING)
    told = json.loads(ended.output) if ended.code == 0 else {"problem": BLOATED}
    if "problem" in told:
        raise UnwantedError(told["problem"])
    return int(told["pages"])


def _wait(process: subprocess.Popen[bytes], end: float, waiting: Waiting) -> Ended:
    while (left := end - time.monotonic()) > 0:
        try:
            output, _ = process.communicate(timeout=min(left, PAUSE))
        except subprocess.TimeoutExpired:
            waiting()
        else:
            return Ended(process.returncode, output)
    os.killpg(process.pid, signal.SIGKILL)
    output, _ = process.communicate()
    return Ended(None, output)


def probe(source: IO[bytes], pages: int, *, limits: Limits = DRAWING, waiting: Waiting = _nothing) -> int:
    """Draw the pages of a PDF small, to see that they can be drawn; how many are, counted from the very first.

    Fewer than there are when the time was up while it went on well; the rest can be drawn later.

    Args:
        source: The file, open at its beginning.
        pages: How many it has.
        limits: What it may take.
        waiting: Called every other second meanwhile.

    Raises:
        UnwantedError: A page takes too much, or ends the program; names it.
    """
    ended = run(_drawing("pages"), source, limits, waiting=waiting)
    told = ended.output.split()
    done = int(told[-1]) if told else 0
    if done < pages and (ended.code is not None or not done):
        raise UnwantedError(TOO_HEAVY.format(page=done + 1))
    return done


def picture(source: IO[bytes], longest: int, limits: Limits = DRAWING) -> bytes | None:
    """The first page of a PDF, or a picture, as a PNG with at most so many pixels a side; None if it cannot be."""
    ended = run(_drawing("picture", str(longest)), source, limits)
    return ended.output if ended.code == 0 and ended.output else None


def find_office() -> str | None:
    """The program that makes PDFs of office files, where the machine has one."""
    return next(filter(None, map(shutil.which, OFFICE)), None)


def _drawing(*wanted: str) -> list[str]:
    return [sys.executable, "-I", str(PROGRAM), *wanted]

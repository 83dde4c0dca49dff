"""Has prints made by a press of its own process, one at a time, and puts a new one where one was stopped."""

import atexit
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from saas.documents.fonts import DocumentProblem
from saas.documents.press_limits import Limits, checked, limits_of
from saas.documents.press_wire import receive, send

ROOT = Path(__file__).parents[2]
CHILDREN = 1  # presses of one process; each has a processor for itself while it prints
PRINTS = 500  # after which a press is replaced, whatever it may have gathered
START_SECONDS = 30  # of a busy machine, until a press can print
WAIT_SECONDS = 90  # for a press that prints for others
KEPT = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")  # where a machine may keep its libraries
COMPLICATED = "文书排版太复杂，没有在规定的时间内完成。请精简表格和文字后重试。"
STOPPED = "打印程序意外停止，文书没有生成。请稍后重试；仍然不行，请联系系统管理员。"
BUSY = "正在打印的文书较多，请稍后重试。"
Print = tuple[bytes, str, Limits]
_ONE_AT_A_TIME = threading.Lock()


class StoppedError(DocumentProblem):
    """The press ended, and not because of what it was to print as far as can be told."""


class Press:
    """One process that prints."""

    def __init__(self, folder: Path) -> None:
        """Start it; it gets ready beside the caller.

        Args:
            folder: Where the fonts and their configuration are.
        """
        # Its program and arguments are written here, and nothing of our environment goes with them.
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-m", "saas.documents.press"],
            cwd=ROOT,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._about: dict[str, Any] | None = None
        self._late = self._worn = self._busy = False
        self._prints = 0

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_fit(self) -> bool:
        """Whether it can take another print."""
        # An answer nobody waited for would be taken for that of the next print.
        spent = self._worn or self._busy or self._prints >= PRINTS
        return not spent and self._process.poll() is None

    def about(self) -> dict[str, Any]:
        """What it told of itself when it was ready.

        Raises:
            DocumentProblem: It could not start.
        """
        with self._within(START_SECONDS):
            return self._told()

    def print(self, prints: Sequence[Print]) -> bytes:
        """One PDF of one or more prints.

        Raises:
            DocumentProblem: Why there is none.
        """
        order = [(layout, limits.pages, limits.seconds) for _, layout, limits in prints]
        head = json.dumps({"prints": order}).encode()
        # A machine that is busy with other things gives each its time more slowly.
        patience = START_SECONDS + 2 * sum(seconds for _, _, seconds in order)
        with self._within(patience):
            self._told()
            self._prints += 1
            self._busy = True
            send(self._stdin, [head, *(markup for markup, _, _ in prints)])
            answer = receive(self._stdout)
            self._busy = False
        said = json.loads(answer[0])
        self._worn = said.get("worn", False)
        if problem := said.get("problem"):
            raise DocumentProblem(problem)
        return answer[1]

    def close(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.wait()
        for stream in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                stream.close()

    def _told(self) -> dict[str, Any]:
        if self._about is None:
            self._about = json.loads(receive(self._stdout)[0])
        return self._about

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Stop the process when what is done inside takes longer, and say why there is no answer."""
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, OSError) as error:
            raise self._reason() from error
        finally:
            timer.cancel()

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _reason(self) -> DocumentProblem:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        spent = self._late or self._process.poll() == -signal.SIGXCPU
        return DocumentProblem(COMPLICATED) if spent else StoppedError(STOPPED)

    @property
    def _stdin(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)


class Pool:
    """The presses of one process, started when the first print is asked for."""

    def __init__(self, folder: Path) -> None:
        """Have room for some, with the fonts of a folder."""
        self._folder = folder
        self._places: queue.LifoQueue[Press | None] = queue.LifoQueue()
        self._started: set[Press] = set()
        self._closed = False
        for _ in range(CHILDREN):
            self._places.put(None)

    def print(self, prints: Sequence[Print]) -> bytes:
        """One PDF of one or more prints.

        Raises:
            DocumentProblem: Why there is none.
        """
        try:
            return self._print(prints)
        except StoppedError:
            # Somebody may have ended it while it waited; what ends a second one is the print.
            return self._print(prints)

    def _print(self, prints: Sequence[Print]) -> bytes:
        with self._press() as press:
            return press.print(prints)

    def about(self) -> dict[str, Any]:
        """What the presses of this pool tell of themselves.

        Raises:
            DocumentProblem: None could be started.
        """
        with self._press() as press:
            return press.about()

    def close(self) -> None:
        """End every press; a print that is under way is given up."""
        self._closed = True
        for press in list(self._started):
            self._end(press)

    @contextlib.contextmanager
    def _press(self) -> Iterator[Press]:
        """A press for one caller alone; one that is worn or stopped is replaced before the next caller comes."""
        try:
            press = self._places.get(timeout=WAIT_SECONDS)
        except queue.Empty:
            raise DocumentProblem(BUSY) from None
        try:
            press = self._fit(press)
            yield press
        finally:
            self._places.put(self._kept(press))

    def _kept(self, press: Press | None) -> Press | None:
        with contextlib.suppress(OSError):
            return press if self._closed else self._fit(press)
        return None

    def _fit(self, press: Press | None) -> Press:
        if press is not None and press.is_fit:
            return press
        if press is not None:
            self._end(press)
        fresh = Press(self._folder)
        self._started.add(fresh)
        return fresh

    def _end(self, press: Press) -> None:
        self._started.discard(press)
        press.close()


def pool(folder: Path) -> Pool:
    """The pool of this process for the fonts of a folder."""
    with _ONE_AT_A_TIME:
        return _pool(folder, os.getpid())


def printed(prints: Sequence[tuple[str, str]], folder: Path, limits: Limits | None = None) -> bytes:
    """One PDF of the markups, each with the styles of its layout.

    Raises:
        DocumentProblem: Why there is none; nothing is printed when one of them may not be.
    """
    found = [(markup, layout, limits or limits_of(layout)) for markup, layout in prints]
    return pool(folder).print([(checked(markup, most), layout, most) for markup, layout, most in found])


@cache
def _pool(folder: Path, _process: int) -> Pool:
    # Of each process its own: a forked one must not listen to the presses of its parent.
    made = Pool(folder)
    atexit.register(made.close)
    return made


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    # Without the configuration any font of the host could slip in.
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **kept}

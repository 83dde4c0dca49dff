"""Runs a program in the foreground and hands on the signals that ask it to end."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from saas.bootstrap.project import ROOT, application_environment

ASKED_TO_END = (signal.SIGINT, signal.SIGTERM)
KILLED = 128  # what a shell adds to a signal's number


def foreground(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> int:
    """Run a program with our terminal and answer its exit code as a shell would.

    Args:
        command: The program and its arguments.
        env: Its whole environment, the application's when not given.
    """
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=env or application_environment())

    def hand_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    before = {number: signal.signal(number, hand_on) for number in ASKED_TO_END}
    try:
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else KILLED - code

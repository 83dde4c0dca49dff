"""A program in the foreground gets the signals we get, and its exit code is ours."""

import os
import signal
import threading

import pytest

from saas.bootstrap.foreground import foreground


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 3", 3), ("kill -KILL $$", 137)])
def test_the_exit_code_is_the_one_a_shell_would_give(script: str, code: int) -> None:
    assert foreground(["sh", "-c", script], env=dict(os.environ)) == code


def test_being_asked_to_end_is_handed_on() -> None:
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    script = "trap 'exit 7' TERM; while :; do sleep 0.05; done"
    assert foreground(["sh", "-c", script], env=dict(os.environ)) == 7

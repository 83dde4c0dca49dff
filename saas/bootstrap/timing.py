"""A pytest plugin: at the end it tells how long each top-level folder of tests took."""

from collections import defaultdict
from pathlib import PurePosixPath
from typing import Any

import pytest

SECONDS: defaultdict[str, float] = defaultdict(float)


def folder_of(nodeid: str) -> str:
    """The folder below `tests` a test belongs to, or its file when it lies directly there."""
    parts = PurePosixPath(nodeid.split("::", maxsplit=1)[0]).parts
    inner = parts[1:] if parts[:1] == ("tests",) else parts
    return inner[0] if inner else nodeid


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add the time of a set-up, call or tear-down to its folder."""
    SECONDS[folder_of(report.nodeid)] += report.duration


def pytest_terminal_summary(terminalreporter: Any) -> None:  # noqa: ANN401 (pytest keeps the class private)
    """Print one line per folder, the slowest first."""
    terminalreporter.section("time per folder")
    for folder, seconds in sorted(SECONDS.items(), key=lambda item: -item[1]):
        terminalreporter.write_line(f"{seconds:8.1f} s  {folder}")

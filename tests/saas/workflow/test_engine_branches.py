"""Every branch of the engine and of the limits is taken by their own tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from saas.embedded import ROOT

PARTS = ("", "_values", "_reasons", "_guards", "_regions", "_signing", "_path", "_acts", "_verbs", "_next")
FILES = [f"saas/workflow/engine{part}.py" for part in PARTS]
TESTS = sorted(
    str(path.relative_to(ROOT))
    for path in Path(__file__).parent.glob("test_engine*.py")
    if path.name != Path(__file__).name and "never_stuck" not in path.name
)
LIMITS = [f"saas/workflow/{name}.py" for name in ("clocks", "counting", "scales", "trail", "alarms")]
LIMIT_TESTS = [f"tests/saas/workflow/test_{name}.py" for name in ("clocks", "worked_dates", "alarms")]
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")


@pytest.mark.parametrize(("files", "tests"), [(FILES, TESTS), (LIMITS, LIMIT_TESTS)], ids=["engine", "limits"])
def test_every_branch_is_taken(tmp_path: Path, files: list[str], tests: list[str]) -> None:
    data = f"--data-file={tmp_path / 'coverage'}"
    command = [sys.executable, "-m", "coverage", "run", "--branch", data, "--source=saas.workflow", *PYTEST, *tests]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout

    include = f"--include={','.join(files)}"
    report = [sys.executable, "-m", "coverage", "report", data, include, "--show-missing", "--fail-under=100"]
    told = subprocess.run(report, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    assert all((ROOT / name).exists() for name in files)

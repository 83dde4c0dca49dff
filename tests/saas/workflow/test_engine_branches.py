"""Every branch of the engine is taken by its own tests."""

import subprocess
import sys
from pathlib import Path

from saas.embedded import ROOT

PARTS = ("", "_values", "_reasons", "_guards", "_regions", "_signing", "_path", "_acts", "_verbs", "_next")
FILES = [f"saas/workflow/engine{part}.py" for part in PARTS]
TESTS = sorted(
    str(path.relative_to(ROOT))
    for path in Path(__file__).parent.glob("test_engine*.py")
    if path.name != Path(__file__).name and "never_stuck" not in path.name
)
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")


def test_every_branch_of_the_engine_is_taken(tmp_path: Path) -> None:
    data = f"--data-file={tmp_path / 'coverage'}"
    command = [sys.executable, "-m", "coverage", "run", "--branch", data, "--source=saas.workflow", *PYTEST, *TESTS]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout

    include = f"--include={','.join(FILES)}"
    report = [sys.executable, "-m", "coverage", "report", data, include, "--show-missing", "--fail-under=100"]
    told = subprocess.run(report, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    assert all((ROOT / name).exists() for name in FILES)

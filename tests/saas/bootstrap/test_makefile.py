"""The verbs people type and the verbs that exist are the same."""

import re
import subprocess
import sys

import pytest

from saas.bootstrap import verbs
from saas.bootstrap.__main__ import main
from saas.bootstrap.project import ROOT, StepError
from saas.bootstrap.verbs import VERBS

MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_verb_of_the_makefile_is_done_by_something() -> None:
    told = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    assert told == set(VERBS) | {"help"}


def test_make_help_lists_each_verb_with_a_line() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(re.search(rf"^  make {verb} +\S", listed, re.MULTILINE) for verb in VERBS)


def test_a_python_without_packages_can_read_the_verbs() -> None:
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import saas.bootstrap.verbs",
    ]
    assert subprocess.run(command, check=False, capture_output=True).stderr == b""


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_wrong_port_is_one_sentence(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    assert main(["run"]) == 1
    assert capsys.readouterr().err == f"PORT must be a number from 1 to 65535, not {port}.\n"


def test_a_city_without_a_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAME", raising=False)
    with pytest.raises(StepError, match="CODE="):
        verbs.tenant()

"""What the machine must have is installed when we may, and named exactly when we may not."""

import pytest

from saas.bootstrap import system
from saas.bootstrap.project import StepError


def test_nothing_is_asked_for_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_privilege", lambda: pytest.fail("asked"))
    system.install([])


def test_without_rights_the_sentence_names_every_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_privilege", lambda: None)
    monkeypatch.setattr(system, "find_library", lambda _name: None)
    with pytest.raises(StepError, match=r"apt-get install libpango-1.0-0 libpangoft2-1.0-0 .*libharfbuzz-subset0"):
        system.ensure_libraries()


def test_what_is_missing_is_installed_without_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def succeed(command: list[str], _environment: dict[str, str] | None = None) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(system, "_privilege", lambda: ["sudo", "-n"])
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "_succeeds", succeed)
    system.install(["one", "two"])
    assert ran[0][:3] == ["sudo", "-n", "apt-get"]
    assert ran[0][-2:] == ["one", "two"]
    assert "-y" in ran[0]

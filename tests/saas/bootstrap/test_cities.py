"""Migrations and demo cities: once for our own database, every time for one that is somebody else's."""

import json
import os
from pathlib import Path

import pytest

from saas import embedded
from saas.bootstrap import cities


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    calls: list[tuple[str, ...]] = []

    def answer(*words: str) -> str:
        calls.append(words)
        return json.dumps([{"code": "beijing"}])

    monkeypatch.setattr(cities, "flask", answer)
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://elsewhere/db")
    return calls


def test_only_cities_that_do_not_exist_are_made(asked: list[tuple[str, ...]]) -> None:
    cities.provision()
    assert [words[2] for words in asked if words[:2] == ("tenant", "create")] == ["baoding", "zunyi"]


def test_a_database_of_somebody_else_is_migrated_every_time(asked: list[tuple[str, ...]]) -> None:
    cities.migrate()
    cities.migrate()
    assert asked == [("platform", "migrate"), ("tenant", "migrate")] * 2


def test_our_own_is_asked_for_by_its_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded.Server, "data", tmp_path)
    (tmp_path / "PG_VERSION").write_text("18\n")
    before = cities._database()
    os.utime(tmp_path / "PG_VERSION", (0, 0))
    assert cities._database() != before

"""R87 and R88: backups are sealed, the whole comes back, and everything outside has limits."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from saas.outside import DATABASE, PARTS, REQUEST_SECONDS
from tenants.data import backup
from tests.tenants.test_wal_drill import ARCHIVING, LONGEST_LOSS, handed_out


def test_r87_a_backup_is_sealed(app: Flask, config: Config, zunyi: TenantRef, tmp_path: Path) -> None:
    path = tmp_path / "city.backup"
    before = app.extensions["fengqiao.config"]
    app.extensions["fengqiao.config"] = replace(config, backup_key="b" * 32)
    try:
        with app.app_context():
            backup.back_up("zunyi", path)
    finally:
        app.extensions["fengqiao.config"] = before
    sealed = path.read_bytes()

    assert len(sealed) > 10_000
    assert "遵义".encode() not in sealed
    assert b"app_user" not in sealed


def test_r87_the_archive_is_a_minute_behind_at_most() -> None:
    found = handed_out(Path("/archive"))

    assert set(found) == set(ARCHIVING)
    assert found["archive_timeout"] == f"{LONGEST_LOSS}s"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_r88_every_part_outside_has_a_pool_a_time_out_and_a_limit_of_tries(part: object) -> None:
    limits = {name: value for name, value in vars(part).items() if name not in {"failures", "rest_seconds"}}

    assert all(limits.values()), limits


def test_r88_a_silent_database_is_left_alone_after_a_few_failures() -> None:
    assert DATABASE.failures is not None
    assert DATABASE.connect_seconds < REQUEST_SECONDS

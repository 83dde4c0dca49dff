"""A second PostgreSQL server, and cities that tests may fill, move and end."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from saas.embedded import Server
from tenants import placement


@pytest.fixture(scope="session")
def second_address() -> Iterator[str]:
    """The administrator's address of another PostgreSQL server, started for these tests."""
    folder = Path(tempfile.mkdtemp(prefix="fq"))
    # The account PostgreSQL runs as has to reach its files in here.
    folder.chmod(0o755)
    server = Server(folder)
    server.ensure_running()
    yield server.url
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def second(app: Flask, second_address: str) -> str:
    """The name under which the application knows the other server."""
    with app.app_context():
        placement.add_server("second", second_address)
    return "second"

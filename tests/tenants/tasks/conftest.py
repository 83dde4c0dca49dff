"""Tasks of a deployment where none other wait."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete

from saas.config import Config
from tenants import registry
from tenants.models import Task


@pytest.fixture(autouse=True)
def inside(app: Flask, config: Config) -> Iterator[None]:
    """The application's context, a key for backups, and no tasks of other tests."""
    before = app.extensions["fengqiao.config"]
    app.extensions["fengqiao.config"] = replace(before, backup_key="b" * 32)
    with app.app_context():
        with registry.platform_session() as session:
            session.execute(delete(Task))
        yield
        with registry.platform_session() as session:
            session.execute(delete(Task))
    app.extensions["fengqiao.config"] = before

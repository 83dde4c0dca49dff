"""Operators in their browsers, and a small city they may do things to."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from tenants import facts, provisioning, registry, starter
from tenants.data import deletion
from tenants.facts import Facts
from tenants.web import operators
from tests.browsers import Browser

PASSWORD = "brook willow lantern"
Enter = Callable[[], Browser]
Look = Callable[[], Facts]
BACKUP_KEY = "b" * 32


@pytest.fixture(autouse=True)
def backup_key(app: Flask, config: Config) -> Iterator[None]:
    """A key that backups are sealed under."""
    before = app.extensions["fengqiao.config"]
    app.extensions["fengqiao.config"] = replace(before, backup_key=BACKUP_KEY)
    yield
    app.extensions["fengqiao.config"] = before


@pytest.fixture
def enter(app: Flask) -> Enter:
    """A browser of its own in which another operator has signed in."""

    def come() -> Browser:
        username = f"op{uuid4().hex[:8]}"
        with app.app_context():
            operators.create(username, f"运维{username[2:6]}", PASSWORD)
        browser = Browser(app, None)
        answer = browser.submit("/ops/sign-in", {"username": username, "password": PASSWORD})
        assert answer.status_code == 303
        browser.username = username  # type: ignore[attr-defined]
        return browser

    return come


@pytest.fixture
def operator(enter: Enter) -> Browser:
    """A browser in which an operator has signed in."""
    return enter()


@pytest.fixture
def city(app: Flask) -> Iterator[TenantRef]:
    """A small city without people, which is gone afterwards."""
    code = f"small{uuid4().hex[:6]}"
    with app.app_context():
        provisioning.create(provisioning.NewCity(code, "三沙市", starter.plain("三沙市", "4603")))
        made = registry.get_tenant(code)
    # Not inside the context: a request made there would share it, and with it whose browser it is.
    yield made
    with app.app_context():
        if any(tenant.code == code for tenant in registry.list_tenants()):
            deletion.erase(registry.get_tenant(code))


@pytest.fixture
def look(app: Flask, city: TenantRef) -> Look:
    """What the platform knows of the small city now."""

    def read() -> Facts:
        with app.app_context():
            return facts.read(city.code)

    return read

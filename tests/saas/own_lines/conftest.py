"""A city that shapes a process of its own, apart from those other tests look at."""

import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from tenants import context
from tests.browsers import Browser
from tests.conftest import SignIn, make_city
from tests.saas.own_lines import samples


@pytest.fixture(scope="package")
def shaper(app: Flask) -> TenantRef:
    """A city with a published process of its own, 矛盾纠纷线索登记."""
    city = make_city(app, "shaper", "试点市", "zunyi")
    with context.transaction(app, city):
        samples.publish(samples.body())
    return city


@pytest.fixture
def at_desk(app: Flask, shaper: TenantRef, config: Config) -> SignIn:
    """A browser in which somebody of that city has signed in."""

    def sign_in(username: str) -> Browser:
        browser = Browser(app, shaper)
        browser.sign_in(username, config.demo_password)
        return browser

    return sign_in

"""What auditors look at: a case in 大兴区, and an auditor whose grant ends at 通州区."""

import hashlib
from uuid import uuid4

import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from saas.identity import services as identity
from saas.identity.actor import SYSTEM
from tenants import context
from tests import queues
from tests.auditor.dossiers import Made, ask
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation.factory import body, mediating

AUDITOR = "liujg"


@pytest.fixture
def auditor(as_user: SignIn) -> Browser:
    """The city's auditor, signed in."""
    return as_user(AUDITOR)


@pytest.fixture
def number(in_tenant: InTenant, beijing: TenantRef) -> str:
    """The number of a case of 大兴区."""
    with in_tenant(beijing):
        # A number of its own: what others enter for theirs is found by it too.
        return mediating(applicant_phone=f"139{uuid4().int % 10**8:08}").number


@pytest.fixture
def neighbour(in_tenant: InTenant, beijing: TenantRef, as_user: SignIn, config: Config) -> Browser:
    """An auditor of 通州区 only, signed in."""
    username = f"a{uuid4().hex[:10]}"
    with in_tenant(beijing):
        grants = [("auditor", body("通州区司法局").code)]
        identity.create_user(identity.NewUser(username, "邻区审计", config.demo_password, grants), by=SYSTEM)
    return as_user(username)


@pytest.fixture(scope="module")
def made(app: Flask, beijing: TenantRef, config: Config) -> Made:
    """A finished dossier, made once by the real job."""
    queues.forget(app)
    with context.transaction(app, beijing):
        number = mediating().number
    browser = Browser(app, beijing)
    browser.sign_in(AUDITOR, config.demo_password)
    address = ask(browser, number)
    queues.drain(app)
    data = browser.get(f"{address}/file").data
    return Made(number, address, data, hashlib.sha256(data).hexdigest())

"""What the tests of the administrators' console share: the three administrators, and people of their own."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from saas.config import Config
from saas.db.session import TenantRef
from saas.identity import services
from saas.identity.actor import SYSTEM
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory


@pytest.fixture
def admin(as_user: Callable[..., Browser]) -> Browser:
    """王海燕, who administers the system."""
    return as_user("wanghy")


@pytest.fixture
def security(as_user: Callable[..., Browser]) -> Browser:
    """钱芳, who approves."""
    return as_user("qianfang")


@pytest.fixture
def somebody(beijing: TenantRef, in_tenant: InTenant, config: Config) -> str:
    """The account of a new mediator of 兴和人民调解委员会."""
    username = f"p{uuid4().hex[:10]}"
    with in_tenant(beijing):
        grants = [("mediator", factory.body("兴和人民调解委员会").code)]
        services.create_user(services.NewUser(username, "某某", config.demo_password, grants), by=SYSTEM)
    return username

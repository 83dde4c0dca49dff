"""What the tests of the console share: disputes in several states, and the people who open them."""

from collections.abc import Callable

import pytest

from saas.db.session import TenantRef
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory


@pytest.fixture
def director(as_user: Callable[..., Browser]) -> Browser:
    """赵兴华, who accepts disputes and names their mediators."""
    return as_user("zhaoxh")


@pytest.fixture
def mediator(as_user: Callable[..., Browser]) -> Browser:
    """孙丽, a mediator of the same committee."""
    return as_user("sunli")


@pytest.fixture
def pending(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a dispute nobody has accepted yet."""
    with in_tenant(beijing):
        return factory.open_application().number


@pytest.fixture
def mediating(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a dispute in 孙丽's hands."""
    with in_tenant(beijing):
        return factory.mediating().number


@pytest.fixture
def agreed(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a dispute with a written agreement."""
    with in_tenant(beijing):
        return factory.agreed().number

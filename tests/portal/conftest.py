"""What the tests of the citizens' pages share: a visitor, a place in the city, a sent application."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from saas.db.session import TenantRef, db
from saas.organisation.models import Unit
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.portal.applying import apply


@pytest.fixture
def visitor(client: Callable[[TenantRef], Browser], beijing: TenantRef) -> Browser:
    """A citizen's browser at 北京市, seen before by nobody."""
    return client(beijing)


@pytest.fixture
def area(in_tenant: InTenant, beijing: TenantRef) -> str:
    """The code of a street of 大兴区 that has a committee."""
    with in_tenant(beijing):
        return str(db.session.scalars(select(Unit.code).where(Unit.name == "兴丰街道")).one())


@pytest.fixture
def number(visitor: Browser, area: str) -> str:
    """The number of an application that the visitor has sent."""
    return apply(visitor, area)

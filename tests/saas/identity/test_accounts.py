"""Administering accounts: what an account that comes back needs, and whose word a provider's is no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from saas import clock
from saas.credentials import providers
from saas.db.session import Limits, TenantRef, db
from saas.errors import InvalidInputError
from saas.identity import accounts, queries
from saas.identity.actor import SYSTEM
from tests.conftest import InTenant
from tests.saas.identity.factories import make_user


@pytest.fixture
def city(in_tenant: InTenant, beijing: TenantRef) -> Iterator[TenantRef]:
    with in_tenant(beijing):
        yield beijing
        db.session.rollback()


def test_an_account_comes_back_only_where_there_is_room(city: TenantRef, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    accounts.disable(user, by=SYSTEM)
    db.session.flush()
    monkeypatch.setattr(db.session(), "tenant", replace(city, limits=Limits(users=queries.count_users())))

    with pytest.raises(InvalidInputError, match="修改"):
        accounts.enable(user, by=SYSTEM)

    monkeypatch.setattr(db.session(), "tenant", replace(city, limits=Limits(users=queries.count_users() + 1)))
    accounts.enable(user, by=SYSTEM)
    assert user.active


def test_a_provider_lets_nobody_in_whose_entry_in_a_register_has_ended(city: TenantRef) -> None:
    user = make_user()
    providers.link(user, "https://id.example.cn", "s-lapsed", by=SYSTEM)
    entry = accounts.register(user, accounts.Entry("lawyer", uuid4().hex, "某所", clock.today()), by=SYSTEM)
    assert providers.find_linked("https://id.example.cn", "s-lapsed") == user

    entry.valid_until = clock.today() - timedelta(days=2)

    assert providers.find_linked("https://id.example.cn", "s-lapsed") is None

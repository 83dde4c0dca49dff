from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, update

from saas.db.session import TenantRef, db
from saas.identity import limits
from saas.identity.models import RateCount
from tests.conftest import InTenant

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10.1.2.3", "10.1.2.0/24"),
        ("2001:db8::1:2:3", "2001:db8::/64"),
        (None, "unknown"),
        ("no address", "unknown"),
    ],
)
def test_addresses_count_by_neighbourhood(address: str | None, expected: str) -> None:
    assert limits.network(address) == expected


def test_of_many_tries_at_once_exactly_the_allowed_number_pass(in_tenant: InTenant, beijing: TenantRef) -> None:
    key = limits.key_of("test", uuid4().hex)
    with in_tenant(beijing):
        engine = db.session.get_bind().engine
        with ThreadPoolExecutor(4) as pool:
            passed = list(pool.map(lambda _: limits.hit(key, 5, MINUTE, engine=engine), range(24)))

    assert passed.count(True) == 5


def test_a_count_stays_when_the_request_is_undone(in_tenant: InTenant, beijing: TenantRef) -> None:
    key = limits.key_of("test", uuid4().hex)
    with in_tenant(beijing):
        limits.hit(key, 1, MINUTE)
        db.session.rollback()

        assert not limits.hit(key, 1, MINUTE)


def test_after_the_window_counting_starts_anew(in_tenant: InTenant, beijing: TenantRef) -> None:
    key = limits.key_of("test", uuid4().hex)
    with in_tenant(beijing):
        limits.hit(key, 1, MINUTE)
        older = update(RateCount).where(RateCount.key == key).values(window_start=func.now() - 2 * MINUTE)
        db.session.execute(older)
        db.session.commit()

        assert limits.hit(key, 1, MINUTE)
        assert not limits.hit(key, 1, MINUTE)


def test_the_right_answer_forgets_the_count(in_tenant: InTenant, beijing: TenantRef) -> None:
    key = limits.key_of("test", uuid4().hex)
    with in_tenant(beijing):
        limits.hit(key, 1, MINUTE)
        limits.forgive(counts=[key])

        assert limits.hit(key, 1, MINUTE)

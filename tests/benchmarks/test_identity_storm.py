from uuid import UUID

import pytest
from flask import Flask

from saas.db.session import TenantRef
from tests.benchmarks import identity
from tests.benchmarks.city import Bench, Kept


@pytest.mark.slow
def test_a_storm_at_the_door_is_measured_against_the_bare_digests(app: Flask, beijing: TenantRef) -> None:
    rows = identity.measure(Bench(app, beijing, 0, "", Kept(UUID(int=0), "")), each=2)

    assert [row.name for row in rows] == ["sign_in_storm", "sign_in_storm_p95"]
    assert all(row.n == 16 and row.value > 0 and row.ratio is not None for row in rows)

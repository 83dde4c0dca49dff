"""The figures of legal aid from cases that went through the services."""

from datetime import timedelta

import pytest

from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.indicators import services as indicators
from tests.conftest import InTenant
from tests.legal_aid import factory


def figures() -> dict[str, object]:
    """The values of the centre's report by code."""
    within = Case.unit_path.startswith(factory.body().path)
    report = indicators.report("2020..2099", within, factory.CENTRE)
    return {row["code"].removeprefix("legal_aid."): row["value"] for row in report["indicators"]}


@pytest.mark.slow
def test_nine_of_ten_cases_of_daxing_are_received_decided_and_assigned_on_one_day(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        first, *_ = [factory.assigned() for _ in range(9)]
        slow = factory.reviewed()
        factory.act(slow, "grant", factory.GRANT, factory.DIRECTOR)
        with clock.business_time(clock.now() + timedelta(days=1)):
            factory.act(slow, "assign", factory.assigning(), factory.DIRECTOR)
        factory.act(first, "agree", factory.agreement(), factory.LAWYER)
        factory.act(first, "finish", factory.finishing(), factory.LAWYER)
        found = figures()

        assert (found["received"], found["green"], found["granted"]) == (10, 10, 10)
        assert (found["same_day"], found["assigned"], found["same_day_rate"]) == (9, 10, "90.00")
        assert (found["finished"], found["recovered"], found["subsidies"]) == (1, "36000.00", "0.00")

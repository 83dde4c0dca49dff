"""From which day each limit of a dispute runs, how long, and on which day it has been kept."""

from datetime import timedelta

import pytest

from blueprints.mediation.domain import DOMAIN
from saas import clock
from saas.cases import services
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.errors import RefusedError
from tests.conftest import InTenant
from tests.mediation import factory

PRECHECK = {"court_name": "北京市大兴区人民法院", "jointly": True}


def entrusted(**changed: object) -> Case:
    """A dispute from a court, received two days before it was written down."""
    received = str(clock.today() - timedelta(days=2))
    known = {"source": "court", "origin_unit": "大兴区人民法院", "origin_number": None, "received_on": received}
    values = factory.application() | known | changed
    form = {field.id for field in DOMAIN.fields["mediation.entrust"].fields}
    asked = {name: value for name, value in values.items() if name in form}
    body = factory.body("兴和人民调解委员会")
    return services.open_case(factory.PROCESS, "entrust", asked, by=factory.actor("zhaoxh"), unit=body)


@pytest.mark.parametrize(
    ("how", "code", "days"),
    [
        ({}, "entrusted", 30),
        ({"source": "court_filed", "procedure": "ordinary"}, "entrusted_ordinary", 15),
        ({"source": "court_filed", "procedure": "summary"}, "entrusted_summary", 7),
    ],
)
def test_a_court_gives_thirty_days_before_filing_and_fewer_after_it(
    beijing: TenantRef, in_tenant: InTenant, how: dict[str, str], code: str, days: int
) -> None:
    with in_tenant(beijing):
        clocks = {row.code: row for row in entrusted(**how).clocks}

        assert set(clocks) == {"acceptance_referred", code}
        assert clocks[code].rule["n"] == days
        assert {row.started_on for row in clocks.values()} == {clock.today() - timedelta(days=2)}


def test_confirmation_was_applied_for_on_the_day_of_the_application_not_of_its_entry(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.agreed()
        applied = clock.today()
        with clock.business_time(clock.now() + timedelta(days=40)):
            factory.act(case, "apply_confirmation", PRECHECK | {"applied_on": str(applied)}, "sunli")

        assert next(row.stopped_on for row in case.clocks if row.code == "confirmation") == applied


def test_an_agreement_not_yet_performed_can_still_be_confirmed_but_not_twice(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case, today = factory.agreed(), str(clock.today())
        lapse = {"performance": "partial", "reason": "只付了一半，已经督促。"}
        factory.act(case, "not_perform", lapse, "sunli")
        factory.act(case, "apply_confirmation", PRECHECK | {"applied_on": today}, "sunli")
        factory.act(case, "confirm", {"ruled_on": today, "ruling_number": "1号"}, "sunli")
        factory.act(case, "not_perform", lapse, "sunli")

        with pytest.raises(RefusedError, match="不需要再次申请"):
            factory.act(case, "apply_confirmation", PRECHECK | {"applied_on": today}, "sunli")


def test_a_second_extension_is_refused_in_words(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        values = {"extra_days": 10, "both_agree": True, "reason": "等待鉴定意见"}
        factory.act(case, "extend", values, "sunli")

        with pytest.raises(RefusedError, match="已经延长过一次"):
            factory.act(case, "extend", values, "sunli")


def test_helpers_left_empty_at_a_new_appointment_are_helpers_no_more(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        chosen = {"chosen_by": "appointed", "handler": str(factory.actor("zhoumin").id)}
        factory.act(case, "reappoint", chosen | {"helpers": "孙丽"}, "zhaoxh")
        factory.act(case, "reappoint", chosen | {"helpers": None}, "zhaoxh")

        assert "helpers" not in case.data


def test_the_court_takes_up_an_application_within_three_days_of_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = clock.today()
    with in_tenant(beijing):
        case = factory.agreed()
        factory.act(case, "apply_confirmation", PRECHECK | {"applied_on": str(today)}, "sunli")
        taking = next(row for row in case.clocks if row.code == "court_taking")
        rule = {name: taking.rule[name] for name in ("n", "unit", "kind", "verified")}
        factory.act(case, "court_filed", {"filed_on": str(today)}, "sunli")

        assert rule == {"n": 3, "unit": "day", "kind": "notice", "verified": True}
        assert (taking.started_on, taking.stopped_on) == (today, today)


def test_only_the_parties_change_the_days_a_court_gave(beijing: TenantRef, in_tenant: InTenant) -> None:
    absent = {"suspend_reason": "absent", "reason": "一方在外地"}
    with in_tenant(beijing):
        case = entrusted()
        factory.act(case, "accept", factory.ACCEPTED, "zhaoxh")
        handler = str(factory.actor("sunli").id)
        factory.act(case, "appoint", {"chosen_by": "appointed", "handler": handler, "helpers": None}, "zhaoxh")
        factory.act(case, "suspend", absent, "sunli")
        paused = {row.code: row.paused for row in case.clocks if row.stopped_on is None}

    assert paused == {"mediation": True, "entrusted": False}

"""The figures of notarial work, from matters made through the services."""

from datetime import timedelta
from random import Random

from blueprints.notary.demo.plan import KINDS, plan
from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.demo import DemoBody, DemoSite
from saas.indicators import services as indicators
from tenants import demonstration
from tests.conftest import InTenant
from tests.notary import factory


def figures() -> dict[str, object]:
    """Every figure of this line, by its code without the line."""
    year = f"{clock.today():%Y}"
    report = indicators.report(year, Case.unit_path.startswith(""), "全市")
    return {
        one["code"].removeprefix("notary."): one["value"]
        for one in report["indicators"]
        if one["code"].startswith("notary.")
    }


def test_certificates_are_counted_by_category_and_rates_by_what_was_closed(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        for category in ("domestic_civil", "domestic_civil", "region"):
            factory.issued(category=category)
        refused = factory.examining()
        text = {"refusal_ground": "05", "refusal_text": "当事人提供虚假的证明材料。"}
        factory.act(refused, "propose_refusal", text, factory.NOTARY)
        factory.act(refused, "refuse", {"opinion": "同意。"}, factory.HEAD)
        factory.applied()
        db.session.flush()
        found = figures()

        assert (found["received"], found["accepted"], found["issued"], found["refused"]) == (5, 4, 3, 1)
        assert (found["certificates_domestic_civil"], found["certificates_region"]) == (2, 1)
        assert found["certificates_foreign_civil"] == 0
        assert (found["closed"], found["issue_rate"]) == (4, "75.00")
        assert (found["late"], found["late_rate"], found["open"]) == (0, "0.00", 0)


def test_a_certificate_after_its_last_day_is_late_and_days_are_averaged(zunyi: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(zunyi):
        office, notary, approver = "汇川区公证处", "gzluoqing", "gztianye"
        first = clock.now() - timedelta(days=60)
        with clock.business_time(first):
            case = factory.applied(office, area="520303001")
            factory.act(case, "accept", factory.ACCEPTED, notary)
            factory.act(case, "inform", factory.talk(), notary)
            factory.act(case, "draft", factory.DRAFT, notary)
            factory.act(case, "approve", factory.APPROVED, approver)
        with clock.business_time(first + timedelta(days=40)):
            factory.act(case, "issue", {"proofread": True, "copies": 1}, notary)
        db.session.flush()
        found = figures()

        assert (found["late"], found["days"], found["late_rate"]) == (1, 40, "100.00")


def test_invented_matters_are_spread_over_the_states(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        people = {"notary": [str(factory.actor(factory.NOTARY).id)]}
        offices = [DemoBody(name, ["110115001"], people) for name in (factory.OFFICE, factory.OTHER)]
        site = DemoSite("beijing", "北京市", clock.today(), offices)
        planned = list(plan(site, len(KINDS) + 1, Random(7)))
        taken = [demonstration.carry_out(one, Random(1)) for one in planned]
        db.session.flush()

        assert len(taken) == len(KINDS) + 1
        assert planned[0].values["backlog_count"] == 108
        assert figures()["backlog"] == 108

"""The invented people of a demonstration city pass through the services and come out in the figures."""

from datetime import timedelta
from random import Random

from blueprints.corrections.demo import plan
from blueprints.corrections.indicators import INDICATORS
from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.demo import DemoBody, DemoSite
from saas.indicators.queries import compute
from tenants.demonstration import carry_out
from tests.conftest import InTenant
from tests.corrections.factory import HELPER, OFFICE, OFFICER, actor


def test_invented_people_are_supervised_investigated_and_helped(beijing: TenantRef, in_tenant: InTenant) -> None:
    rng = Random(11)
    with in_tenant(beijing):
        people = {
            "corrections_officer": [str(actor(OFFICER).id)],
            "placement_officer": [str(actor(HELPER).id)],
        }
        body = DemoBody(OFFICE, ["110115001"], people)
        site = DemoSite("beijing", "北京市", clock.today(), [body])
        steps = [carry_out(make(site, body, rng), rng) for make in (plan.serving, plan.survey, plan.help_)]
        within = Case.domain == "corrections"
        figures = compute(INDICATORS, within, clock.today() - timedelta(days=600), clock.today())

        assert min(steps) >= 1
        assert figures["corrections.surveys"] == 1
        assert figures["corrections.received"] == 1
        assert figures["corrections.released"] + figures["corrections.in_hand"] == 1
        assert figures["corrections.reoffence_rate"] == "0.00"

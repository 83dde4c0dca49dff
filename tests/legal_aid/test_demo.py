"""The invented applications go through the services, whatever they come to."""

from random import Random

import pytest
from sqlalchemy import select

from blueprints.legal_aid.demo.plan import KINDS, plan
from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.demo import DemoBody, DemoSite
from tenants.demonstration import carry_out
from tests.conftest import InTenant
from tests.legal_aid import factory


@pytest.mark.slow
def test_every_kind_of_case_comes_to_where_it_should(beijing: TenantRef, in_tenant: InTenant) -> None:
    rng = Random(5)
    with in_tenant(beijing):
        lawyers = [str(factory.actor(name).id) for name in (factory.LAWYER, factory.OTHER)]
        centre = DemoBody(factory.CENTRE, ["110115001"], {"lawyer": lawyers})
        site = DemoSite("beijing", "北京市", clock.today(), [centre])
        plans = list(plan(site, len(KINDS), rng))
        for one in plans:
            carry_out(one, rng)
        rows = db.session.execute(select(Case.process_key, Case.state).where(Case.domain == "legal_aid")).all()

    assert len(plans) == len(KINDS)
    assert {state for key, state in rows if key == factory.APPLICATION} >= {"archived", "refused", "submitted"}
    assert {(key, state) for key, state in rows if key != factory.APPLICATION} >= {
        ("legal_aid.consultation", "answered"),
        (factory.DEFENCE, "assigned"),
        (factory.DUTY, "archived"),
    }

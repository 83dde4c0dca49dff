"""The invented applications go through the services, whatever they come to."""

from random import Random

import pytest
from sqlalchemy import select

from blueprints.legal_aid.demo.plan import KINDS, SHARE, plan
from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.demo import DemoBody, DemoSite
from tenants.demonstration import carry_out
from tests.conftest import InTenant
from tests.legal_aid import factory


@pytest.mark.slow
def test_applications_are_archived_handled_refused_and_waiting(beijing: TenantRef, in_tenant: InTenant) -> None:
    rng = Random(5)
    with in_tenant(beijing):
        lawyers = [str(factory.actor(name).id) for name in (factory.LAWYER, factory.OTHER)]
        centre = DemoBody(factory.CENTRE, ["110115001"], {"lawyer": lawyers})
        site = DemoSite("beijing", "北京市", clock.today(), [centre])
        plans = list(plan(site, SHARE * len(KINDS), rng))
        for one in plans:
            carry_out(one, rng)
        states = db.session.scalars(select(Case.state).where(Case.process_key == factory.APPLICATION)).all()

    assert len(plans) == len(KINDS)
    assert {"archived", "handling", "refused", "submitted"} <= set(states)


def test_too_few_cases_leave_none_for_legal_aid() -> None:
    site = DemoSite("beijing", "北京市", clock.today(), [DemoBody(factory.CENTRE, ["110115001"], {"lawyer": ["x"]})])

    assert list(plan(site, SHARE - 1, Random(1))) == []

"""The invented lists, events and declarations can be carried out by the people of a city."""

from random import Random

from sqlalchemy import select

from blueprints.education.demo.plan import plan
from blueprints.education.domain import DOMAIN
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from tenants import demonstration
from tests.conftest import InTenant


def test_what_a_city_shows_of_this_work_is_carried_out_by_its_people(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        plans = list(plan(demonstration._site(DOMAIN, beijing), 12, Random(3)))
        steps = sum(demonstration.carry_out(one, Random(1)) for one in plans)
        shown = set(db.session.scalars(select(Case.process_key).where(Case.domain == "education")))

    assert len(plans) == 12
    assert steps > 24
    assert shown == {pack.key for pack in DOMAIN.processes}

"""The invented registers of a demo city."""

from random import Random

from sqlalchemy import func, select

from blueprints.appraisal.domain import DOMAIN
from saas import clock
from saas.db.session import TenantRef, db
from saas.demo import DemoBody, DemoSite
from saas.registers.models import RegisterEntry
from tenants import demo_entries
from tests.conftest import InTenant


def test_a_demo_city_has_institutions_with_their_people_and_no_entry_twice(
    zunyi: TenantRef, in_tenant: InTenant
) -> None:
    site = DemoSite(
        zunyi.code, zunyi.name, clock.today(), [DemoBody("汇川区司法局", (), {"appraisal_officer": ("x",)})]
    )
    planned = list(DOMAIN.demo_entries(site, Random(1)) if DOMAIN.demo_entries else ())
    with in_tenant(zunyi):
        demo_entries.load(DOMAIN, site)
        demo_entries.load(DOMAIN, site)
        ours = RegisterEntry.register.startswith("appraisal.")
        found = db.session.scalar(select(func.count()).select_from(RegisterEntry).where(ours))

    assert {one.register for one in planned} == {"appraisal.institution", "appraisal.appraiser"}
    assert found is not None
    assert 6 * 4 <= found <= 6 * 7

"""Counting statements, as tests of pages do."""

from sqlalchemy import select, text

from saas.db.counting import count_queries
from saas.db.session import TenantRef, db
from tests.conftest import InTenant


def test_statements_inside_the_block_are_counted_and_no_others(in_tenant: InTenant, zunyi: TenantRef) -> None:
    with in_tenant(zunyi):
        db.session.execute(text("select 1"))
        with count_queries() as counted:
            db.session.execute(text("select 2"))
            db.session.execute(select(text("3")))
        db.session.execute(text("select 4"))

    assert (counted.count, counted.statements[0]) == (2, "select 2")

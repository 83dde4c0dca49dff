"""R27 to R31 and R76: one login for each city, no way in without a city, keys that carry it, and its end."""

from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text

from saas.config import Config
from saas.db.logins import conninfo, login_url
from saas.db.session import NoTenantError, TenantRef, db
from saas.files import store
from saas.identity.models import RateCount
from saas.jobs import queue
from saas.organisation.models import Unit
from tenants import connections, context, registry
from tenants.data import deletion
from tenants.data.search import marks_of, search
from tests import deployments
from tests.browsers import Browser
from tests.conftest import InTenant

FLAGS = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit"


def test_r27_a_citys_login_has_no_power_and_owns_nothing(app: Flask, beijing: TenantRef) -> None:
    with app.app_context(), connections.admin_engine().connect() as connection:
        asked = text(f"SELECT {FLAGS} FROM pg_roles WHERE rolname = :n")  # noqa: S608 - written above
        flags = connection.execute(asked, {"n": beijing.schema}).one()
        owned = connection.scalar(
            text("SELECT count(*) FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE rolname = :n"),
            {"n": beijing.schema},
        )
        may = connection.scalar(
            text("SELECT has_schema_privilege(CAST(:n AS name), CAST(:n AS text), 'create')"), {"n": beijing.schema}
        )

    assert set(flags) == {False}
    assert (owned, may) == (0, False)


def test_r28_nothing_is_asked_without_a_city(app: Flask) -> None:
    with app.app_context(), pytest.raises(NoTenantError):
        db.session.scalar(select(Unit))


def test_r28_the_public_schema_is_empty_and_closed(app: Flask) -> None:
    with app.app_context(), connections.admin_engine().connect() as connection:
        found = connection.scalar(text("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        may = connection.scalar(text("SELECT has_schema_privilege('public', 'public', 'usage')"))

    assert (found, may) == (0, False)


@pytest.mark.parametrize("header", ["X-Tenant-Id", "X-Tenant", "X-Forwarded-Host"])
def test_r29_only_the_host_says_which_city(app: Flask, beijing: TenantRef, zunyi: TenantRef, header: str) -> None:
    told = Browser(app, beijing).get(
        f"/sign-in?tenant={zunyi.code}&tenant_id={zunyi.id}", headers={header: f"{zunyi.code}.localhost"}
    )

    assert told.status_code == 200
    assert "北京市" in told.text
    assert "遵义" not in told.text


def test_r30_equal_things_of_two_cities_never_meet(
    app: Flask, in_tenant: InTenant, beijing: TenantRef, zunyi: TenantRef
) -> None:
    keys = set()
    for city in (beijing, zunyi):
        with context.entered(app, city):
            keys.add(store.put(b"the same bytes", tenant=city))
    assert len(keys) == 2
    for city in (beijing, zunyi):
        with in_tenant(city):
            queue.enqueue("test.r30", {}, key="the same")
            assert RateCount.__table__.schema is None
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text("SET LOCAL search_path = queue"))
        gone = text("DELETE FROM queue.procrastinate_jobs WHERE task_name = 'test.r30' RETURNING queueing_lock")
        locks = connection.scalars(gone).all()
    assert sorted(locks) == sorted(f"{city.schema} test.r30 the same" for city in (beijing, zunyi))


def test_r31_a_job_belongs_to_the_login_that_asks_for_it(config: Config, beijing: TenantRef, zunyi: TenantRef) -> None:
    asked = (
        "SELECT queue.procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'test.r31', 0, NULL, NULL, %s::jsonb, NULL)"
        "::queue.procrastinate_job_to_defer_v1])"
    )
    with (
        psycopg.connect(conninfo(login_url(config, beijing.schema))) as raw,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="belongs to the city"),
    ):
        raw.execute(asked, [f'{{"tenant": "{zunyi.schema}", "run": "{uuid4()}", "payload": {{}}}}'])


def test_r76_after_its_end_nothing_of_a_city_is_found(app: Flask) -> None:
    city = deployments.open_city(app, "ended", "beijing")
    with context.entered(app, city):
        store.put(b"a paper", tenant=city)
    with app.app_context():
        marks = marks_of(city, ["ended.localhost"])
        assert sum(search(city, marks).values()) > 0
        deletion.erase(registry.get_tenant("ended"))
        registry.forget()
        left = {place: count for place, count in search(city, marks).items() if count}

    assert left == {}

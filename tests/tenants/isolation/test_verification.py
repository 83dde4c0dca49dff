"""Every known way from one city to another is shut; opening any of them again is seen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from saas.config import Config
from saas.db.logins import platform_login, worker_login
from saas.db.session import TenantRef
from tenants import connections, roles
from tenants.isolation import attacks, verification
from tenants.isolation.attempt import CROSSED, EMPTY, REFUSED, Attacker
from tenants.isolation.verification import Finding, Party, verify

ALL = {
    "city": (*attacks.ON_CITY, *attacks.ON_QUEUE_OF),
    "queue": attacks.ON_QUEUE,
    "platform": attacks.ON_PLATFORM,
    "server": attacks.ON_SERVER,
    "itself": [attack for attack in attacks.ON_ITSELF if not attack.stacked],
}

CATALOGUE = {"hold a right on a sequence", "hold a right on tables to come", "find the guard asleep"}
"""Questions whose answer is no where there is nothing to hold; opening what they ask about is tried below."""

OPENINGS = (
    ("GRANT {other} TO {own}", "REVOKE {other} FROM {own}"),
    ("GRANT USAGE ON SCHEMA {other} TO {own}", "REVOKE USAGE ON SCHEMA {other} FROM {own}"),
    ("GRANT SELECT ON {other}.case_file TO {own}", "REVOKE SELECT ON {other}.case_file FROM {own}"),
    ("GRANT UPDATE (name) ON {other}.unit TO {own}", "REVOKE UPDATE (name) ON {other}.unit FROM {own}"),
    ("GRANT SELECT ON {other}.unit TO PUBLIC", "REVOKE SELECT ON {other}.unit FROM PUBLIC"),
    (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {other} GRANT SELECT ON TABLES TO {own}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {other} REVOKE SELECT ON TABLES FROM {own}",
    ),
    ("GRANT CREATE ON SCHEMA {own} TO {own}", "REVOKE CREATE ON SCHEMA {own} FROM {own}"),
    ("GRANT TRUNCATE ON {own}.unit TO {own}", "REVOKE TRUNCATE ON {own}.unit FROM {own}"),
    ("GRANT UPDATE ON {own}.audit_event TO {own}", "REVOKE UPDATE ON {own}.audit_event FROM {own}"),
    ("GRANT DELETE ON {own}.audit_event TO {own}", "REVOKE DELETE ON {own}.audit_event FROM {own}"),
    (
        "GRANT INSERT (recorded_at) ON {own}.audit_event TO {own}",
        "REVOKE INSERT (recorded_at) ON {own}.audit_event FROM {own}",
    ),
    ("GRANT UPDATE ON {own}.alembic_version TO {own}", "REVOKE UPDATE ON {own}.alembic_version FROM {own}"),
    ("GRANT SELECT ON platform.tenant TO {own}", "REVOKE SELECT ON platform.tenant FROM {own}"),
    ("GRANT USAGE ON SCHEMA platform TO PUBLIC", "REVOKE USAGE ON SCHEMA platform FROM PUBLIC"),
    ("GRANT {platform} TO {own}", "REVOKE {platform} FROM {own}"),
    ("GRANT SELECT ON {other}.unit TO {platform}", "REVOKE SELECT ON {other}.unit FROM {platform}"),
    ("GRANT SELECT ON platform.operator TO {worker}", "REVOKE SELECT ON platform.operator FROM {worker}"),
    ("GRANT SELECT ON queue.procrastinate_jobs TO {own}", "REVOKE SELECT ON queue.procrastinate_jobs FROM {own}"),
    (
        "GRANT EXECUTE ON FUNCTION queue.procrastinate_cancel_job_v1 TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION queue.procrastinate_cancel_job_v1 FROM PUBLIC",
    ),
    (
        "ALTER TABLE queue.procrastinate_jobs DISABLE TRIGGER pin_tenant",
        "ALTER TABLE queue.procrastinate_jobs ENABLE TRIGGER pin_tenant",
    ),
    ("GRANT {worker} TO {own}", "REVOKE {worker} FROM {own}"),
    ("ALTER ROLE {own} SUPERUSER", "ALTER ROLE {own} NOSUPERUSER"),
    ("ALTER ROLE {own} CREATEROLE", "ALTER ROLE {own} NOCREATEROLE"),
    ("ALTER ROLE {own} BYPASSRLS", "ALTER ROLE {own} NOBYPASSRLS"),
    ("GRANT pg_read_all_data TO {own}", "REVOKE pg_read_all_data FROM {own}"),
    ("GRANT pg_signal_backend TO {own}", "REVOKE pg_signal_backend FROM {own}"),
    ("GRANT pg_monitor TO {own}", "REVOKE pg_monitor FROM {own}"),
    ("GRANT TEMPORARY ON DATABASE {database} TO PUBLIC", "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC"),
    ("GRANT CREATE ON DATABASE {database} TO {own}", "REVOKE CREATE ON DATABASE {database} FROM {own}"),
    ("GRANT USAGE ON SCHEMA public TO PUBLIC", "REVOKE USAGE ON SCHEMA public FROM PUBLIC"),
    ("GRANT SELECT ON pg_class TO PUBLIC", "REVOKE SELECT ON pg_class FROM PUBLIC"),
    *(
        (f"GRANT EXECUTE ON FUNCTION {name} TO PUBLIC", f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")
        for name in (
            "set_config",
            "ts_stat(text)",
            "ts_rewrite(tsquery, text)",
            "query_to_xml",
            "database_to_xml",
            "lo_create",
            "pg_advisory_lock(bigint)",
            "pg_try_advisory_xact_lock(bigint)",
            "pg_total_relation_size",
            "pg_stat_get_live_tuples",
            "pg_stat_get_activity",
        )
    ),
)
"""A right too many, and what takes it back."""


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def crossed(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.outcome == CROSSED]


@pytest.fixture(scope="module")
def cities(app: Flask, beijing: TenantRef, zunyi: TenantRef) -> list[TenantRef]:
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text(f"ANALYZE {zunyi.schema}.unit"))
    return [beijing, zunyi]


def test_nothing_crosses_over(config: Config, cities: list[TenantRef]) -> None:
    found = verify(config, cities)

    assert [(one.tenant, one.against, one.attack, one.said) for one in crossed(found)] == []
    assert {finding.outcome for finding in found} == {REFUSED, EMPTY}


def test_the_command_says_so_and_ends_well(app: Flask, cities: list[TenantRef]) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", "verify-isolation", "--json"])

    assert done.exit_code == 0, done.stderr
    assert {"attack", "tenant", "against", "outcome"} <= json.loads(done.stdout)[0].keys()


def test_the_command_fails_when_something_crosses(app: Flask, config: Config, cities: list[TenantRef]) -> None:
    with _opened(app, config, cities, ("GRANT {other} TO {own}", "REVOKE {other} FROM {own}")):
        done = app.test_cli_runner().invoke(args=["tenant", "verify-isolation", "--tenant", "beijing", "--json"])

    assert done.exit_code == 1
    assert "beijing against zunyi: take its role" in done.stderr


def test_every_login_is_tried_against_everything_else(config: Config, cities: list[TenantRef]) -> None:
    pairs = {(finding.tenant, finding.against) for finding in verify(config, cities)}

    shared = {"platform", "queue", "server"}
    assert {against for tenant, against in pairs if tenant == "beijing"} == {"beijing", "zunyi"} | shared
    assert {against for tenant, against in pairs if tenant == "platform"} == {"beijing", "zunyi", "queue", "server"}
    assert {against for tenant, against in pairs if tenant == "queue"} == {"beijing", "zunyi", "platform", "server"}


def test_nearly_everything_is_refused_and_not_only_empty(config: Config, cities: list[TenantRef]) -> None:
    empty = {finding.attack for finding in verify(config, cities) if finding.outcome == EMPTY}

    # These ask the catalogue for rights; no error can be expected of them.
    asks = (
        "hold ",
        "be a member",
        "be more",
        "own anything",
        "use the schema",
        "find the guard",
        "run a text",
        "count the rows",
        "see its statistics",
    )
    assert {attack for attack in empty if not attack.startswith(asks)} == set()


@contextmanager
def _opened(app: Flask, config: Config, cities: list[TenantRef], opening: tuple[str, str]) -> Iterator[None]:
    own, other = cities
    holes = {
        "own": own.schema,
        "other": other.schema,
        "platform": platform_login(config),
        "worker": worker_login(config),
        "database": make_url(config.database_url).database,
    }
    give, take = (part.format_map(holes) for part in opening)
    with connections.admin_engine().connect() as connection:
        connection.execute(text(give))
        connection.commit()
        try:
            yield
        finally:
            connection.execute(text(take))
            if "pg_class" in take:
                roles.prepare_database(connection, config)
            connection.commit()


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening[0])
def test_one_right_too_many_is_seen(
    app: Flask, config: Config, cities: list[TenantRef], opening: tuple[str, str]
) -> None:
    give = opening[0]
    who = next((code for code in ("platform", "worker") if give.endswith(f"TO {{{code}}}")), cities[0].code)
    with _opened(app, config, cities, opening):
        found = verify(config, cities, {"worker": "queue"}.get(who, who))

    assert crossed(found)


@pytest.mark.parametrize(
    ("against", "attack"),
    [
        pytest.param(against, attack, id=f"{against}: {attack.name}")
        for against, some in ALL.items()
        for attack in some
        if attack.name not in CATALOGUE
    ],
)
def test_an_attack_would_cross_if_nothing_stood_in_its_way(
    config: Config, cities: list[TenantRef], against: str, attack: attacks.Attack
) -> None:
    address = config.database_url
    own, other = (Party(city.code, city.schema, city.schema, address) for city in cities)
    platform, worker = (
        Party("platform", platform_login(config), "platform", address),
        Party("queue", worker_login(config), "queue", address),
    )
    target = {"city": other, "queue": worker, "platform": platform}.get(against, own)
    with verification.busy(config, other) as busy, Attacker(make_url(config.database_url)) as attacker:
        siege = verification.Siege(config, own, [own, other], {other.code: busy.pid}, (platform, worker))
        outcome = attacker.attempt(attack, siege.holes(attack, target))

    # A server may be built without XML.
    assert outcome.name == CROSSED or "XML" in (outcome.said or ""), outcome.said

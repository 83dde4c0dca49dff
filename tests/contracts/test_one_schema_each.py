"""Cities can be spread over shards by schema: no key, object or statement reaches from one city's schema to another."""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, text

from saas.db.base import Model
from saas.db.session import TenantRef
from saas.embedded import ROOT
from tenants import connections
from tenants.lifecycle import services as lifecycle
from tenants.observing import readings
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.portal.applying import apply, picture
from tests.saas.web.staff.sending import as_sent, send

SCHEMA = re.compile(r"\bt_[0-9a-f]{10}\b")
QUALIFIED = re.compile(r"""(?:\bFROM|\bJOIN|\bINTO|\bUPDATE|\bTABLE)\s+"?([a-z_][a-z0-9_]*)"?\.""", re.IGNORECASE)
QUEUE = "queue"
OWN = "pg_catalog"
ROWS = {"NEW", "OLD"}
SOURCES = sorted(path for folder in ("saas", "blueprints") for path in (ROOT / folder).rglob("*.py"))
QUEUES_OWN = {"saas/jobs/schema.py", "saas/jobs/status.py"}
"""What names the queue's schema, as the administrator or the worker; neither is a city's."""

REFERENCES = """
WITH mine AS (SELECT oid, nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{10}$'),
parts AS (
    SELECT 'pg_class'::regclass AS kind, c.oid, m.nspname, c.relname::text AS name
    FROM pg_class c JOIN mine m ON m.oid = c.relnamespace
    UNION ALL
    SELECT 'pg_constraint'::regclass, c.oid, m.nspname, c.conname::text
    FROM pg_constraint c JOIN mine m ON m.oid = c.connamespace
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, m.nspname, p.proname::text FROM pg_proc p JOIN mine m ON m.oid = p.pronamespace
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, m.nspname, t.typname::text FROM pg_type t JOIN mine m ON m.oid = t.typnamespace
    UNION ALL
    SELECT 'pg_rewrite'::regclass, r.oid, m.nspname, c.relname::text
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN mine m ON m.oid = c.relnamespace
    UNION ALL
    SELECT 'pg_trigger'::regclass, g.oid, m.nspname, g.tgname::text
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN mine m ON m.oid = c.relnamespace
    UNION ALL
    SELECT 'pg_attrdef'::regclass, d.oid, m.nspname, c.relname::text
    FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN mine m ON m.oid = c.relnamespace
)
SELECT DISTINCT parts.nspname, parts.name, there.nspname
FROM parts JOIN pg_depend d ON d.classid = parts.kind AND d.objid = parts.oid
CROSS JOIN LATERAL (
    SELECT relnamespace AS space FROM pg_class WHERE d.refclassid = 'pg_class'::regclass AND oid = d.refobjid
    UNION ALL
    SELECT pronamespace FROM pg_proc WHERE d.refclassid = 'pg_proc'::regclass AND oid = d.refobjid
    UNION ALL
    SELECT typnamespace FROM pg_type WHERE d.refclassid = 'pg_type'::regclass AND oid = d.refobjid
    UNION ALL
    SELECT connamespace FROM pg_constraint WHERE d.refclassid = 'pg_constraint'::regclass AND oid = d.refobjid
    UNION ALL
    SELECT d.refobjid WHERE d.refclassid = 'pg_namespace'::regclass
) AS target JOIN pg_namespace there ON there.oid = target.space
WHERE there.nspname NOT IN (parts.nspname, 'pg_catalog', 'pg_toast')
"""
"""Every object in a city's schema that depends on an object in another one: keys, views, defaults, triggers, types."""

BODIES = """
SELECT n.nspname, p.proname, p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '') AS body
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname ~ '^t_[0-9a-f]{10}$'
"""
"""What is written in functions as text leaves no trace among dependencies."""


def crossing(connection: Connection) -> list[tuple[str, str, str]]:
    """Each object that reaches out of its city's schema: schema, name, where to."""
    found = [(schema, name, there) for schema, name, there in connection.execute(text(REFERENCES))]
    for schema, name, body in connection.execute(text(BODIES)):
        named = {*SCHEMA.findall(body), *QUALIFIED.findall(body.replace(f"{QUEUE}.procrastinate_defer_jobs_v1", ""))}
        found += [(schema, name, there) for there in named - {schema, OWN, *ROWS}]
    return found


def test_no_object_of_a_city_depends_on_another_schema(app: Flask, beijing: TenantRef, zunyi: TenantRef) -> None:
    with app.app_context(), connections.admin_engine().connect() as connection:
        assert crossing(connection) == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE {one}.draft ADD COLUMN far uuid REFERENCES {two}.draft",
        "CREATE VIEW {one}.far AS SELECT id FROM {two}.draft",
        "CREATE TABLE {one}.far () INHERITS ({two}.draft)",
        "CREATE TRIGGER far BEFORE INSERT ON {one}.draft FOR EACH ROW EXECUTE FUNCTION queue.pin_tenant()",
        "CREATE FUNCTION {one}.far() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM {two}.draft'",
        "CREATE FUNCTION {one}.far() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM {two}.draft; END",
        "CREATE FUNCTION {one}.far() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM platform.tenant; END'",
    ],
)
def test_one_that_did_would_be_found(app: Flask, beijing: TenantRef, zunyi: TenantRef, statement: str) -> None:
    with app.app_context(), connections.admin_engine().connect() as connection, connection.begin() as undone:
        connection.execute(text(statement.format(one=beijing.schema, two=zunyi.schema)))
        found = {(schema, there) for schema, _, there in crossing(connection)}
        undone.rollback()

    assert beijing.schema in {schema for schema, _ in found}
    assert {there for _, there in found} & {zunyi.schema, QUEUE, "platform"}


def test_no_table_of_a_city_names_a_schema() -> None:
    assert Model.metadata.schema is None
    assert [table.name for table in Model.metadata.tables.values() if table.schema is not None] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_that_serves_a_city_names_no_schema_in_statements(path: Path) -> None:
    if str(path.relative_to(ROOT)) in QUEUES_OWN:
        return
    tree = ast.parse(path.read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    sql = [one for one in texts if re.search(r"\b(?:SELECT|INSERT|UPDATE|DELETE|COPY|LOCK)\b", one)]

    assert [one for one in sql if QUALIFIED.search(one)] == []
    assert [one for one in texts if SCHEMA.search(one)] == []


@contextmanager
def listened() -> Iterator[dict[str, list[str]]]:
    """Collect the statements sent inside the block, by the login that sent them."""
    sent: dict[str, list[str]] = defaultdict(list)

    def note(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        sent[str(connection.engine.url.username)].append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def journey(
    app: Flask,
    client: Callable[[TenantRef], Browser],
    as_user: Callable[..., Browser],
    beijing: TenantRef,
    zunyi: TenantRef,
    in_tenant: InTenant,
    drain_jobs: Callable[[], None],
) -> dict[str, list[str]]:
    """What is sent while people apply and decide, papers are printed, a city is held and let go, all are counted."""
    with listened() as sent:
        number = apply(client(beijing), "110115001")
        director = as_user("wugang")
        send(director, f"/staff/cases/{number}/act/accept", as_sent(factory.ACCEPTED))
        upload = {"category": "identity", "files": picture("身份证.png")}
        send(director, f"/staff/cases/{number}?tab=materials", upload, f"/staff/cases/{number}/files")
        as_user("shiqiang", zunyi).get("/staff/cases")
        with in_tenant(zunyi):
            factory.open_application("汇川区人民调解委员会")
        drain_jobs()
        with app.app_context():
            lifecycle.suspend("zunyi")
            lifecycle.resume("zunyi")
            readings.count([beijing, zunyi])
    return sent


def test_a_whole_journey_names_one_city_in_a_statement_at_most(
    journey: dict[str, list[str]], beijing: TenantRef, zunyi: TenantRef
) -> None:
    everything = [statement for statements in journey.values() for statement in statements]

    assert [one for one in everything if len(set(SCHEMA.findall(one))) > 1] == []
    assert len(journey[beijing.schema]) > 100
    assert len(journey[zunyi.schema]) > 20
    for city in (beijing, zunyi):
        named = {one: set(SCHEMA.findall(one)) | set(QUALIFIED.findall(one)) for one in journey[city.schema]}
        assert {one: schemas for one, schemas in named.items() if schemas - {city.schema}} == {}

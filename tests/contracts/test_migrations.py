"""Both histories lead from nothing to exactly the models, and back."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, inspect, text

from tenants import connections, migrator
from tenants.histories import HISTORIES, PLATFORM, TENANT, VERSIONS, History, base_script, load_models
from tenants.statements import run, send

SCHEMAS = {"platform": "platform", "tenant": migrator.SCRATCH}


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """The administrator's connection with an empty schema, undone at the end."""
    with app.app_context(), connections.admin_engine().connect() as made, made.begin() as undone:
        run(made, "CREATE SCHEMA {schema}", schema=sql.Identifier(migrator.SCRATCH))
        yield made
        undone.rollback()


@pytest.mark.parametrize("name", sorted(HISTORIES))
def test_a_history_has_one_head_and_one_base(name: str) -> None:
    script = ScriptDirectory.from_config(HISTORIES[name].config())

    assert (len(script.get_heads()), len(script.get_bases())) == (1, 1)


@pytest.mark.parametrize("history", [PLATFORM, TENANT], ids=sorted(HISTORIES))
def test_the_tables_are_exactly_the_models(connection: Connection, history: History) -> None:
    load_models()
    history.upgrade(connection, SCHEMAS[history.name])

    schema = "platform" if history is PLATFORM else None
    options = {
        "include_schemas": history is PLATFORM,
        "include_name": lambda name, kind, _: name == schema if kind == "schema" else name != VERSIONS,
    }
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, history.metadata) == []


CATALOGUE = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
       coalesce(pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind = 'r'
UNION ALL
SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = '{schema}'
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
FROM pg_constraint WHERE connamespace = '{schema}'::regnamespace
ORDER BY 1, 2, 3
"""


def catalogue(connection: Connection, schema: str) -> list[tuple[str, ...]]:
    """Everything the database knows of a schema's tables, without the schema's name."""
    run(connection, "SET LOCAL search_path = {schema}", schema=sql.Identifier(schema))
    rows = connection.execute(text(CATALOGUE.format(schema=schema)))
    return [tuple(str(value).replace(f"{schema}.", "") for value in row) for row in rows]


def test_the_script_of_new_cities_is_what_the_revisions_come_to() -> None:
    assert base_script() == TENANT.script(), "run: flask platform base"


def test_the_script_of_new_cities_makes_the_same_tables_as_the_revisions(connection: Connection) -> None:
    TENANT.upgrade(connection, migrator.SCRATCH)
    migrated = catalogue(connection, migrator.SCRATCH)
    run(connection, "CREATE SCHEMA t_0000000001; SET LOCAL search_path = t_0000000001")
    send(connection, base_script())

    assert len(migrated) > 200
    assert catalogue(connection, "t_0000000001") == migrated


def test_every_revision_of_cities_is_plain_sql() -> None:
    directory = ScriptDirectory.from_config(TENANT.config())
    starts = [None, *(revision.revision for revision in directory.walk_revisions() if revision.revision != TENANT.head)]

    # Many cities are migrated with one text; a revision that asks the database while it runs cannot be in it.
    assert all(TENANT.script(start).strip() for start in starts)


@pytest.mark.parametrize("history", [PLATFORM, TENANT], ids=sorted(HISTORIES))
def test_a_history_goes_down_and_up_again(connection: Connection, history: History) -> None:
    schema = SCHEMAS[history.name]
    history.upgrade(connection, schema)
    first = set(inspect(connection).get_table_names(schema))

    history.downgrade(connection, schema, "base")
    assert set(inspect(connection).get_table_names(schema)) == {VERSIONS}

    history.upgrade(connection, schema)
    assert set(inspect(connection).get_table_names(schema)) == first
    assert len(first) > 1

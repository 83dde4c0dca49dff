"""Both histories lead from nothing to exactly the models, and back."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, inspect

from tenants import connections, migrator
from tenants.histories import HISTORIES, PLATFORM, TENANT, VERSIONS, History, load_models
from tenants.statements import run

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

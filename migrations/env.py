"""Runs either history on the connection it is given; the schema is the caller's to choose."""

from typing import Any

from alembic import context


def run() -> None:
    """Bring the schema to the revision asked for, inside the caller's transaction."""
    given: dict[str, Any] = context.config.attributes
    context.configure(
        connection=given["connection"],
        target_metadata=given["metadata"],
        version_table_schema=given["schema"],
        include_schemas=given["include_schemas"],
        include_name=given["include_name"],
    )
    with context.begin_transaction():
        context.run_migrations()


run()

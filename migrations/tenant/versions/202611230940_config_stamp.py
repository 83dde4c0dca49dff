"""A stamp on the city's configuration, new with every change of it, so that processes may keep what they read."""

import sqlalchemy as sa
from alembic import op

revision = "202611230940"
down_revision = "202611230935"
branch_labels = None
depends_on = None

# The function finds its own schema by the trigger's table, so that no path can mislead it. The stamp is a name and no
# number: rows brought back from a copy bring back the stamp that stood for them.
FUNCTION = """
CREATE FUNCTION stamp_configuration() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    EXECUTE 'INSERT INTO ' || quote_ident(TG_TABLE_SCHEMA) || '.config_stamp AS known (one, stamp)'
        ' VALUES (true, gen_random_uuid()) ON CONFLICT (one) DO UPDATE SET stamp = excluded.stamp';
    RETURN NULL;
END
$body$;
"""
# Signing in and the like change accounts too; only what decides who may be chosen counts.
EVENTS = {
    "app_user": "INSERT OR DELETE OR UPDATE OF active, person_id",
    "calendar_day": "INSERT OR DELETE OR UPDATE",
    "calendar_year": "INSERT OR DELETE OR UPDATE",
    "code_item": "INSERT OR DELETE OR UPDATE",
    "person": "UPDATE OF name",
    "process_version": "INSERT OR DELETE OR UPDATE",
    "role_grant": "INSERT OR DELETE OR UPDATE",
    "setting_value": "INSERT OR DELETE OR UPDATE",
    "unit": "INSERT OR DELETE OR UPDATE",
}


def upgrade() -> None:
    op.create_table(
        "config_stamp",
        sa.Column("one", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.CheckConstraint("one", name=op.f("ck_config_stamp_one")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_config_stamp")),
    )
    # A new city gets its stamp with its first units; a copy brings its own along and must find the table empty.
    op.execute("INSERT INTO config_stamp (stamp) SELECT gen_random_uuid() WHERE EXISTS (SELECT FROM unit)")
    op.execute(FUNCTION)
    for table, events in EVENTS.items():
        op.execute(
            f"CREATE TRIGGER stamp_configuration AFTER {events} ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration()"
        )


def downgrade() -> None:
    for table in EVENTS:
        op.execute(f"DROP TRIGGER stamp_configuration ON {table}")
    op.execute("DROP FUNCTION stamp_configuration()")
    op.drop_table("config_stamp")

"""The record is sealed: who was seen, how it ended, roots over events, links between those of high value."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220800"
down_revision = "202611220700"
branch_labels = None
depends_on = None

# The leaf of an event is the same text as in saas.audit.canonical, format 1. The function is the owner's and writes
# where the city's login cannot. It finds its own schema by the trigger's table, so that no path can mislead it.
LINK = """
CREATE FUNCTION append_audit_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    links text := quote_ident(TG_TABLE_SCHEMA) || '.audit_link';
    last record;
    known boolean;
    leaf bytea;
BEGIN
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || links || ' WHERE event_id = $1)'
        INTO known USING NEW.id;
    IF known THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('audit_link'), hashtext(TG_TABLE_SCHEMA));
    EXECUTE 'SELECT n, hash FROM ' || links || ' ORDER BY n DESC LIMIT 1' INTO last;
    leaf := sha256('\\x00'::bytea || convert_to(jsonb_build_array(
        NEW.id, NEW.action, NEW.outcome, NEW.high, NEW.subject_type, NEW.subject_id, NEW.case_id, NEW.actor_id,
        NEW.actor_name, NEW.unit_path, NEW.address, NEW.request_id, NEW.detail, to_jsonb(NEW.persons), NEW.xid,
        (extract(epoch from NEW.happened_at) * 1000000)::bigint,
        (extract(epoch from NEW.recorded_at) * 1000000)::bigint)::text, 'UTF8'));
    EXECUTE 'INSERT INTO ' || links || ' (n, event_id, previous, hash) VALUES ($1, $2, $3, $4)'
        USING coalesce(last.n, 0) + 1, NEW.id, coalesce(last.hash, '\\x'::bytea),
            sha256('\\x03'::bytea || coalesce(last.hash, '\\x'::bytea) || leaf);
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION append_audit_link() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER append_audit_link AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.high) EXECUTE FUNCTION append_audit_link();
"""


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("outcome", sa.Text(), server_default="done", nullable=False))
    op.add_column("audit_event", sa.Column("high", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("audit_event", sa.Column("persons", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False))
    op.add_column(
        "audit_event",
        sa.Column(
            "xid", sa.BigInteger(), server_default=sa.text("(pg_current_xact_id()::text)::bigint"), nullable=False
        ),
    )
    op.create_index(
        "ix_audit_event_persons",
        "audit_event",
        ["persons"],
        unique=False,
        postgresql_using="gin",
        postgresql_where=sa.text("persons <> '{}'"),
    )
    op.create_table(
        "audit_seal",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("format", sa.SmallInteger(), nullable=False),
        sa.Column("city_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("link_n", sa.BigInteger(), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "audit_sealed",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("seal_n", sa.BigInteger(), nullable=False),
        sa.Column("leaf_no", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_audit_sealed")),
        sa.UniqueConstraint("seal_n", "leaf_no", name=op.f("uq_audit_sealed_seal_n_leaf_no")),
    )
    op.create_table(
        "audit_link",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_link_event_id")),
    )
    op.create_table(
        "audit_anchored",
        sa.Column("seal_n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "anchored_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("seal_n", name=op.f("pk_audit_anchored")),
    )
    op.create_table(
        "audit_verification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_verification")),
    )
    op.create_index("ix_audit_verification_made_at", "audit_verification", ["made_at"], unique=False)
    op.create_table(
        "audit_report",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seals", sa.Integer(), nullable=False),
        sa.Column("mailed", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_report")),
    )
    op.execute(LINK)


def downgrade() -> None:
    op.execute("DROP TRIGGER append_audit_link ON audit_event")
    op.execute("DROP FUNCTION append_audit_link()")
    for table in ("audit_report", "audit_verification", "audit_anchored", "audit_link", "audit_sealed", "audit_seal"):
        op.drop_table(table)
    op.drop_index("ix_audit_event_persons", table_name="audit_event")
    for column in ("xid", "persons", "high", "outcome"):
        op.drop_column("audit_event", column)

"""A city's own dress of documents, in versions that stay as they were published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611241020"
down_revision = "202611241010"
branch_labels = None
depends_on = None

OPEN = "state in ('draft', 'in_review')"
# A published version may only be replaced by the next one.
KEEP = """
CREATE FUNCTION keep_design() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF OLD.version IS NOT NULL AND (
        TG_OP = 'DELETE' OR NEW.state NOT IN ('published', 'replaced')
        OR (NEW.version, NEW.body, NEW.digest) IS DISTINCT FROM (OLD.version, OLD.body, OLD.digest)
    ) THEN
        RAISE EXCEPTION 'a published design stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$body$;
"""


def upgrade() -> None:
    op.create_table(
        "document_design",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("editors", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state in ('draft', 'in_review', 'published', 'replaced', 'discarded')",
            name=op.f("ck_document_design_state"),
        ),
        sa.CheckConstraint(
            "(state in ('published', 'replaced')) = (version is not null)", name=op.f("ck_document_design_version")
        ),
        sa.CheckConstraint("(version is null) = (digest is null)", name=op.f("ck_document_design_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_design")),
        sa.UniqueConstraint("version", name=op.f("uq_document_design_version")),
    )
    for name, where in (("open", OPEN), ("published", "state = 'published'")):
        op.create_index(
            f"uq_document_design_{name}",
            "document_design",
            [sa.text("(true)")],
            unique=True,
            postgresql_where=sa.text(where),
        )
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER keep_design BEFORE UPDATE OR DELETE ON document_design"
        " FOR EACH ROW EXECUTE FUNCTION keep_design()"
    )
    op.execute(
        "CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE OF state ON document_design"
        " FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration()"
    )


def downgrade() -> None:
    op.drop_table("document_design")
    op.execute("DROP FUNCTION keep_design()")

"""Documents that are void, replaced and dressed by the city; what a dossier was made of and what of it was signed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611241000"
down_revision = "202611230945"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_document_state"), "document")
    op.create_check_constraint(op.f("ck_document_state"), "document", "state in ('queued', 'ready', 'failed', 'void')")
    for name in ("renderer", "content_digest", "relation", "void_reason", "voided_by"):
        op.add_column("document", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("document", sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column(
        "document",
        sa.Column("dress", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.alter_column("document", "dress", server_default=None)
    op.create_foreign_key(op.f("fk_document_replaces_id"), "document", "document", ["replaces_id"], ["id"])
    op.create_check_constraint(op.f("ck_document_relation"), "document", "relation in ('reissue', 'correction')")
    op.create_check_constraint(op.f("ck_document_replaces"), "document", "(relation is null) = (replaces_id is null)")
    op.create_check_constraint(op.f("ck_document_void"), "document", "(state = 'void') = (void_reason is not null)")
    op.create_index("uq_document_replaces_id", "document", ["replaces_id"], unique=True)
    op.create_index("ix_document_failed", "document", ["id"], postgresql_where=sa.text("state = 'failed'"))
    for name in ("source_digest", "content_digest"):
        op.add_column("dossier_export", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("dossier_export", sa.Column("content_size", sa.Integer(), nullable=True))
    op.add_column("dossier_export", sa.Column("variant", sa.Text(), server_default="full", nullable=False))
    op.alter_column("dossier_export", "variant", server_default=None)
    op.create_check_constraint(op.f("ck_dossier_export_variant"), "dossier_export", "variant in ('full', 'redacted')")
    op.create_index("ix_dossier_export_content_digest", "dossier_export", ["content_digest"])
    # What was exported before nothing was signed is its own content.
    op.execute("update dossier_export set content_digest = digest, content_size = size where state = 'ready'")
    op.execute("update document set content_digest = digest where state = 'ready'")


def downgrade() -> None:
    op.drop_index("ix_dossier_export_content_digest", "dossier_export")
    op.drop_constraint(op.f("ck_dossier_export_variant"), "dossier_export")
    for name in ("variant", "content_size", "content_digest", "source_digest"):
        op.drop_column("dossier_export", name)
    op.drop_index("ix_document_failed", "document")
    op.drop_index("uq_document_replaces_id", "document")
    for name in ("void", "replaces", "relation"):
        op.drop_constraint(op.f(f"ck_document_{name}"), "document")
    op.drop_constraint(op.f("fk_document_replaces_id"), "document")
    for name in ("dress", "replaces_id", "voided_at", "voided_by", "void_reason", "relation", "content_digest"):
        op.drop_column("document", name)
    op.drop_column("document", "renderer")
    op.drop_constraint(op.f("ck_document_state"), "document")
    op.create_check_constraint(op.f("ck_document_state"), "document", "state in ('queued', 'ready', 'failed')")

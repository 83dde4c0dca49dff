"""Many dossiers at once, and copies that were taken away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611241060"
down_revision = "202611241050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filter", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('queued', 'running', 'ready', 'failed')", name=op.f("ck_dossier_batch_state")),
        sa.CheckConstraint("variant in ('full', 'redacted')", name=op.f("ck_dossier_batch_variant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_batch")),
    )
    op.create_index("ix_dossier_batch_requested_by_id", "dossier_batch", ["requested_by_id"])
    op.create_table(
        "dossier_batch_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed')", name=op.f("ck_dossier_batch_item_state")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["dossier_batch.id"], name=op.f("fk_dossier_batch_item_batch_id_dossier_batch")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_dossier_batch_item_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["export_id"], ["dossier_export.id"], name=op.f("fk_dossier_batch_item_export_id_dossier_export")
        ),
        sa.PrimaryKeyConstraint("batch_id", "seq", name=op.f("pk_dossier_batch_item")),
    )
    op.create_index("ix_dossier_batch_item_export_id", "dossier_batch_item", ["export_id"])
    op.create_table(
        "dossier_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["dossier_export.id"], name=op.f("fk_dossier_copy_export_id_dossier_export")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_copy")),
    )
    op.create_index("ix_dossier_copy_digest", "dossier_copy", ["digest"])
    op.create_index("ix_dossier_copy_export_id", "dossier_copy", ["export_id"])


def downgrade() -> None:
    op.drop_table("dossier_copy")
    op.drop_table("dossier_batch_item")
    op.drop_table("dossier_batch")

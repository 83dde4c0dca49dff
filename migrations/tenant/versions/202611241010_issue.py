"""Documents that failed are tried again; to whom documents were served; who may void them."""

import sqlalchemy as sa
from alembic import op

revision = "202611241010"
down_revision = "202611241030"
branch_labels = None
depends_on = None

# Who could issue a document by acting on a case may void it, as the roles of a new city.
widens = {code: ["document.void"] for code in ("mediator", "director", "clerk", "office_head", "bureau")}


def upgrade() -> None:
    op.add_column("document", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.alter_column("document", "tries", server_default=None)
    for name in ("try_at", "told_at"):
        op.add_column("document", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # Whatever failed before anybody tried again is tried now.
    op.execute("UPDATE document SET tries = 1, try_at = now() WHERE state = 'failed'")
    op.drop_index("ix_document_failed", "document")
    op.create_index("ix_document_failed", "document", ["try_at"], postgresql_where=sa.text("state = 'failed'"))
    op.create_index("ix_document_issued_at", "document", ["issued_at", "id"])
    op.create_table(
        "document_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "way in ('direct', 'left', 'post', 'electronic', 'entrusted', 'announced')",
            name=op.f("ck_document_service_way"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_service_document_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_document_service_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_service")),
    )
    op.create_index("ix_document_service_document_id", "document_service", ["document_id"])


def downgrade() -> None:
    op.drop_table("document_service")
    op.drop_index("ix_document_issued_at", "document")
    op.drop_index("ix_document_failed", "document")
    op.create_index("ix_document_failed", "document", ["id"], postgresql_where=sa.text("state = 'failed'"))
    for name in ("told_at", "try_at", "tries"):
        op.drop_column("document", name)

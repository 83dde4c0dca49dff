"""What is made of attachments: sheets for the dossier, and a picture of the first page."""

import sqlalchemy as sa
from alembic import op

revision = "202611241030"
down_revision = "202611241000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Attachments of before get their row when they are first looked at or bound.
    op.create_table(
        "file_derivative",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("storage_key", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("preview_key", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('queued', 'ready', 'same', 'none', 'failed')", name=op.f("ck_file_derivative_state")
        ),
        sa.CheckConstraint("(state = 'ready') = (storage_key is not null)", name=op.f("ck_file_derivative_ready")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_file_derivative_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_derivative")),
    )


def downgrade() -> None:
    op.drop_table("file_derivative")

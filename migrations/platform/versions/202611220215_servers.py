"""servers, and what a move and an end leave in the registry."""

import sqlalchemy as sa
from alembic import op

revision = "202611220215"
down_revision = "202611220210"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server")),
        schema="platform",
    )
    op.add_column("tenant", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True), schema="platform")
    op.add_column("tenant", sa.Column("deletion_by", sa.Text(), nullable=True), schema="platform")
    op.add_column("tenant", sa.Column("deletion_at", sa.DateTime(timezone=True), nullable=True), schema="platform")


def downgrade() -> None:
    op.drop_column("tenant", "deletion_at", schema="platform")
    op.drop_column("tenant", "deletion_by", schema="platform")
    op.drop_column("tenant", "held_until", schema="platform")
    op.drop_table("server", schema="platform")

"""What a city that is held for reading says to people who want to hand something in."""

import sqlalchemy as sa
from alembic import op

revision = "202611220240"
down_revision = "202611220215"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tenant", sa.Column("notice", sa.Text(), nullable=True), schema="platform")


def downgrade() -> None:
    op.drop_column("tenant", "notice", schema="platform")

"""Where a server is, apart from the administrator's sealed address: all that web processes and workers need."""

import sqlalchemy as sa
from alembic import op

revision = "202611220420"
down_revision = "202611220400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("server", sa.Column("place", sa.Text(), server_default="", nullable=False), schema="platform")
    op.add_column("server", sa.Column("front", sa.Text(), nullable=True), schema="platform")


def downgrade() -> None:
    op.drop_column("server", "front", schema="platform")
    op.drop_column("server", "place", schema="platform")

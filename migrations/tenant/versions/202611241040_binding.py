"""What keeps a dossier from being PDF/A."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611241040"
down_revision = "202611241030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dossier_export", sa.Column("obstacles", postgresql.JSONB(astext_type=sa.Text()), nullable=True))


def downgrade() -> None:
    op.drop_column("dossier_export", "obstacles")

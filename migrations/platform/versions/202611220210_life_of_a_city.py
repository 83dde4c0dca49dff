"""Limits of a city, and the states it passes through when it moves or ends."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220210"
down_revision = "202611220100"
branch_labels = None
depends_on = None

BEFORE = "state in ('provisioning', 'active', 'read_only', 'suspended', 'failed')"
SINCE = "state in ('provisioning', 'active', 'read_only', 'suspended', 'failed', 'moving', 'deleting')"


def upgrade() -> None:
    op.add_column(
        "tenant",
        sa.Column("quotas", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        schema="platform",
    )
    op.drop_constraint(op.f("ck_tenant_state"), "tenant", schema="platform")
    op.create_check_constraint(op.f("ck_tenant_state"), "tenant", SINCE, schema="platform")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_tenant_state"), "tenant", schema="platform")
    op.create_check_constraint(op.f("ck_tenant_state"), "tenant", BEFORE, schema="platform")
    op.drop_column("tenant", "quotas", schema="platform")

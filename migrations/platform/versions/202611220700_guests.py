"""guests: accounts in cities for people from outside, asked for by one operator and approved by another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220700"
down_revision = "202611220650"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guest_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('auditor', 'break_glass')", name=op.f("ck_guest_grant_kind")),
        sa.CheckConstraint("approved_by <> asked_by", name=op.f("ck_guest_grant_two_operators")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_grant")),
        schema="platform",
    )


def downgrade() -> None:
    op.drop_table("guest_grant", schema="platform")

"""rehearsal: what people play on a draft, and runs of a draft over the city's cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611230935"
down_revision = "202611230910"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "process_play",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("acts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("played_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["process_draft.id"], name=op.f("fk_process_play_draft_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_process_play_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_play")),
        sa.UniqueConstraint("draft_id", "user_id", name=op.f("uq_process_play_draft_id_user_id")),
    )
    op.create_table(
        "process_backtest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('queued', 'running', 'ready', 'failed')", name=op.f("ck_process_backtest_state")),
        sa.ForeignKeyConstraint(["draft_id"], ["process_draft.id"], name=op.f("fk_process_backtest_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_backtest")),
    )
    op.create_index("ix_process_backtest_draft_id", "process_backtest", ["draft_id"], unique=False)


def downgrade() -> None:
    op.drop_table("process_backtest")
    op.drop_table("process_play")

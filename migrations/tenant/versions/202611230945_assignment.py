"""Who may be given a case: leave, skills, the most cases of a person, who keeps out of one; the ranking kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611230945"
down_revision = "202611230940"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_staff_leave_days")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_staff_leave_user_id")),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_staff_leave_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_leave")),
    )
    op.create_index("ix_staff_leave_user_id", "staff_leave", ["user_id"])
    op.create_table(
        "staff_skill",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("list_key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_staff_skill_user_id")),
        sa.PrimaryKeyConstraint("user_id", "list_key", "code", name=op.f("pk_staff_skill")),
    )
    op.create_table(
        "case_recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_recusal_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_case_recusal_user_id")),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_case_recusal_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_recusal")),
    )
    op.create_index(
        "uq_case_recusal_open",
        "case_recusal",
        ["case_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.add_column("app_user", sa.Column("case_cap", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_app_user_case_cap"), "app_user", "case_cap > 0")
    op.add_column("case_file", sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("step_taken", sa.Column("proposal", postgresql.JSONB(astext_type=sa.Text()), nullable=True))


def downgrade() -> None:
    op.drop_column("step_taken", "proposal")
    op.drop_column("case_file", "assigned_at")
    op.drop_constraint(op.f("ck_app_user_case_cap"), "app_user")
    op.drop_column("app_user", "case_cap")
    for table in ("case_recusal", "staff_skill", "staff_leave"):
        op.drop_table(table)

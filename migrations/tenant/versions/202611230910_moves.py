"""moves: plans that bring running cases to another version of their process, and what becomes of each case."""

import sqlalchemy as sa
from alembic import op

revision = "202611230910"
down_revision = "202611230905"
branch_labels = None
depends_on = None

STATES = "'judging', 'judged', 'running', 'stopped', 'done', 'undoing', 'undone', 'dropped'"


def upgrade() -> None:
    op.create_table(
        "process_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stop_after", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_by_id", sa.Uuid(), nullable=True),
        sa.Column("planned_by", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"state in ({STATES})", name=op.f("ck_process_move_state")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_process_move_other")),
        sa.CheckConstraint("confirmed_by_id <> planned_by_id", name=op.f("ck_process_move_two_persons")),
        sa.ForeignKeyConstraint(["from_id"], ["process_version.id"], name=op.f("fk_process_move_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["process_version.id"], name=op.f("fk_process_move_to_id")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["app_user.id"], name=op.f("fk_process_move_planned_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["app_user.id"], name=op.f("fk_process_move_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_move")),
    )
    op.create_index("ix_process_move_key", "process_move", ["key"], unique=False)
    op.create_index(
        "uq_process_move_open",
        "process_move",
        ["key"],
        unique=True,
        postgresql_where="state in ('judging', 'running', 'undoing')",
    )
    op.create_table(
        "process_move_case",
        sa.Column("move_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verdict in ('same', 'replays', 'mapped', 'blocked')", name=op.f("ck_process_move_case_verdict")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'moved', 'kept', 'failed', 'undone')", name=op.f("ck_process_move_case_state")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_process_move_case_case_id")),
        sa.ForeignKeyConstraint(["move_id"], ["process_move.id"], name=op.f("fk_process_move_case_move_id")),
        sa.PrimaryKeyConstraint("move_id", "case_id", name=op.f("pk_process_move_case")),
    )
    op.create_index("ix_process_move_case_case_id", "process_move_case", ["case_id"], unique=False)
    op.create_index("ix_process_move_case_state", "process_move_case", ["move_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_table("process_move_case")
    op.drop_table("process_move")

"""limits: when somebody is told next and was told, the loaded years of the calendar, last days that moved."""

import sqlalchemy as sa
from alembic import op

revision = "202611230915"
down_revision = "202611230900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_clock", sa.Column("alarm_on", sa.Date(), nullable=True))
    op.add_column("case_clock", sa.Column("promised_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_case_clock_alarm_on", "case_clock", ["alarm_on"], postgresql_where=sa.text("alarm_on is not null")
    )
    op.execute("UPDATE case_clock SET alarm_on = coalesce(warn_on, due_on) WHERE stopped_on IS NULL AND NOT paused")
    op.create_table(
        "clock_alarm",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_clock_alarm_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", "code", "level", "about", name=op.f("pk_clock_alarm")),
    )
    op.create_table(
        "clock_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_clock_move_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_move")),
    )
    op.create_index("ix_clock_move_moved_at", "clock_move", ["moved_at"])
    op.create_index("ix_clock_move_case_id", "clock_move", ["case_id"])
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )


def downgrade() -> None:
    for table in ("calendar_year", "clock_move", "clock_alarm"):
        op.drop_table(table)
    op.drop_index("ix_case_clock_alarm_on", table_name="case_clock")
    for column in ("promised_on", "alarm_on"):
        op.drop_column("case_clock", column)

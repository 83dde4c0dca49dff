"""Things that go on side by side, steps that count no longer, work lent to others, cases that belong together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611230905"
down_revision = "202611230915"
branch_labels = None
depends_on = None

EMPTY = sa.text("'{}'")


def upgrade() -> None:
    plain = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("case_file", sa.Column("regions", plain, server_default=EMPTY, nullable=False))
    op.add_column("step_taken", sa.Column("region", sa.Text(), nullable=True))
    op.add_column("step_taken", sa.Column("void", sa.Text(), nullable=True))
    op.add_column("step_taken", sa.Column("basis", plain, server_default=EMPTY, nullable=False))
    op.create_check_constraint(op.f("ck_step_taken_void"), "step_taken", "void in ('withdrawn', 'sent_back')")
    op.add_column("task", sa.Column("owner_id", sa.Uuid(), nullable=True))
    op.add_column("task", sa.Column("region", sa.Text(), nullable=True))
    op.create_foreign_key(op.f("fk_task_owner_id_app_user"), "task", "app_user", ["owner_id"], ["id"])
    op.create_table(
        "case_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('related', 'merged')", name=op.f("ck_case_link_kind")),
        sa.CheckConstraint("case_id <> other_id", name=op.f("ck_case_link_two_cases")),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_case_link_by_id_app_user")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_link_case_id_case_file")),
        sa.ForeignKeyConstraint(["other_id"], ["case_file.id"], name=op.f("fk_case_link_other_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("case_id", "other_id", name=op.f("uq_case_link_case_id_other_id")),
    )
    op.create_index("ix_case_link_other_id", "case_link", ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_link")
    op.drop_constraint(op.f("fk_task_owner_id_app_user"), "task", type_="foreignkey")
    op.drop_column("task", "region")
    op.drop_column("task", "owner_id")
    op.drop_constraint(op.f("ck_step_taken_void"), "step_taken", type_="check")
    for table, column in (
        ("step_taken", "basis"),
        ("step_taken", "void"),
        ("step_taken", "region"),
        ("case_file", "regions"),
    ):
        op.drop_column(table, column)

"""inspections: plans, what may be drawn and by whom it is inspected, who keeps out, the results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611250020"
down_revision = "202611241080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_path", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("per_object", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.Text(), nullable=False),
        sa.Column("planned_by_id", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seed", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('planned', 'frozen', 'drawn', 'published', 'closed')", name=op.f("ck_inspection_plan_state")
        ),
        sa.CheckConstraint("(seed is null) = (drawn_at is null)", name=op.f("ck_inspection_plan_seed")),
        sa.CheckConstraint("per_object > 0", name=op.f("ck_inspection_plan_per_object")),
        sa.CheckConstraint("seed is null or digest is not null", name=op.f("ck_inspection_plan_digest_first")),
        sa.CheckConstraint("share between 1 and 100", name=op.f("ck_inspection_plan_share")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["app_user.id"], name=op.f("fk_inspection_plan_planned_by_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["app_user.id"], name=op.f("fk_inspection_plan_published_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_plan")),
    )
    op.create_index(
        "ix_inspection_plan_unit_path",
        "inspection_plan",
        ["unit_path"],
        unique=False,
        postgresql_ops={"unit_path": "text_pattern_ops"},
    )
    op.create_table(
        "inspection_inspector",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["inspection_plan.id"], name=op.f("fk_inspection_inspector_plan_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_inspection_inspector_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_inspector")),
        sa.UniqueConstraint("plan_id", "user_id", name=op.f("uq_inspection_inspector_plan_id_user_id")),
    )
    op.create_index("ix_inspection_inspector_user_id", "inspection_inspector", ["user_id"], unique=False)
    op.create_table(
        "inspection_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("unit_path", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("scores", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("rectified", sa.Text(), nullable=True),
        sa.Column("amended", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("(grade is null) = (recorded_at is null)", name=op.f("ck_inspection_item_recorded")),
        sa.CheckConstraint("grade is null or position is not null", name=op.f("ck_inspection_item_drawn_only")),
        sa.ForeignKeyConstraint(["plan_id"], ["inspection_plan.id"], name=op.f("fk_inspection_item_plan_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["app_user.id"], name=op.f("fk_inspection_item_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_item")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_inspection_item_plan_id_position")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_inspection_item_plan_id_ref")),
    )
    op.create_table(
        "inspection_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspection_inspector.id"], name=op.f("fk_inspection_assignment_inspector_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["inspection_item.id"], name=op.f("fk_inspection_assignment_item_id")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["inspection_assignment.id"], name=op.f("fk_inspection_assignment_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_assignment")),
        sa.UniqueConstraint("item_id", "inspector_id", name=op.f("uq_inspection_assignment_item_id_inspector_id")),
    )
    op.create_index("ix_inspection_assignment_inspector_id", "inspection_assignment", ["inspector_id"], unique=False)
    op.create_table(
        "inspection_recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_inspection_recusal_by_id")),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspection_inspector.id"], name=op.f("fk_inspection_recusal_inspector_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["inspection_item.id"], name=op.f("fk_inspection_recusal_item_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["inspection_plan.id"], name=op.f("fk_inspection_recusal_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_recusal")),
        sa.UniqueConstraint("item_id", "inspector_id", name=op.f("uq_inspection_recusal_item_id_inspector_id")),
    )
    op.create_index("ix_inspection_recusal_plan_id", "inspection_recusal", ["plan_id"], unique=False)


def downgrade() -> None:
    op.drop_table("inspection_recusal")
    op.drop_table("inspection_assignment")
    op.drop_table("inspection_item")
    op.drop_table("inspection_inspector")
    op.drop_table("inspection_plan")

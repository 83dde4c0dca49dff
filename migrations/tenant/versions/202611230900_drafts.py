"""drafts: processes shaped by the city, how long a version holds, who may shape and who publishes."""

import sqlalchemy as sa
from alembic import op

revision = "202611230900"
down_revision = "202611220800"
branch_labels = None
depends_on = None
widens = {
    "admin": ["config.edit", "config.read"],
    "security": ["config.approve", "config.read"],
    "auditor": ["config.read"],
}

# A new version ended the one before it on the day it was published.
ENDS = """
UPDATE process_version SET valid_to = greatest(process_version.valid_from, following.valid_from)
FROM process_version following
WHERE following.key = process_version.key AND following.version = process_version.version + 1
"""
# What is registered late, for a day before the city was opened, runs on its first versions.
FIRST = "UPDATE process_version SET valid_from = '1970-01-01' WHERE version = 1"
NO_OVERLAP = """
ALTER TABLE process_version ADD CONSTRAINT ex_process_version_valid EXCLUDE USING gist (
    int8range(hashtextextended(key, 0), hashtextextended(key, 0), '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&
)
"""


def upgrade() -> None:
    op.add_column("process_version", sa.Column("valid_to", sa.Date(), nullable=True))
    op.execute("ALTER TABLE process_version ALTER COLUMN body TYPE json USING body::json")
    op.execute(ENDS)
    op.execute(FIRST)
    op.create_check_constraint(op.f("ck_process_version_valid"), "process_version", "valid_to >= valid_from")
    op.execute(NO_OVERLAP)
    op.create_table(
        "process_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("base_version_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("editors", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state in ('draft', 'in_review', 'published', 'discarded')", name=op.f("ck_process_draft_state")
        ),
        sa.CheckConstraint(
            "(state = 'in_review') <= (submitted_at is not null)", name=op.f("ck_process_draft_submitted")
        ),
        sa.ForeignKeyConstraint(
            ["base_version_id"], ["process_version.id"], name=op.f("fk_process_draft_base_version_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["process_version.id"], name=op.f("fk_process_draft_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_draft")),
    )
    op.create_index(
        "ix_process_draft_key",
        "process_draft",
        ["key"],
        unique=False,
        postgresql_where="state in ('draft', 'in_review')",
    )
    op.create_table(
        "process_draft_edit",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["process_draft.id"], name=op.f("fk_process_draft_edit_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_process_draft_edit")),
    )


def downgrade() -> None:
    op.drop_table("process_draft_edit")
    op.drop_index("ix_process_draft_key", table_name="process_draft")
    op.drop_table("process_draft")
    op.execute("ALTER TABLE process_version DROP CONSTRAINT ex_process_version_valid")
    op.drop_constraint(op.f("ck_process_version_valid"), "process_version", type_="check")
    op.execute("ALTER TABLE process_version ALTER COLUMN body TYPE jsonb USING body::jsonb")
    op.drop_column("process_version", "valid_to")

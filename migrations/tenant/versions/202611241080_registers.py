"""Registers: entries, dated records on them, and what was changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611241080"
down_revision = "202611241070"
branch_labels = None
depends_on = None

# Who settles disputes reads whom the bureau keeps; the bureau and its offices keep them, as in a new city.
_READS = "mediation.register_read"
widens = {code: [_READS] for code in ("mediator", "director", "clerk")} | {
    code: [_READS, "mediation.register_write"] for code in ("office_head", "bureau")
}
JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_path", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("key_value", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("warned_for", sa.Date(), nullable=True),
        sa.Column("values", JSON, server_default="{}", nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_register_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("register", "key_value", name=op.f("uq_register_entry_register_key_value")),
    )
    op.create_index(
        "ix_register_entry_unit_path",
        "register_entry",
        ["unit_path"],
        postgresql_ops={"unit_path": "text_pattern_ops"},
    )
    op.create_index("ix_register_entry_register_status", "register_entry", ["register", "status"])
    op.create_index(
        "ix_register_entry_expires_on",
        "register_entry",
        ["expires_on"],
        postgresql_where=sa.text("expires_on is not null"),
    )
    op.create_table(
        "register_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("values", JSON, server_default="{}", nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.id"], name=op.f("fk_register_record_entry_id_register_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_record")),
    )
    op.create_index("ix_register_record_entry_id", "register_record", ["entry_id"])
    op.create_table(
        "register_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("unit_path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.id"], name=op.f("fk_register_change_entry_id_register_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
        sa.UniqueConstraint("entry_id", "seq", name=op.f("uq_register_change_entry_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("register_change")
    op.drop_table("register_record")
    op.drop_table("register_entry")

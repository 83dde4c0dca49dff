"""The operators' second factor, and what a session of theirs still owes."""

import sqlalchemy as sa
from alembic import op

revision = "202611220605"
down_revision = "202611220400"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("operator", sa.Column("totp_secret", sa.LargeBinary(), nullable=True), schema="platform")
    op.add_column("operator", sa.Column("totp_confirmed_at", MOMENT, nullable=True), schema="platform")
    step = sa.Column("totp_last_step", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("operator", step, schema="platform")
    op.add_column(
        "operator_session", sa.Column("stage", sa.Text(), server_default="full", nullable=False), schema="platform"
    )
    op.create_check_constraint(
        op.f("ck_operator_session_stage"),
        "operator_session",
        "stage in ('full', 'second', 'enrol')",
        schema="platform",
    )
    op.create_table(
        "operator_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["operator_id"], ["platform.operator.id"], name=op.f("fk_operator_code_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_code")),
        sa.UniqueConstraint("operator_id", "digest", name=op.f("uq_operator_code_operator_id_digest")),
        schema="platform",
    )


def downgrade() -> None:
    op.drop_table("operator_code", schema="platform")
    op.drop_constraint(op.f("ck_operator_session_stage"), "operator_session", schema="platform")
    op.drop_column("operator_session", "stage", schema="platform")
    for column in ("totp_last_step", "totp_confirmed_at", "totp_secret"):
        op.drop_column("operator", column, schema="platform")

"""The operators' passkeys, and the challenges they sign."""

import sqlalchemy as sa
from alembic import op

revision = "202611220650"
down_revision = "202611220605"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "operator_passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["platform.operator.id"], name=op.f("fk_operator_passkey_operator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_operator_passkey_credential_id")),
        schema="platform",
    )
    op.create_index("ix_operator_passkey_operator_id", "operator_passkey", ["operator_id"], schema="platform")
    op.create_table(
        "operator_challenge",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["platform.operator.id"], name=op.f("fk_operator_challenge_operator_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_operator_challenge")),
        schema="platform",
    )


def downgrade() -> None:
    op.drop_table("operator_challenge", schema="platform")
    op.drop_table("operator_passkey", schema="platform")

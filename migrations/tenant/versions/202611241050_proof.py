"""The keys a city signs its documents and dossiers with."""

import sqlalchemy as sa
from alembic import op

revision = "202611241050"
down_revision = "202611241040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('active', 'retired')", name=op.f("ck_signing_key_state")),
        sa.CheckConstraint("(state = 'retired') = (retired_at is not null)", name=op.f("ck_signing_key_retired")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_index("uq_signing_key_fingerprint", "signing_key", ["fingerprint"], unique=True)
    op.create_index(
        "uq_signing_key_active", "signing_key", ["state"], unique=True, postgresql_where=sa.text("state = 'active'")
    )


def downgrade() -> None:
    op.drop_table("signing_key")

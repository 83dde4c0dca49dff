"""Room for personal data as ciphertext; what lay open is sealed before the next revision takes its place away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220510"
down_revision = "202611220500"
branch_labels = None
depends_on = None
seals = True

SEALED = (
    ("case_file", "data"),
    *(("party", name) for name in ("id_number", "birth", "phone", "address")),
    ("step_taken", "input"),
    ("draft", "data"),
    ("document", "values"),
    ("web_session", "data"),
    ("person", "phone"),
)
MASKED = (*(("party", name) for name in ("id_number", "phone", "address")), ("person", "phone"))
INDEXED = ("id_number", "phone")


def upgrade() -> None:
    for table, name in SEALED:
        op.add_column(table, sa.Column(f"{name}_sealed", sa.LargeBinary(), nullable=True))
    for table, name in MASKED:
        op.add_column(table, sa.Column(f"{name}_mask", sa.Text(), nullable=True))
    for name in INDEXED:
        op.add_column("party", sa.Column(f"{name}_index", sa.LargeBinary(), nullable=True))
        op.create_index(f"ix_party_{name}_index", "party", [f"{name}_index"], unique=False)
    figures = sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    op.add_column("case_file", figures)
    op.execute(
        "UPDATE case_file SET figures = coalesce((SELECT jsonb_object_agg(key, value) FROM jsonb_each(data)"
        " WHERE jsonb_typeof(value) = 'number'), '{}')"
    )


def downgrade() -> None:
    op.drop_column("case_file", "figures")
    for name in INDEXED:
        op.drop_index(f"ix_party_{name}_index", table_name="party")
        op.drop_column("party", f"{name}_index")
    for table, name in MASKED:
        op.drop_column(table, f"{name}_mask")
    for table, name in SEALED:
        op.drop_column(table, f"{name}_sealed")

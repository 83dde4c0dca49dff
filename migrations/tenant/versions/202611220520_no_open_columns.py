"""Away with the columns in which personal data lay open."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220520"
down_revision = "202611220510"
branch_labels = None
depends_on = None

TEXTS = (("party", "id_number"), ("party", "phone"), ("party", "address"), ("person", "phone"))
OBJECTS = (
    ("case_file", "data"),
    ("step_taken", "input"),
    ("draft", "data"),
    ("document", "values"),
    ("web_session", "data"),
)


def upgrade() -> None:
    for table, name in (*TEXTS, *OBJECTS, ("party", "birth")):
        op.drop_column(table, name)


def downgrade() -> None:
    op.add_column("party", sa.Column("birth", sa.Date(), nullable=True))
    for table, name in OBJECTS:
        column = sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
        op.add_column(table, column)
        op.alter_column(table, name, server_default=None)
    for table, name in TEXTS:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=True))

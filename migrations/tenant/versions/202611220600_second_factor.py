"""stages and devices of sessions, the second factor, passwords of the past, locks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220600"
down_revision = "202611220520"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("app_user", sa.Column("password_changed_at", MOMENT, server_default=sa.text("now()"), nullable=False))
    op.add_column("app_user", sa.Column("signed_in_at", MOMENT, nullable=True))
    _extend_sessions()
    _make_factors()
    op.create_table(
        "password_past",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("replaced_at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_password_past_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_past")),
    )
    op.create_index("ix_password_past_user_id", "password_past", ["user_id"], unique=False)
    op.create_table(
        "try_count",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locks", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_try_count")),
    )


def _extend_sessions() -> None:
    op.add_column("web_session", sa.Column("stage", sa.Text(), server_default="full", nullable=False))
    op.add_column("web_session", sa.Column("factors", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("web_session", sa.Column("proved_at", MOMENT, nullable=True))
    op.add_column("web_session", sa.Column("address", sa.Text(), nullable=True))
    op.add_column("web_session", sa.Column("agent", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_web_session_stage"), "web_session", "stage in ('full', 'second', 'enrol', 'password')"
    )


def _make_factors() -> None:
    op.create_table(
        "totp_factor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_totp_factor_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totp_factor")),
    )
    op.create_index(
        "uq_totp_factor_used",
        "totp_factor",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at is not null"),
    )
    op.create_index(
        "uq_totp_factor_offered",
        "totp_factor",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at is null"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("user_id", "digest", name=op.f("uq_recovery_code_user_id_digest")),
    )


def downgrade() -> None:
    for table in ("try_count", "password_past", "recovery_code", "totp_factor"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_web_session_stage"), "web_session")
    for column in ("agent", "address", "proved_at", "factors", "stage"):
        op.drop_column("web_session", column)
    op.drop_column("app_user", "signed_in_at")
    op.drop_column("app_user", "password_changed_at")

"""rights: duties, proposals, helpers, labels, guests, bulk exports, the register of practitioners."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611220700"
down_revision = "202611220650"
branch_labels = None
depends_on = None
renews = True

CHECKS = (
    ("role", "ck_role_duty", "duty in ('system', 'security', 'audit')"),
    ("role", "ck_role_clearance", "clearance between 0 and 2"),
    ("app_user", "ck_app_user_guest", "guest in ('auditor', 'break_glass')"),
    ("app_user", "ck_app_user_guest_ends", "(guest is null) = (expires_at is null)"),
    ("case_file", "ck_case_file_label", "label between 0 and 2"),
)
OLD_ROLES = """
UPDATE role SET duty = CASE
    WHEN permissions && ARRAY['tenant.admin', 'identity.manage'] THEN 'system'
    WHEN permissions && ARRAY['identity.approve'] THEN 'security'
    WHEN permissions && ARRAY['audit.read', 'audit.verify'] THEN 'audit' END
"""
OLD_ACCOUNTS = """
UPDATE app_user SET unit_id = (
    SELECT unit_id FROM role_grant WHERE user_id = app_user.id ORDER BY role_code, role_grant.id LIMIT 1)
"""
# The search path is fixed to the schema the function is made in: whoever writes, the city's own rows are looked at.
GUARD = """
CREATE FUNCTION refuse_second_duty() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM 1 FROM app_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM role_grant held JOIN role had ON had.code = held.role_code, role given
        WHERE held.user_id = NEW.user_id AND held.id <> NEW.id AND given.code = NEW.role_code
            AND had.duty <> given.duty
    ) THEN
        RAISE EXCEPTION 'an account has one duty of administration'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_duty', TABLE = 'role_grant';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "access_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("role_code", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("change", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (decided_by_id is null)", name=op.f("ck_access_proposal_decided")),
        sa.CheckConstraint("kind in ('grant', 'role')", name=op.f("ck_access_proposal_kind")),
        sa.CheckConstraint(
            "state = 'withdrawn' or decided_by_id <> proposed_by_id",
            name=op.f("ck_access_proposal_two_persons"),
        ),
        sa.CheckConstraint("state = 'withdrawn' or decided_by_id <> user_id", name=op.f("ck_access_proposal_not_own")),
        sa.CheckConstraint(
            "state in ('waiting', 'approved', 'refused', 'withdrawn')", name=op.f("ck_access_proposal_state")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["app_user.id"], name=op.f("fk_access_proposal_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["app_user.id"], name=op.f("fk_access_proposal_proposed_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_access_proposal_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_access_proposal_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_proposal")),
    )
    op.create_index(
        "uq_access_proposal_waiting",
        "access_proposal",
        ["kind", "user_id", "role_code", "unit_id"],
        unique=True,
        postgresql_where="state = 'waiting'",
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "bulk_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("unit_path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'approved', 'refused', 'taken')", name=op.f("ck_bulk_export_state")),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_bulk_export_two_persons")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["app_user.id"], name=op.f("fk_bulk_export_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["app_user.id"], name=op.f("fk_bulk_export_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_export")),
    )
    op.create_index("ix_bulk_export_asked_by_id", "bulk_export", ["asked_by_id"], unique=False)
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("licence_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_practitioner_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner")),
        sa.UniqueConstraint("kind", "licence_no", name=op.f("uq_practitioner_kind_licence_no")),
        sa.UniqueConstraint("user_id", name=op.f("uq_practitioner_user_id")),
    )
    op.create_table(
        "case_helper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_case_helper_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_helper_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_case_helper_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_helper")),
    )
    op.create_index("ix_case_helper_case_id", "case_helper", ["case_id"], unique=False)
    op.create_index(
        "ix_case_helper_user_id", "case_helper", ["user_id"], unique=False, postgresql_where="ended_at is null"
    )
    op.create_index(
        "uq_case_helper_open", "case_helper", ["case_id", "user_id"], unique=True, postgresql_where="ended_at is null"
    )
    op.add_column("app_user", sa.Column("unit_id", sa.Uuid(), nullable=True))
    op.add_column("app_user", sa.Column("guest", sa.Text(), nullable=True))
    op.add_column("app_user", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(op.f("fk_app_user_unit_id"), "app_user", "unit", ["unit_id"], ["id"])
    op.add_column("case_file", sa.Column("label", sa.Integer(), server_default="0", nullable=False))
    op.add_column("role", sa.Column("duty", sa.Text(), nullable=True))
    op.add_column("role", sa.Column("clearance", sa.Integer(), server_default="0", nullable=False))
    op.add_column("role", sa.Column("seal", sa.LargeBinary(), nullable=True))
    op.add_column("role_grant", sa.Column("seal", sa.LargeBinary(), nullable=True))
    op.add_column("task", sa.Column("label", sa.Integer(), server_default="0", nullable=False))
    for table, name, condition in CHECKS:
        op.create_check_constraint(op.f(name), table, condition)
    op.execute(OLD_ROLES)
    op.execute(OLD_ACCOUNTS)
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER one_duty BEFORE INSERT OR UPDATE ON role_grant"
        " FOR EACH ROW EXECUTE FUNCTION refuse_second_duty()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER one_duty ON role_grant")
    op.execute("DROP FUNCTION refuse_second_duty()")
    for table, name, _ in reversed(CHECKS):
        op.drop_constraint(op.f(name), table, type_="check")
    op.drop_column("task", "label")
    op.drop_column("role_grant", "seal")
    op.drop_column("role", "seal")
    op.drop_column("role", "clearance")
    op.drop_column("role", "duty")
    op.drop_column("case_file", "label")
    op.drop_constraint(op.f("fk_app_user_unit_id"), "app_user", type_="foreignkey")
    op.drop_column("app_user", "expires_at")
    op.drop_column("app_user", "guest")
    op.drop_column("app_user", "unit_id")
    op.drop_index("uq_case_helper_open", table_name="case_helper", postgresql_where="ended_at is null")
    op.drop_index("ix_case_helper_user_id", table_name="case_helper", postgresql_where="ended_at is null")
    op.drop_index("ix_case_helper_case_id", table_name="case_helper")
    op.drop_table("case_helper")
    op.drop_table("practitioner")
    op.drop_index("ix_bulk_export_asked_by_id", table_name="bulk_export")
    op.drop_table("bulk_export")
    op.drop_index(
        "uq_access_proposal_waiting",
        table_name="access_proposal",
        postgresql_where="state = 'waiting'",
        postgresql_nulls_not_distinct=True,
    )
    op.drop_table("access_proposal")

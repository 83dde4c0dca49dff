"""Taking whole dossiers away is a permission of its own."""

revision = "202611241070"
down_revision = "202611241060"
branch_labels = None
depends_on = None

# Who could take dossiers away may take whole ones, as the roles of a new city.
widens = {code: ["dossier.whole"] for code in ("director", "office_head", "bureau", "auditor")}


def upgrade() -> None:
    """Change no table: roles are sealed, so they are widened after the revisions."""


def downgrade() -> None:
    """Change no table."""

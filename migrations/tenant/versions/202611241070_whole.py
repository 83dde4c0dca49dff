"""Taking whole dossiers away is a permission of its own."""

from alembic import op

revision = "202611241070"
down_revision = "202611241060"
branch_labels = None
depends_on = None

# Who could take dossiers away may take whole ones, as the roles of a new city.
GRANT = """
UPDATE role SET permissions = array_append(permissions, 'dossier.whole')
WHERE permissions @> ARRAY['dossier.export'] AND NOT permissions @> ARRAY['dossier.whole']
"""


def upgrade() -> None:
    op.execute(GRANT)


def downgrade() -> None:
    op.execute("UPDATE role SET permissions = array_remove(permissions, 'dossier.whole')")

"""What the administrator's address must carry to build and migrate; serving needs none of it."""

from sqlalchemy import Connection, text

LOWEST_VERSION = 150000
ASKED = text(
    "SELECT current_setting('server_version_num')::int AS version, pg_encoding_to_char(encoding) AS encoding,"
    " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_superuser, current_user AS login"
    " FROM pg_database WHERE datname = current_database()"
)


def missing(connection: Connection) -> list[str]:
    """What stands in the way of building here, one sentence each; nothing when all is well."""
    found = connection.execute(ASKED).one()
    sentences = []
    if found.version < LOWEST_VERSION:
        sentences.append("DATABASE_URL must lead to PostgreSQL 15 or later.")
    if found.encoding != "UTF8":
        sentences.append("The database of DATABASE_URL must have the encoding UTF8.")
    if not found.is_superuser:
        # Only a superuser may take functions of pg_catalog from everybody, which isolation rests on.
        sentences.append(
            f"DATABASE_URL signs in as {found.login}, which lacks SUPERUSER: building, migrating and opening cities"
            " need it; serving does not."
        )
    return sentences

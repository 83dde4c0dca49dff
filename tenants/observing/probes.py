"""Whether this process may be sent requests: what stands in the way is named, nothing else."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import db
from tenants.histories import PLATFORM
from tenants.observing import readings

STUCK = 900  # seconds the oldest due job may have waited before somebody has to look


def ready() -> Mapping[str, bool]:
    """Each part by name: the database answers, its tables are those this program knows, jobs are being done."""
    known = _version()
    queue = readings.queue() if known is not None else None
    return {
        "database": known is not None,
        "migrations": known in PLATFORM.accepted,
        "queue": queue is not None and queue.oldest_seconds < STUCK,
    }


def _version() -> str | None:
    """The revision of the platform's tables; None when the database does not answer."""
    try:
        with db.engine.connect() as connection:
            return str(connection.scalar(text("SELECT version_num FROM platform.alembic_version")))
    except SQLAlchemyError:
        return None

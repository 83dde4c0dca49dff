"""Reading the versions of the processes a city made itself, and where its cases may go."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from saas.db.session import db
from saas.organisation.models import Unit
from saas.workflow.models import ProcessVersion
from saas.workflow.process import OWN


@dataclass(frozen=True)
class OwnVersion:
    """A version that was published, and whether new cases run on it today."""

    id: UUID
    key: str
    in_force: bool


def list_versions(today: date) -> tuple[list[OwnVersion], tuple[str, ...]]:
    """Every version by key, newest first, and the kinds of bodies the city has; one statement."""
    kinds = select(func.array_agg(Unit.body_type.distinct())).where(Unit.kind == "body").scalar_subquery()
    version = ProcessVersion
    query = (
        select(version.id, version.key, version.status, version.valid_from, kinds.label("kinds"))
        .where(version.body["domain"].astext == OWN, version.status.in_(("published", "retired")))
        .order_by(version.key, version.version.desc())
    )
    rows = db.session.execute(query).all()
    found = [OwnVersion(row.id, row.key, row.status == "published" and row.valid_from <= today) for row in rows]
    return found, tuple(sorted(filter(None, rows[0].kinds or ()))) if rows else ()

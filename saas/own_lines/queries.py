"""Reading the versions of the processes a city made itself, and where its cases may go."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Integer, Select, cast, func, select, union_all

from saas import clock
from saas.db.session import db
from saas.organisation.models import Unit
from saas.workflow.models import Draft, ProcessVersion
from saas.workflow.process import OWN
from saas.workflow.queries import holds_on


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
        select(version.id, version.key, holds_on(today).label("in_force"), kinds.label("kinds"))
        .where(version.body["domain"].as_string() == OWN, version.status != "draft")
        .order_by(version.key, version.version.desc())
    )
    rows = db.session.execute(query).all()
    found = [OwnVersion(row.id, row.key, row.in_force) for row in rows]
    return found, tuple(sorted(filter(None, rows[0].kinds or ()))) if rows else ()


def next_key() -> str:
    """A key that no process of the city has, not even in a draft: ``p1``, ``p2``."""
    keys = union_all(select(ProcessVersion.key), select(Draft.key)).subquery()
    number = cast(func.substring(keys.c.key, "^p([0-9]{1,6})$"), Integer)
    return f"p{(db.session.scalar(select(func.max(number))) or 0) + 1}"


def numbers_of_others(key: str) -> dict[str, str]:
    """How the city's other processes number their cases: each pattern with the title of the process."""
    published = _numbered(ProcessVersion, key).where(ProcessVersion.status == "published")
    drafted = _numbered(Draft, key).where(Draft.state.in_(("draft", "in_review")))
    rows = db.session.execute(union_all(drafted, published)).all()
    return {str(row.number): str(row.title) for row in rows}


def _numbered(table: type[ProcessVersion] | type[Draft], key: str) -> Select[tuple[str, str]]:
    number, title = table.body["number"].as_string(), table.body["title"].as_string()
    return select(number.label("number"), title.label("title")).where(table.key != key, number.is_not(None))


def list_in_force() -> list[ProcessVersion]:
    """The versions in force of the processes the city made itself, by title."""
    query = select(ProcessVersion).where(ProcessVersion.body["domain"].as_string() == OWN, holds_on(clock.today()))
    return list(db.session.scalars(query.order_by(ProcessVersion.body["title"].as_string(), ProcessVersion.key)))

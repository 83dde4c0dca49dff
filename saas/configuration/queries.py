"""Reading what a configuration is made of, and the numbers that were given."""

from typing import Any

from sqlalchemy import select

from saas import clock
from saas.cases.models import Case
from saas.db.session import db
from saas.documents.models import Document
from saas.workflow.models import ProcessVersion
from saas.workflow.queries import holds_on


def list_in_force() -> list[ProcessVersion]:
    """The version in force of every process the city runs, by key."""
    query = select(ProcessVersion).where(holds_on(clock.today())).order_by(ProcessVersion.key)
    return list(db.session.scalars(query))


def bodies_in_force() -> dict[str, dict[str, Any]]:
    """The body of every process the city runs, by key."""
    return {one.key: one.body for one in list_in_force()}


def has_case(number: str) -> bool:
    """Whether a case of the city has the number."""
    return db.session.scalar(select(Case.id).where(Case.number == number).limit(1)) is not None


def has_document(number: str) -> bool:
    """Whether a document of the city has the number."""
    return db.session.scalar(select(Document.id).where(Document.number == number).limit(1)) is not None

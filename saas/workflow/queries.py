"""Reading published versions; a parsed definition is kept, since a published version never changes."""

import hashlib
import json
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from saas import clock
from saas.db.session import db
from saas.errors import NotFoundError
from saas.identity.models import Grant, Role, User
from saas.workflow.definition import parse
from saas.workflow.models import ProcessVersion
from saas.workflow.process import Definition

_parsed: dict[str, Definition] = {}
_digests: dict[UUID, str] = {}


def holds_on(day: date) -> ColumnElement[bool]:
    """The condition that a version holds on a day, or held on one that is over; of one process at most one does."""
    running = and_(ProcessVersion.status == "published", ProcessVersion.valid_to.is_(None))
    return and_(ProcessVersion.valid_from <= day, or_(running, ProcessVersion.valid_to > day))


def current_version(key: str) -> ProcessVersion:
    """The version of a process that new cases run on today.

    Raises:
        NotFoundError: the city does not run this process.
    """
    query = select(ProcessVersion).where(ProcessVersion.key == key, holds_on(clock.today()))
    version = db.session.scalars(query).one_or_none()
    if version is None:
        raise NotFoundError("本市没有开通这项业务。")
    return version


def get_definition(version_id: UUID) -> Definition:
    """The parsed definition of a version; read once per process, and kept once for all cities that run the same."""
    if version_id not in _digests:
        body = db.session.execute(select(ProcessVersion.body).where(ProcessVersion.id == version_id)).scalar_one()
        # Made here and not read from the row: what one city wrote must not decide what another is given.
        digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()
        if digest not in _parsed:
            _parsed[digest] = parse(body)
        _digests[version_id] = digest
    return _parsed[_digests[version_id]]


def list_versions(key: str | None = None) -> list[ProcessVersion]:
    """All versions of all processes, or of one, newest first."""
    query = select(ProcessVersion).order_by(ProcessVersion.key, ProcessVersion.version.desc())
    return list(db.session.scalars(query if key is None else query.where(ProcessVersion.key == key)))


def list_published(key: str | None = None) -> list[ProcessVersion]:
    """The versions that hold or are to hold, of all processes or of one, newest first."""
    query = select(ProcessVersion).where(ProcessVersion.status == "published")
    query = query.order_by(ProcessVersion.key, ProcessVersion.version.desc())
    return list(db.session.scalars(query if key is None else query.where(ProcessVersion.key == key)))


def newest_number(key: str) -> int:
    """The number of the newest version there ever was of a process; 0 where there is none."""
    return db.session.scalar(select(func.max(ProcessVersion.version)).where(ProcessVersion.key == key)) or 0


def people_by_role() -> dict[str, set[str]]:
    """The ids of the active accounts that hold each role, by the role's code; every role is named."""
    holders: dict[str, set[str]] = {code: set() for code in db.session.scalars(select(Role.code))}
    held = select(Grant.role_code, Grant.user_id).join(User, Grant.user_id == User.id).where(User.active)
    for role, user in db.session.execute(held):
        holders[role].add(str(user))
    return holders


def get_version(version_id: UUID) -> ProcessVersion:
    """A version by its id.

    Raises:
        NotFoundError: The city has none of that id.
    """
    version = db.session.get(ProcessVersion, version_id)
    if version is None:
        raise NotFoundError
    return version


def current_keys() -> list[str]:
    """The keys of the processes the city runs today, in order."""
    query = select(ProcessVersion.key).where(holds_on(clock.today())).order_by(ProcessVersion.key)
    return list(db.session.scalars(query))


def current_versions() -> list[ProcessVersion]:
    """The versions new cases run on today, by key."""
    query = select(ProcessVersion).where(holds_on(clock.today())).order_by(ProcessVersion.key)
    return list(db.session.scalars(query))


def current_definitions() -> list[Definition]:
    """The parsed definitions new cases run on, by key."""
    query = select(ProcessVersion.id).where(holds_on(clock.today())).order_by(ProcessVersion.key)
    return [get_definition(version_id) for version_id in db.session.scalars(query)]

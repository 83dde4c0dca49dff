"""How the deployment is: numbers of every city, counted with its own login, and the health of what all share."""

import shutil
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from saas.cases.models import Case
from saas.config import Config, current_config
from saas.db.session import TenantRef, db
from saas.files import store
from saas.identity.models import User
from saas.jobs import status
from saas.jobs.addresses import ELSEWHERE
from saas.oversight.queries import ALARMING, standing
from tenants import registry
from tenants.context import entered
from tenants.histories import TENANT
from tenants.observing.queues import Waiting, waiting


@dataclass(frozen=True)
class Numbers:
    """What is counted in a city; None where it could not be asked."""

    users: int | None
    cases: int | None
    unsealed_seconds: int = 0


@dataclass(frozen=True)
class City:
    """A city as the operators' list shows it: counts, never what is counted."""

    ref: TenantRef
    host: str | None
    version: str | None
    numbers: Numbers
    stored: int
    jobs: Waiting

    @property
    def is_current(self) -> bool:
        """Whether its tables are at the newest version."""
        return self.version == TENANT.head


@dataclass(frozen=True)
class Health:
    """The parts that all cities share; sizes in bytes."""

    database: str
    queue: status.Status
    disk_free: int
    disk_total: int
    behind: int
    silent: int
    unsealed: int


def cities(app: Flask) -> list[City]:
    """Every city with its numbers, by code."""
    config = current_config()
    hosts, versions, jobs = registry.list_hosts(), registry.list_versions(), waiting(config)
    return [
        City(
            ref,
            hosts.get(ref.code),
            versions.get(ref.code),
            count(app, ref),
            stored(ref),
            jobs.get(ref.schema, Waiting(ref.schema, 0, 0)),
        )
        for ref in registry.list_tenants()
    ]


def count(app: Flask, ref: TenantRef) -> Numbers:
    """Accounts and cases of a city, with the city's own login in a transaction of its own."""
    users = select(func.count()).select_from(User).where(User.active).scalar_subquery()
    cases = select(func.count()).select_from(Case).scalar_subquery()
    try:
        with entered(app, ref):
            return Numbers(*db.session.execute(select(users, cases)).one(), standing().oldest_seconds)
    except SQLAlchemyError:
        # A city that does not answer must not hide the others.
        return Numbers(None, None)


def stored(ref: TenantRef) -> int:
    """The bytes of a city's files."""
    return store.measure(ref.id)


def health(found: list[City]) -> Health:
    """What all cities share, and how many of them are behind or silent."""
    config = current_config()
    with db.engine.connect() as connection:
        version = str(connection.scalar(text("show server_version")))
    disk = shutil.disk_usage(_standing(config))
    return Health(
        database=version,
        queue=status.read(config, current_app.extensions[ELSEWHERE]()),
        disk_free=disk.free,
        disk_total=disk.total,
        behind=sum(not city.is_current for city in found),
        silent=sum(city.numbers.cases is None for city in found),
        unsealed=sum(city.numbers.unsealed_seconds > ALARMING for city in found),
    )


def _standing(config: Config) -> str:
    """The storage folder, or the nearest one above it that is there already."""
    places = (config.storage_dir, *config.storage_dir.parents)
    return str(next(place for place in places if place.is_dir()))

"""The one session of a request or job: bound to one city, refusing to work without one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import Session as SessionLike

from saas.db.patient import CONNECTING
from saas.outside import DATABASE

__all__ = ["Limits", "NoTenantError", "SessionLike", "TenantRef", "TenantSession", "current_tenant", "db"]


class NoTenantError(RuntimeError):
    """Something asked the database for a city's rows before it was known which city."""


class RebindingError(RuntimeError):
    """A session that serves one city was asked to serve another."""


@dataclass(frozen=True)
class Limits:
    """How much a city may have; None is without a limit of its own.

    Attributes:
        users: Active accounts.
        files: Megabytes of attachments.
        connections: Connections to the database, all processes together.
        jobs: Jobs that wait.
    """

    users: int | None = None
    files: int | None = None
    connections: int | None = None
    jobs: int | None = None


@dataclass(frozen=True)
class TenantRef:
    """Which city: what resolution found, and all that code outside the registry may know about it.

    Attributes:
        id: Permanent and opaque; keys, files and audit carry it.
        code: The DNS label people know the city by.
        schema: The schema of the city's tables and the name of its database login.
        division: Where its unit tree begins, 2 to 12 digits.
        state: ``active``, ``read_only``, ``suspended``, ``provisioning``, ``failed``, ``moving`` or ``deleting``.
        demo: Whether the city's people and cases are invented.
        origin_id: The id of the city this one was copied from, its own when it was not.
        server: The name of the PostgreSQL server its tables are on.
        held_until: Until when writing is held at the latest while it moves.
        version: The revision of its tables.
        notice: What people read while the city takes nothing in.
        limits: How much it may have.
        copy_of: Of a copy, the name of the city it was made from; resolution fills it in.
        copied_at: When the copy was made.
    """

    id: UUID
    code: str
    name: str
    division: str
    schema: str
    state: str
    demo: bool
    origin_id: UUID
    server: str = "main"
    held_until: datetime | None = None
    version: str | None = None
    notice: str | None = None
    limits: Limits = Limits()
    copy_of: str | None = None
    copied_at: datetime | None = None

    @property
    def takes_entries(self) -> bool:
        """Whether people may write in it now."""
        return self.state == "active"


class TenantSession(Session):
    """A session that must be told its city once, and then stays with it."""

    tenant: TenantRef | None = None
    _bound_to: sqlalchemy.Engine | sqlalchemy.Connection | None = None

    def bind_tenant(self, tenant: TenantRef, engine: sqlalchemy.Engine | sqlalchemy.Connection) -> None:
        """Let the session work on a city through its own login.

        Raises:
            RebindingError: It already serves another city.
        """
        if self.tenant is not None and (self.tenant.id != tenant.id or self._bound_to is not engine):
            raise RebindingError("A session serves one city: open another one.")
        self.tenant = tenant
        self._bound_to = engine

    def get_bind(
        self,
        mapper: object | None = None,
        clause: object | None = None,
        bind: sqlalchemy.Engine | sqlalchemy.Connection | None = None,
        **kwargs: object,
    ) -> sqlalchemy.Engine | sqlalchemy.Connection:
        """The city's engine, whatever is asked for.

        Raises:
            NoTenantError: Nobody said which city.
        """
        del mapper, clause, bind, kwargs
        if self._bound_to is None:
            raise NoTenantError("No city is bound to this session.")
        return self._bound_to


db = SQLAlchemy(
    session_options={"class_": TenantSession},
    engine_options={
        "pool_pre_ping": True,
        "pool_timeout": DATABASE.room_seconds,
        "pool_recycle": 600,
        "connect_args": dict(CONNECTING),
    },
    add_models_to_shell=False,
)


def bind_tenant(tenant: TenantRef, engine: sqlalchemy.Engine | sqlalchemy.Connection) -> None:
    """Bind the session of the current application context; see :meth:`TenantSession.bind_tenant`."""
    session = db.session()
    assert isinstance(session, TenantSession)
    session.bind_tenant(tenant, engine)


def find_tenant() -> TenantRef | None:
    """The city the session of the current application context serves, if it serves one."""
    session = db.session()
    assert isinstance(session, TenantSession)
    return session.tenant


def current_tenant() -> TenantRef:
    """The city the session of the current application context serves.

    Raises:
        NoTenantError: It serves none.
    """
    tenant = find_tenant()
    if tenant is None:
        raise NoTenantError("No city is bound to this session.")
    return tenant

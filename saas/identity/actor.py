"""Who acts: a member of staff with grants at units, a citizen, or the system itself."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

CITIZEN_ROLE = "citizen"
SYSTEM_ROLE = "system"
EVERY_LABEL = 2  # citizens and the system are not kept from cases by labels: they reach only their own


@dataclass(frozen=True)
class Granted:
    """A role held at a unit; ``path`` is what that unit answers for, and the grant covers all under it."""

    role: str
    role_title: str
    path: str
    unit_id: UUID | None
    unit_name: str
    permissions: frozenset[str]
    clearance: int = 0
    """The highest label of cases that may be seen with it."""

    def covers(self, path: str) -> bool:
        """Whether a unit at this path is inside the grant."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Actor:
    """On whose behalf something is done; it also serves Flask-Login as the user of a request."""

    id: UUID | None
    name: str
    kind: Literal["staff", "citizen", "system"]
    grants: tuple[Granted, ...] = ()
    address: str | None = None
    request_id: str | None = None
    username: str | None = field(default=None, compare=False)
    agent: str | None = field(default=None, compare=False)
    """What the browser says of itself."""

    def may(self, permission: str) -> bool:
        """Whether any grant holds this permission, wherever it reaches."""
        return any(permission in granted.permissions for granted in self.grants)

    def may_at(self, permission: str, path: str) -> bool:
        """Whether a grant that covers this path holds the permission."""
        return any(permission in granted.permissions and granted.covers(path) for granted in self.grants)

    def roles_at(self, path: str) -> frozenset[str]:
        """The codes of the roles that cover this path."""
        return frozenset(granted.role for granted in self.grants if granted.covers(path))

    def scopes(self, permission: str) -> tuple[str, ...]:
        """The paths under which the permission is held, those inside another left out."""
        paths = sorted({granted.path for granted in self.grants if permission in granted.permissions})
        return tuple(path for path in paths if not any(path != other and path.startswith(other) for other in paths))

    @property
    def unit_name(self) -> str:
        """The unit shown beside the name; empty for citizens and the system."""
        return self.grants[0].unit_name if self.grants else ""

    @property
    def unit_path(self) -> str | None:
        """What the actor's first unit answers for; None for citizens and the system."""
        return self.grants[0].path or None if self.grants else None

    @property
    def role_titles(self) -> tuple[str, ...]:
        """The city's own titles of the roles held, each once."""
        return tuple(dict.fromkeys(granted.role_title for granted in self.grants))

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody signed in (Flask-Login)."""
        return self.kind == "staff"

    @property
    def is_active(self) -> bool:
        """An account switched off never becomes an actor (Flask-Login)."""
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody signed in (Flask-Login)."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """The account's id as text, empty where there is no account (Flask-Login)."""
        return str(self.id or "")


def citizen(
    name: str = "群众", address: str | None = None, request_id: str | None = None, agent: str | None = None
) -> Actor:
    """Somebody without an account: holds the role ``citizen`` everywhere and no permission."""
    everywhere = Granted(CITIZEN_ROLE, "群众", "", None, "", frozenset(), EVERY_LABEL)
    return Actor(None, name, "citizen", (everywhere,), address, request_id, agent=agent)


SYSTEM = Actor(None, "系统", "system", (Granted(SYSTEM_ROLE, "系统", "", None, "", frozenset(), EVERY_LABEL),))

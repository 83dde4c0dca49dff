"""The lines of work that a release brings along, opened in a city that was made before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from saas import publishing
from saas.audit import services as audit
from saas.db.session import TenantRef
from saas.domain import role_declarations
from saas.identity import queries, services
from saas.identity.actions import RightsAction
from saas.identity.actor import SYSTEM
from saas.workflow.queries import list_versions
from tenants import context


@dataclass(frozen=True)
class Opened:
    """What a city was given: the codes of roles and the keys of processes."""

    roles: tuple[str, ...]
    processes: tuple[str, ...]


def open_lines(app: Flask, city: TenantRef) -> Opened:
    """Give a city the roles and the statutory processes of this release that it never had; nothing else changes.

    A process it has in any version, a retired one too, is left to it: newer packs are offered on their own page.

    Raises:
        RefusedError: A definition has faults.
    """
    with context.transaction(app, city):
        roles = tuple(_missing_roles())
        known = {version.key for version in list_versions()}
        made = publishing.publish_packs(city.division, by=SYSTEM, known=known)
        return Opened(roles, tuple(version.key for version in made))


def _missing_roles() -> Iterator[str]:
    for role in role_declarations():
        if queries.find_role(role.code) is None:
            made = services.define_role(role.code, role.title, sorted(role.permissions), clearance=role.clearance)
            detail = {"added": made.permissions}
            audit.record(RightsAction.ROLE_CHANGED, ("role", role.code), by=SYSTEM, detail=detail, high=True)
            yield role.code

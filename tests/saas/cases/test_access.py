"""Who serves one line of work does not reach the cases of another."""

from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import select

from saas.cases import access
from saas.cases.access import Area
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.domain import EXTENSION, Domain, RoleDeclaration, closed_to, domains, role_declarations
from saas.identity.permissions import KernelPermission
from tests.conftest import InTenant
from tests.mediation import factory

READ = KernelPermission.CASE_READ


class Nothing(StrEnum):
    """No permission of its own."""


@pytest.fixture
def second(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second line of work that has a role of its own and shares one."""
    roles = (
        RoleDeclaration("stranger", "旁人", frozenset({READ})),
        RoleDeclaration("office_head", "司法所所长", frozenset({READ}), clearance=1),
    )
    line = Domain(name="second", title="另一条线", laws=(), permissions=Nothing, roles=roles)
    with app.app_context():
        monkeypatch.setitem(app.extensions, EXTENSION, (*domains(), line))


@pytest.mark.usefixtures("second")
def test_a_role_is_closed_to_the_lines_that_do_not_declare_it(app: Flask) -> None:
    with app.app_context():
        closed = {role: closed_to(role) for role in ("mediator", "stranger", "office_head", "auditor", "made_by_city")}
        others = {domain.name for domain in domains()}
        sharing = {line.name for line in domains() if any(role.code == "office_head" for role in line.roles)}

    assert closed["mediator"] == others - {"mediation"}
    assert closed["stranger"] == others - {"second"}
    assert sharing >= {"mediation", "second"}
    assert closed["office_head"] == others - sharing
    assert closed["auditor"] == closed["made_by_city"] == frozenset()


@pytest.mark.usefixtures("second")
def test_a_shared_role_is_declared_once_with_what_every_line_gives_it(app: Flask) -> None:
    with app.app_context():
        found = [role for role in role_declarations() if role.code == "office_head"]

    assert [(role.clearance, READ in role.permissions) for role in found] == [(2, True)]


@pytest.mark.usefixtures("second")
def test_a_case_of_another_line_is_not_found(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case, actor = factory.mediating(), factory.actor("sunli")
        number = select(Case.number).where(Case.id == case.id, access.reach(actor, READ))
        before = (access.allows(actor, READ, case), db.session.scalar(number))
        case.domain = "second"
        after = (access.allows(actor, READ, case), db.session.scalar(number), access.roles_on(actor, case))
        case.domain = "mediation"
        expected = case.number

    assert before == (True, expected)
    assert after == (False, None, frozenset())


def test_an_area_covers_another_that_is_no_wider() -> None:
    wide, narrow = Area("11", 2, ()), Area("11/0115", 1, ("second",))

    assert wide.covers(narrow)
    assert not narrow.covers(wide)
    assert not Area("11", 2, ("second",)).covers(Area("11", 1, ()))

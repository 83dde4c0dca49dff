from uuid import uuid4

import pytest
from sqlalchemy import select

from saas.db.session import TenantRef, db
from saas.identity import queries
from saas.identity.models import Proposal
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.web.staff.sending import send

READER = {"title": "查档人员", "permissions": ["case.read", "document.read"], "clearance": "1", "reason": "查档"}


def test_a_city_makes_a_role_of_its_own_when_two_people_agree(
    admin: Browser, security: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    code = f"r{uuid4().hex[:8]}"
    asked = send(admin, "/admin/roles/new", READER | {"code": code}, "/admin/roles")
    with in_tenant(beijing):
        assert queries.find_role(code) is None
        proposal = db.session.scalars(select(Proposal).where(Proposal.role_code == code)).one().id
    page = security.get("/admin/proposals").text
    send(security, "/admin/proposals", {}, f"/admin/proposals/{proposal}/approve")

    assert asked.status_code == 303
    assert "查看案件" in page
    with in_tenant(beijing):
        role = queries.find_role(code)
        assert role is not None
        assert (role.title, role.permissions, role.clearance) == ("查档人员", ["case.read", "document.read"], 1)


@pytest.mark.parametrize(
    ("code", "permissions", "sentence"),
    [
        ("mediator", ["case.read", "mediation.review"], "mediation.review"),
        ("clerk", ["case.read", "root.everything"], "root.everything"),
        ("clerk", ["identity.manage", "identity.approve"], "必须分开"),
        ("clerk", ["audit.read", "case.act"], "只能查看"),
        ("admin", ["identity.manage", "case.read"], "不能查看、办理案件"),
    ],
)
def test_a_role_stays_inside_what_the_law_and_the_program_allow(
    admin: Browser, code: str, permissions: list[str], sentence: str
) -> None:
    answer = send(admin, f"/admin/roles/{code}", READER | {"permissions": permissions}, f"/admin/roles/{code}")

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("code", ["", "Code", "x", "mediator", "a b"])
def test_a_new_role_needs_a_code_of_its_own(admin: Browser, code: str) -> None:
    answer = send(admin, "/admin/roles/new", READER | {"code": code}, "/admin/roles")

    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


def test_a_proposal_that_was_taken_back_cannot_be_approved(
    admin: Browser, security: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    code = f"r{uuid4().hex[:8]}"
    send(admin, "/admin/roles/new", READER | {"code": code}, "/admin/roles")
    with in_tenant(beijing):
        proposal = db.session.scalars(select(Proposal).where(Proposal.role_code == code)).one().id
    send(admin, "/admin/roles", {}, f"/admin/proposals/{proposal}/withdraw")

    assert send(security, "/admin/proposals", {}, f"/admin/proposals/{proposal}/approve").status_code == 409


def test_who_only_approves_sees_roles_without_a_form(security: Browser) -> None:
    page = security.get("/admin/roles/mediator").text

    assert "人民调解员" in page
    assert "提交审批" not in page

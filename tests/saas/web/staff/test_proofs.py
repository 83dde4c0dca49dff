"""What takes data out or shows it in full wants the person to have proved who he is within five minutes (R15)."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from saas.db.session import TenantRef, db
from saas.identity.models import User, WebSession
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.saas.web.staff.sending import send

ANY = UUID(int=7)


@pytest.fixture
def stale(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef) -> SignIn:
    """Sign somebody in whose proof is six minutes old."""

    def enter(username: str) -> Browser:
        browser = as_user(username)
        with in_tenant(beijing):
            user = db.session.scalars(select(User.id).where(User.username == username)).one()
            grown = update(WebSession).where(WebSession.user_id == user)
            db.session.execute(grown.values(proved_at=func.now() - timedelta(minutes=6)))
        return browser

    return enter


def test_a_value_is_not_shown_and_its_form_is_not_drawn(stale: SignIn, mediating: str) -> None:
    mediator = stale("sunli")
    page = mediator.get(f"/staff/cases/{mediating}").text
    address = re.findall(r'href="(/staff/cases/[^"]+/unmask/phone)"', page)[0]

    asked = mediator.get(address)
    shown = send(mediator, f"/staff/cases/{mediating}", {"reason": "联系当事人到场"}, address)

    assert (asked.status_code, asked.location) == (303, f"/reauthenticate?next={address}")
    assert shown.status_code == 403
    assert shown.headers["X-Reauthenticate"].startswith("/reauthenticate")


@pytest.mark.parametrize(
    ("username", "page", "address"),
    [
        ("zhaoxh", "/staff/exports", f"/staff/exports/{ANY}/take"),
        ("zhangwei", "/staff/export-approvals", f"/staff/export-approvals/{ANY}/approve"),
    ],
)
def test_a_long_list_is_neither_taken_nor_approved(stale: SignIn, username: str, page: str, address: str) -> None:
    answer = send(stale(username), page, {}, address)

    assert answer.status_code == 403
    assert answer.headers["X-Reauthenticate"].startswith("/reauthenticate")


@pytest.mark.parametrize(
    ("username", "address"), [("zhaoxh", "/staff/cases.xlsx?q=1"), ("liujg", "/audit/events.xlsx?q=1")]
)
def test_a_list_is_taken_out_after_another_proof(stale: SignIn, username: str, address: str) -> None:
    answer = stale(username).get(address)

    assert answer.status_code == 303
    assert answer.location.startswith("/reauthenticate?next=")


def test_who_lacks_the_right_learns_nothing_of_proofs(stale: SignIn) -> None:
    answer = stale("sunli").get("/staff/export-approvals")

    assert answer.status_code == 403
    assert "X-Reauthenticate" not in answer.headers

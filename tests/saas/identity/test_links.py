from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity import first_password, links, passwords, queries, sessions
from saas.identity.actor import SYSTEM, citizen
from saas.identity.links import Purpose
from saas.identity.proof_models import AccountLink
from tests.conftest import InTenant

PASSWORD = "brook willow lantern"


@pytest.fixture
def city(beijing: TenantRef, in_tenant: InTenant) -> Iterator[TenantRef]:
    with in_tenant(beijing):
        yield beijing


@pytest.fixture
def username(city: TenantRef) -> str:
    return f"new{uuid4().hex[:8]}"


@pytest.fixture
def token(username: str) -> str:
    return first_password.invite(username, "沈初登", [("admin", "11")], by=SYSTEM)


def test_only_the_digest_of_a_token_is_kept(token: str) -> None:
    kept = db.session.scalars(select(AccountLink.token_hash)).all()

    assert sessions.digest(token) in kept
    assert token.encode() not in kept


def test_whoever_holds_the_link_sets_the_password_once(token: str, username: str) -> None:
    user = first_password.choose(token, PASSWORD, by=citizen())

    assert (user.username, passwords.is_right(user.password_hash, PASSWORD)) == (username, True)
    with pytest.raises(NotFoundError, match="已经用过"):
        first_password.choose(token, "another lantern willow", by=citizen())
    assert passwords.is_right(user.password_hash, PASSWORD)


def test_a_weak_password_leaves_the_link_good(token: str) -> None:
    with pytest.raises(InvalidInputError):
        first_password.choose(token, "123", by=citizen())

    assert links.find(token, Purpose.FIRST_PASSWORD) is not None


def test_after_its_hours_a_link_opens_nothing(token: str) -> None:
    past = func.now() - timedelta(seconds=1)
    db.session.execute(
        update(AccountLink).where(AccountLink.token_hash == sessions.digest(token)).values(expires_at=past)
    )

    assert links.find(token, Purpose.FIRST_PASSWORD) is None
    with pytest.raises(NotFoundError):
        links.redeem(token, Purpose.FIRST_PASSWORD)


def test_a_new_link_ends_the_one_before(token: str, username: str) -> None:
    user = queries.find_user(username)
    assert user is not None
    later = links.issue(user, Purpose.FIRST_PASSWORD, 72, by=SYSTEM)

    assert links.find(token, Purpose.FIRST_PASSWORD) is None
    assert links.find(later, Purpose.FIRST_PASSWORD) == user


def test_an_account_that_was_closed_has_no_link(token: str, username: str) -> None:
    user = queries.find_user(username)
    assert user is not None
    user.active = False

    assert links.find(token, Purpose.FIRST_PASSWORD) is None


def test_what_was_done_with_a_link_is_written_down_by_its_owner(token: str) -> None:
    user = first_password.choose(token, PASSWORD, by=citizen(address="192.0.2.7"))

    told = db.session.execute(
        select(AuditEvent.action, AuditEvent.actor_name, AuditEvent.address).where(
            AuditEvent.subject_id == str(user.id), AuditEvent.action == "identity.link.used"
        )
    ).one()
    assert tuple(told) == ("identity.link.used", "沈初登", "192.0.2.7")

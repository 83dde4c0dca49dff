"""One's own passkeys are taken away by oneself; another's are not there, and the last demanded one stays."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity import passkeys, services
from saas.identity.actor import SYSTEM
from saas.identity.models import User
from saas.identity.proof_models import Passkey
from saas.settings import services as settings
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.identity.factories import PASSWORD, make_user


@pytest.fixture
def city(in_tenant: InTenant, beijing: TenantRef) -> Iterator[TenantRef]:
    with in_tenant(beijing):
        yield beijing
        db.session.rollback()


def add_key(user: User) -> UUID:
    """A passkey, as it is kept."""
    key = Passkey(user_id=user.id, credential_id=uuid4().bytes, public_key=b"k", sign_count=0, transports=[], title="")
    db.session.add(key)
    db.session.flush()
    return key.id


def removed(user: User) -> int:
    """How often the record says that a passkey of the user was taken away."""
    told = select(func.count()).where(
        AuditEvent.action == "identity.passkey.removed", AuditEvent.subject_id == str(user.id)
    )
    return db.session.scalar(told) or 0


def test_ones_own_is_taken_away_and_written_down(city: TenantRef) -> None:
    user = make_user()
    key = add_key(user)

    passkeys.remove(user, key, by=SYSTEM)

    assert (passkeys.list_of(user.id), removed(user)) == ([], 1)


def test_anothers_is_not_there_and_nothing_is_said_to_be_deleted(
    app: Flask, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        owner, stranger = make_user(), make_user()
        key, username, owner_id = add_key(owner), stranger.username, owner.id
        with pytest.raises(NotFoundError):
            passkeys.remove(stranger, key, by=SYSTEM)
        assert removed(stranger) == 0
    browser = Browser(app, beijing)
    browser.sign_in(username, PASSWORD)
    answer = browser.submit("/account/passkeys", {"passkey": str(key)}, "/account/passkeys/remove")

    assert answer.status_code == 404
    assert "已经删除" not in browser.get("/account/passkeys").text
    with in_tenant(beijing):
        assert len(passkeys.list_of(owner_id)) == 1


def test_the_last_one_that_is_demanded_stays(city: TenantRef) -> None:
    user = make_user()
    settings.set_value("identity.passkey_roles", user.grants[0].role_code, by=SYSTEM)
    first, second = add_key(user), add_key(user)

    passkeys.remove(user, first, by=SYSTEM)

    with pytest.raises(InvalidInputError):
        passkeys.remove(user, second, by=SYSTEM)


def test_doing_without_the_app_leaves_the_passkeys(city: TenantRef) -> None:
    user = make_user()
    add_key(user)

    services.remove_factors(user, by=SYSTEM)

    assert len(passkeys.list_of(user.id)) == 1

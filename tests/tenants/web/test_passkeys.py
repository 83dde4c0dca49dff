"""Operators take away their own passkeys; another operator's are not there."""

from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from tenants.models import Operator, OperatorPasskey
from tenants.registry import platform_session
from tenants.web import keys
from tests.browsers import Browser
from tests.tenants.web.conftest import Enter


def add_key(username: str) -> tuple[UUID, UUID]:
    """A passkey of an operator: whose it is, and its id."""
    with platform_session() as session:
        owner = session.scalars(select(Operator.id).where(Operator.username == username)).one()
        key = OperatorPasskey(
            operator_id=owner, credential_id=uuid4().bytes, public_key=b"k", sign_count=0, title="机房密钥"
        )
        session.add(key)
        session.flush()
        return owner, key.id


def take_away(browser: Browser, key: UUID) -> int:
    """Ask for a passkey to be deleted: how it is answered."""
    return browser.submit("/ops/passkeys", {"passkey": str(key)}, "/ops/passkeys/remove").status_code


def test_an_operator_takes_away_ones_own_and_no_others_passkey(app: Flask, enter: Enter) -> None:
    owner, stranger = enter(), enter()
    with app.app_context():
        owner_id, key = add_key(owner.username)  # type: ignore[attr-defined]
    refused = take_away(stranger, key)
    with app.app_context():
        left = len(keys.list_of(owner_id))

    assert (refused, left) == (404, 1)
    assert "已经删除" not in stranger.get("/ops/passkeys").text
    assert take_away(owner, key) == 303
    with app.app_context():
        assert keys.list_of(owner_id) == []

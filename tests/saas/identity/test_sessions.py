from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from saas.db.counting import count_queries
from saas.db.session import TenantRef, db
from saas.identity import sessions
from saas.identity.models import WebSession
from tests.conftest import InTenant
from tests.saas.identity.factories import make_unit, make_user

HOUR = timedelta(hours=1)


def test_the_database_holds_nothing_that_opens_a_session(in_tenant: InTenant, beijing: TenantRef) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        session = sessions.start(token)

        assert session.token_hash == sessions.digest(token)
        assert token.encode() not in session.token_hash
        assert sessions.find(session.token_hash.hex()) is None


def test_one_statement_gives_session_person_roles_and_units(in_tenant: InTenant, beijing: TenantRef) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        user = make_user(["case.read"], unit=make_unit("zz/one/", scope="zz/"))
        sessions.start(token, user=user)
        db.session.commit()
        db.session.expunge_all()

        with count_queries() as sent:
            found = sessions.find(token)
            assert found is not None
            assert found.session.user is not None
            actor = sessions.actor_of(found.session.user)

    assert sent.count == 1
    assert (actor.name, actor.unit_name, actor.scopes("case.read")) == ("张三", "测试司法所", ("zz/",))


@pytest.mark.parametrize(
    ("changed", "lives"),
    [
        ({}, True),
        ({"seen_at": func.now() - timedelta(minutes=29)}, True),
        ({"seen_at": func.now() - timedelta(minutes=31)}, False),
        ({"expires_at": func.now() - timedelta(seconds=1)}, False),
    ],
)
def test_a_session_of_staff_ends_when_idle_or_too_long(
    in_tenant: InTenant, beijing: TenantRef, changed: dict[str, Any], *, lives: bool
) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        session = sessions.start(token, user=make_user())
        for name, value in changed.items():
            setattr(session, name, value)
        db.session.flush()

        assert (sessions.find(token) is not None) is lives


def test_a_visitor_may_be_idle_for_longer_than_staff(in_tenant: InTenant, beijing: TenantRef) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        sessions.start(token).seen_at = func.now() - timedelta(minutes=45)
        db.session.flush()

        assert sessions.find(token) is not None


def test_a_session_begins_with_the_absolute_limit(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        session = sessions.start(sessions.new_token())

        assert session.expires_at - session.created_at == 12 * HOUR


def test_an_account_switched_off_loses_its_sessions_at_once(in_tenant: InTenant, beijing: TenantRef) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        user = make_user()
        sessions.start(token, user=user)
        user.active = False
        db.session.flush()

        assert sessions.find(token) is None


def test_using_a_session_is_noted_once_a_minute(in_tenant: InTenant, beijing: TenantRef) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        sessions.start(token).seen_at = func.now() - timedelta(minutes=5)
        db.session.flush()
        found = sessions.find(token)
        assert found is not None
        assert found.is_stale

        sessions.touch(found)
        db.session.flush()
        again = sessions.find(token)

        assert again is not None
        assert not again.is_stale


def test_what_has_run_out_is_swept(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        dead = sessions.start(sessions.new_token())
        dead.expires_at = func.now() - HOUR
        db.session.flush()
        gone = dead.id

        sessions.sweep()

        assert db.session.scalar(select(WebSession.id).where(WebSession.id == gone)) is None

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError
from saas.identity import door, passwords, queries, services, sessions
from saas.identity.actor import SYSTEM, citizen
from tests.conftest import InTenant
from tests.saas.identity.factories import PASSWORD, make_unit, make_user


def events(action: str, subject_id: object) -> int:
    counted = select(func.count()).where(AuditEvent.action == action, AuditEvent.subject_id == str(subject_id))
    return db.session.scalar(counted) or 0


def test_signing_in_begins_a_session_and_is_recorded(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        user = make_user()
        db.session.commit()

        token, session = door.sign_in(user.username, PASSWORD, by=citizen(address="10.9.1.1"))

        assert (session.user_id, session.stage) == (user.id, "full")
        assert sessions.find(token) is not None
        assert events("identity.user.signed_in", user.id) == 1


def test_a_wrong_password_is_recorded_although_the_request_is_undone(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        user = make_user()
        db.session.commit()

        with pytest.raises(InvalidInputError):
            door.sign_in(user.username, "wrong", by=citizen(address="10.9.2.1"))
        db.session.rollback()

        assert events("identity.user.sign_in_failed", user.id) == 1


def test_nobody_and_a_wrong_password_get_the_same_words(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        user = make_user()
        db.session.commit()
        told = []
        for username in (user.username, f"nobody{uuid4().hex}"):
            with pytest.raises(InvalidInputError) as refused:
                door.sign_in(username, "wrong", by=citizen(address="10.9.3.1"))
            told.append((refused.value.message, refused.value.fields))

    assert told[0] == told[1]


def test_after_five_wrong_tries_the_right_password_waits_but_not_from_another_network(
    in_tenant: InTenant, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_tenant(beijing):
        user = make_user()
        db.session.commit()
        monkeypatch.setattr(passwords, "is_right", lambda stored, typed: stored is not None and typed == PASSWORD)
        for typed in ("wrong",) * 5 + (PASSWORD,):
            with pytest.raises(InvalidInputError):
                door.sign_in(user.username, typed, by=citizen(address="10.9.4.77"))

        assert door.sign_in(user.username, PASSWORD, by=citizen(address="10.9.5.1"))[1].user_id == user.id


@pytest.mark.parametrize("username", ["", "Zhang", "张三", "a b", "x" * 65])
def test_a_malformed_account_name_is_refused(in_tenant: InTenant, beijing: TenantRef, username: str) -> None:
    with in_tenant(beijing), pytest.raises(InvalidInputError) as refused:
        services.create_user(services.NewUser(username, "张三", PASSWORD), by=SYSTEM)

    assert "username" in refused.value.fields


def test_an_account_name_is_given_once(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        taken = make_user().username

        with pytest.raises(InvalidInputError, match="修改"):
            services.create_user(services.NewUser(taken, "李四", PASSWORD), by=SYSTEM)


@pytest.mark.parametrize(("role", "unit", "field"), [("no-role", None, "role"), (None, "no-unit", "unit")])
def test_a_grant_needs_a_role_and_a_unit_that_exist(
    in_tenant: InTenant, beijing: TenantRef, role: str | None, unit: str | None, field: str
) -> None:
    with in_tenant(beijing):
        user = make_user()
        known = user.grants[0]

        with pytest.raises(InvalidInputError) as refused:
            services.grant_role(user, role or known.role_code, unit or known.unit.code, by=SYSTEM)

    assert list(refused.value.fields) == [field]


def test_a_new_password_ends_every_session(in_tenant: InTenant, beijing: TenantRef) -> None:
    token = sessions.new_token()
    with in_tenant(beijing):
        user = make_user()
        sessions.start(token, user=user)

        services.set_password(user, "another river stone", by=SYSTEM)

        assert sessions.find(token) is None
        assert passwords.is_right(user.password_hash, "another river stone")
        assert events("identity.password.changed", user.id) == 1


def test_holders_of_a_role_are_those_whose_grant_covers_the_place(in_tenant: InTenant, beijing: TenantRef) -> None:
    role = f"role_{uuid4().hex[:8]}"
    with in_tenant(beijing):
        top, inner, aside = (make_unit(f"zy/{role}/{part}") for part in ("", "a/", "b/"))
        above = make_user(unit=top, role=role, name="甲")
        here = make_user(unit=inner, role=role, name="乙")
        make_user(unit=aside, role=role, name="丙")

        holders = queries.list_holders([role], inner.path)

        assert {user.id for user in holders} == {above.id, here.id}


def test_users_of_a_scope_are_those_with_a_role_inside_it(in_tenant: InTenant, beijing: TenantRef) -> None:
    mark = uuid4().hex[:8]
    with in_tenant(beijing):
        inside = make_user(unit=make_unit(f"zx/{mark}/a/"))
        make_user(unit=make_unit(f"zw/{mark}/"))

        assert [user.id for user in queries.list_users([f"zx/{mark}/"])] == [inside.id]
        assert queries.list_users([]) == []

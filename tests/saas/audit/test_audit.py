from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from saas import clock
from saas.audit import queries, services
from saas.audit.models import AuditEvent
from saas.audit.queries import EventFilter
from saas.db.session import TenantRef, db
from saas.errors import NotFoundError
from saas.identity.actor import Actor, Granted
from tests.conftest import InTenant
from tests.saas.identity.factories import make_unit


def actor_at(path: str, name: str = "李四") -> Actor:
    grants = (Granted("clerk", "科员", path, None, "单位", frozenset({"audit.read"})),)
    return Actor(uuid4(), name, "staff", grants, "10.0.0.9", "request-1")


def record_one(action: str, path: str, **detail: str) -> AuditEvent:
    event = services.record(action, ("thing", "1"), by=actor_at(path), detail=detail)
    db.session.flush()
    return event


def test_an_event_tells_who_when_where_and_what(in_tenant: InTenant, beijing: TenantRef) -> None:
    moment = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    with in_tenant(beijing), clock.business_time(moment):
        event = services.record("test.done", make_unit(), by=actor_at("zz/1/"), detail={"old": 1, "new": 2})
        db.session.flush()

        assert (event.actor_name, event.unit_path, event.address) == ("李四", "zz/1/", "10.0.0.9")
        assert (event.subject_type, event.request_id) == ("unit", "request-1")
        assert event.happened_at == moment
        assert event.recorded_at > moment


def test_an_event_is_undone_with_the_act_it_tells_of(in_tenant: InTenant, beijing: TenantRef) -> None:
    action = f"test.{uuid4().hex}"
    with in_tenant(beijing):
        record_one(action, "zz/1/")
        db.session.rollback()

        assert db.session.scalar(select(AuditEvent.id).where(AuditEvent.action == action)) is None


def test_an_event_recorded_apart_outlives_the_refusal(in_tenant: InTenant, beijing: TenantRef) -> None:
    action = f"test.{uuid4().hex}"
    with in_tenant(beijing):
        services.record_apart(action, ("thing", "1"), by=actor_at("zz/1/"))
        db.session.rollback()

        assert db.session.scalar(select(AuditEvent.id).where(AuditEvent.action == action)) is not None


@pytest.mark.parametrize(
    ("scopes", "expected"), [(("zz/a/",), 1), (("zz/",), 2), (("zz/a/", "zz/b/"), 2), (("zy/",), 0), ((), 0)]
)
def test_a_reader_sees_events_of_their_units_only(
    in_tenant: InTenant, beijing: TenantRef, scopes: tuple[str, ...], expected: int
) -> None:
    action = f"test.{uuid4().hex}"
    with in_tenant(beijing):
        record_one(action, "zz/a/")
        record_one(action, "zz/b/1/")

        assert queries.search(EventFilter(scopes, action=action)).total == expected


def test_an_event_of_no_unit_is_for_who_answers_for_the_whole_city(in_tenant: InTenant, beijing: TenantRef) -> None:
    action = f"test.{uuid4().hex}"
    with in_tenant(beijing):
        services.record(action, ("thing", "1"), by=Actor(None, "群众", "citizen"))
        db.session.flush()

        assert queries.search(EventFilter(("zz/",), action=action)).total == 1
        assert queries.search(EventFilter(("zz/a/",), action=action)).total == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"text": "100%_sure"}, 1),
        ({"text": "100x"}, 0),
        ({"person": "李"}, 1),
        ({"person": "王"}, 0),
        ({"first_day": clock.today() - timedelta(days=1), "last_day": clock.today() + timedelta(days=1)}, 1),
        ({"last_day": clock.today() - timedelta(days=2)}, 0),
    ],
)
def test_a_search_narrows_by_words_person_and_days(
    in_tenant: InTenant, beijing: TenantRef, filters: dict[str, Any], expected: int
) -> None:
    action = f"test.{uuid4().hex}"
    with in_tenant(beijing):
        record_one(action, "zz/a/", note="100%_sure")

        assert queries.search(EventFilter(("zz/",), action=action, **filters)).total == expected


def test_pages_come_newest_first(in_tenant: InTenant, beijing: TenantRef) -> None:
    action = f"test.{uuid4().hex}"
    with in_tenant(beijing):
        made = [record_one(action, "zz/a/").id for _ in range(3)]

        found = queries.search(EventFilter(("zz/",), action=action), offset=1, limit=2)

        assert [event.id for event in found.events] == [made[1], made[0]]


def test_an_event_elsewhere_is_not_found(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        event = record_one("test.done", "zz/a/")

        assert queries.get_event(event.id, scopes=("zz/a/",)).id == event.id
        with pytest.raises(NotFoundError):
            queries.get_event(event.id, scopes=("zz/b/",))

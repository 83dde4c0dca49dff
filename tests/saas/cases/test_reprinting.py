"""A document that could not be printed keeps its number, is told of once and tried again, never void by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases import reprinting
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents import jobs, queries, retrying
from saas.documents.models import Document
from saas.errors import ConflictError
from saas.messages.models import Message
from tenants import reprints
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.documents.issued import failed, printed

LATER = timedelta(hours=1)


@pytest.fixture(autouse=True)
def alone(beijing: TenantRef, in_tenant: InTenant) -> None:
    """No other test's failure is due or untold."""
    with in_tenant(beijing):
        left = update(Document).where(Document.state == "failed")
        db.session.execute(left.values(try_at=clock.now() + timedelta(days=365), told_at=clock.now()))


def told(case: Case, document: Document) -> list[tuple[str, bool]]:
    """Who was told of a document, and whether the message leads to the case."""
    names = {factory.actor(name).id: name for name in ("sunli", "zhaoxh", "wanghy")}
    query = select(Message).where(Message.title == reprinting.TITLE, Message.body.contains(document.number))
    found = db.session.scalars(query).all()
    return sorted((names.get(one.user_id, "other"), one.case_id == case.id) for one in found)


def test_the_handler_and_the_administrators_are_told_once(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        document = failed(case)
        for _ in range(2):
            reprinting.go_round()
            db.session.flush()
        assert told(case, document) == [("sunli", True), ("wanghy", False)]
        actions = select(AuditEvent.action).where(AuditEvent.subject_id == str(document.id))
        assert list(db.session.scalars(actions)).count("document.alarmed") == 1


def test_administrators_read_nothing_of_the_case(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        document = failed(case)
        reprinting.go_round()
        mine = (Message.user_id == factory.actor("wanghy").id, Message.body.contains(document.number))
        body = db.session.scalars(select(Message.body).where(*mine)).one()
        assert case.number not in body
        assert case.title not in body


def test_a_failure_keeps_its_number_and_is_tried_again_when_its_rest_is_over(
    beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(beijing):
        document = failed(factory.mediating())
        document_id, number = document.id, document.number
        reprinting.go_round()
        assert document.state == "failed"
    with in_tenant(beijing), clock.business_time(clock.now() + LATER):
        reprinting.go_round()
        assert queries.get_document(document_id).state == "queued"
    drain_jobs()
    with in_tenant(beijing):
        document = queries.get_document(document_id)
        assert (document.state, document.number, document.problem, document.try_at) == ("ready", number, None, None)


def test_each_vain_try_makes_the_rest_longer_up_to_a_day(beijing: TenantRef, in_tenant: InTenant) -> None:
    assert [retrying.rest_after(n) for n in (1, 2, 3)] == [timedelta(minutes=10 * n) for n in (1, 2, 4)]
    assert retrying.rest_after(40) == timedelta(days=1)
    with in_tenant(beijing):
        document = failed(factory.mediating())
        for tries in (2, 3):
            retrying.again(document)
            jobs.give_up({"document": str(document.id)}, "还是不行。")
            assert (document.tries, document.state, document.void_reason) == (tries, "failed", None)
        assert document.try_at is not None
        assert document.try_at - clock.now() > timedelta(minutes=39)


def test_a_person_has_it_printed_at_once_and_only_what_failed(
    beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(beijing):
        case, actor = factory.mediating(), factory.actor("sunli")
        document = failed(case)
        document_id = document.id
        retrying.redo(document, case, by=actor)
        with pytest.raises(ConflictError, match="不需要重新生成"):
            retrying.redo(printed(case), case, by=actor)
    drain_jobs()
    with in_tenant(beijing):
        assert queries.get_document(document_id).state == "ready"


def test_the_worker_goes_the_round_in_every_city(app: Flask, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        document_id = failed(factory.mediating()).id
    assert reprints.go_round(app) >= 1
    with in_tenant(beijing):
        assert queries.get_document(document_id).told_at is not None

"""Issuing: number, row, audit, print, all or nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.db.session import TenantRef, db
from saas.documents import jobs, queries, render
from saas.documents.fonts import DocumentProblem
from saas.errors import InvalidInputError, NotFoundError
from saas.files import store
from saas.numbering.models import Counter
from saas.signing.pdf import content_of
from tests.mediation import factory
from tests.saas.documents.issued import APPLICATION, issued

InTenant = Callable[[TenantRef], AbstractContextManager[None]]


def last_number(case: Case) -> int:
    series = case.unit.short_name or case.unit.name
    query = select(Counter.last).where(Counter.kind == APPLICATION.code, Counter.series == series)
    return db.session.scalar(query) or 0


def test_numbers_follow_one_another_and_carry_the_word_of_the_form(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        before = last_number(case)
        numbers = [issued(case).number for _ in range(2)]
    assert [f"第{before + n}号" in number for n, number in enumerate(numbers, 1)] == [True, True]
    assert all("人调申字" in number for number in numbers)


def test_an_issue_is_recorded_with_its_number(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = issued(case)
        query = select(AuditEvent).where(AuditEvent.subject_id == str(document.id))
        event = db.session.scalars(query).one()
        assert (event.action, event.detail["number"]) == ("document.issued", document.number)


def test_a_refused_issue_takes_no_number(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        before = last_number(case)
        case.data = case.data | {"facts": "\U000f0000"}
        with pytest.raises(InvalidInputError, match=r"U\+F0000"):
            issued(case)
        assert last_number(case) == before


def test_the_job_prints_what_was_issued_and_keeps_it(
    beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(beijing):
        document_id = issued(factory.open_application()).id
    drain_jobs()
    with in_tenant(beijing):
        document = queries.get_document(document_id)
        assert (document.state, document.pages, document.problem) == ("ready", 1, None)
        data = store.get(str(document.storage_key))
        assert store.digest_of(data) == document.digest
        printed = content_of(data, document.content_digest)
        assert printed == render.pdf(render.html(APPLICATION, document.values), APPLICATION.layout)
        assert data.startswith(printed)
        assert b"/ByteRange" in data[len(printed) :], "the city signs what it issues"
        assert document.renderer == render.renderer()


def test_a_document_that_cannot_be_printed_says_why(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        document = issued(factory.open_application())
        document.values = document.values | {"facts": ["\U000f0000"]}
        with pytest.raises(DocumentProblem) as caught:
            jobs.make(document)
        jobs.give_up({"document": str(document.id)}, str(caught.value))
        assert document.state == "failed"
        assert "U+F0000" in str(document.problem)


def test_forms_are_found_by_code_or_not_at_all(app: Flask) -> None:
    with app.app_context():
        assert queries.get_form(APPLICATION.code) is APPLICATION
        with pytest.raises(NotFoundError):
            queries.get_form("mediation.none")


def test_a_later_form_knows_the_number_of_an_earlier_one(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        number = issued(case).number
        known = queries.with_numbers(snapshot(case), case.id)
        assert known.number_of(APPLICATION.code) == number

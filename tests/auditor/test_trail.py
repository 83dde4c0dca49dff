"""The auditor verifies the record by a button, and finds who saw a person without the number being kept anywhere."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Text, cast, select

from saas.audit.models import AuditEvent
from saas.cases.models import Case, Party
from saas.db.session import TenantRef, db
from saas.oversight.actions import OversightAudit
from tenants.auditing import sealing
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn


def ask(auditor: Browser, **fields: str) -> str:
    return auditor.submit("/audit/persons", fields).text


@dataclass(frozen=True)
class Person:
    """A party as the auditor asks for it."""

    id: UUID
    phone: str


@pytest.fixture
def person(in_tenant: InTenant, beijing: TenantRef, number: str) -> Person:
    """The applicant of the case."""
    with in_tenant(beijing):
        party = db.session.scalars(
            select(Party).join(Case).where(Case.number == number, Party.side == "applicant")
        ).first()
        assert party is not None
        assert party.phone is not None
        return Person(party.id, party.phone)


def test_a_verification_by_button_is_kept_and_told(app: Flask, auditor: Browser, beijing: TenantRef) -> None:
    sealing.seal_city(app, beijing)

    answer = auditor.submit("/audit/verification", {})

    assert (answer.status_code, answer.location) == (303, "/audit/verification")
    page = auditor.get("/audit/verification").text
    assert "最近一次核验通过：记录完整" in page
    assert "刘建国" in page.split("核验记录")[-1]
    assert "核验操作日志" in auditor.get("/audit/events").text


def test_only_auditors_verify(as_user: SignIn) -> None:
    assert as_user("zhaoxh").get("/audit/verification").status_code == 403


def test_who_looked_at_a_persons_case_is_found(auditor: Browser, as_user: SignIn, number: str, person: Person) -> None:
    as_user("zhaoxh").get(f"/staff/cases/{number}")

    page = ask(auditor, phone=person.phone)

    assert "查看案件" in page.split('id="results"')[1]
    assert number in page


def test_an_export_tells_whose_rows_were_in_it(auditor: Browser, as_user: SignIn, number: str, person: Person) -> None:
    as_user("zhaoxh").get("/staff/cases.xlsx")

    assert "导出案件列表" in ask(auditor, phone=person.phone).split('id="results"')[1]


def test_the_number_asked_for_is_kept_nowhere(
    auditor: Browser, in_tenant: InTenant, beijing: TenantRef, person: Person
) -> None:
    ask(auditor, phone=person.phone)

    with in_tenant(beijing):
        asked = select(AuditEvent).where(AuditEvent.action == OversightAudit.PERSON_ASKED)
        event = db.session.scalars(asked.order_by(AuditEvent.recorded_at.desc())).first()
        assert event is not None
        assert person.id in event.persons
        told = select(AuditEvent.id).where(cast(AuditEvent.detail, Text).contains(person.phone))
        assert db.session.scalars(told).all() == []


def test_an_auditor_of_another_district_finds_nothing(neighbour: Browser, person: Person) -> None:

    assert "没有找到记录" in ask(neighbour, phone=person.phone)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "至少填一项"), ({"phone": "13800000000", "first_day": "昨天"}, "请按“年-月-日”填写日期")],
)
def test_what_is_wrong_with_the_question_is_said_at_its_field(
    auditor: Browser, fields: dict[str, str], words: str
) -> None:
    answer = auditor.submit("/audit/persons", fields)

    assert answer.status_code == 422
    assert words in answer.text


def test_a_refusal_is_written_down_once(
    as_user: SignIn, auditor: Browser, in_tenant: InTenant, beijing: TenantRef, number: str
) -> None:
    committee = as_user("sunli")
    committee.get("/audit")
    committee.get("/staff/cases/2026999999")

    with in_tenant(beijing):
        refused = select(AuditEvent.detail, AuditEvent.outcome, AuditEvent.subject_id).where(
            AuditEvent.action == "access.refused", AuditEvent.actor_name == committee_name()
        )
        rows = db.session.execute(refused.order_by(AuditEvent.recorded_at.desc()).limit(2)).all()
    assert {(row.subject_id, row.detail["status"], row.outcome) for row in rows} == {
        ("auditor.list_cases", 403, "refused"),
        ("staff.show_case", 404, "refused"),
    }


def committee_name() -> str:
    """The name of sunli."""
    return "孙丽"

"""Every route says which event it leaves, or why none; and the calls of a whole day leave what was said."""

from collections import defaultdict
from collections.abc import Callable, Mapping

import pytest
from flask import Flask, Response, g, request, request_finished
from sqlalchemy import select, text

from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.files.queries import list_files
from tenants import connections, context
from tests.browsers import Browser
from tests.contracts.audited import AUDITED, SILENT
from tests.mediation import factory
from tests.portal import applying
from tests.saas.web.staff.sending import as_sent, send
from tests.saas.web.staff.test_intake import OPEN, TRANSFER

UNREACHED = frozenset({"portal.act", "dossiers.download_export", "portal.download"})
"""Need a case that has come far, or a finished dossier; their own tests hold them to the same declaration."""


def test_every_route_says_what_it_leaves(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("probe.")}

    assert sorted(endpoints - AUDITED.keys() - SILENT.keys()) == []
    assert sorted((AUDITED.keys() | SILENT.keys()) - endpoints) == []
    assert AUDITED.keys() & SILENT.keys() == set()


@pytest.fixture(scope="module")
def calls(app: Flask, beijing: TenantRef) -> Mapping[str, list[str]]:
    """The ids of the requests of a whole day that went well, by endpoint."""
    found: dict[str, list[str]] = defaultdict(list)

    def note(_app: Flask, response: Response) -> None:
        if response.status_code < 400 and g.get("request_id") and request.endpoint:
            found[request.endpoint].append(g.request_id)

    password = app.extensions["fengqiao.config"].demo_password

    def as_user(username: str) -> Browser:
        browser = Browser(app, beijing)
        browser.sign_in(username, password)
        return browser

    with request_finished.connected_to(note, app):
        _spend_a_day(app, beijing, as_user)
    return found


def _spend_a_day(app: Flask, city: TenantRef, as_user: Callable[[str], Browser]) -> None:
    citizen = Browser(app, city)
    with context.transaction(app, city):
        applying.forget_tries()
    number = applying.apply(citizen, "110115001")
    with context.entered(app, city):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        code, document = case.query_code, list_documents(case.id)[0].id
    citizen.get(f"/apply/done/{number}")
    applying.submit(citizen, "/progress", {"number": number, "secret": code})
    material = {"category": "identity", "files": applying.picture()}
    applying.submit(citizen, f"/progress/{number}", material, f"/progress/{number}/material")
    send(as_user("chenjing"), f"{OPEN}/transfer", TRANSFER)
    _work(app, city, as_user("wugang"), number, document)
    _audit(as_user("liujg"), number)


def _work(app: Flask, city: TenantRef, staff: Browser, number: str, document: object) -> None:
    page = f"/staff/cases/{number}"
    staff.get(page)
    send(staff, page, {}, f"{page}/take")
    staff.get(f"{page}/act/accept")
    staff.get(f"{page}/documents/{document}.pdf")
    staff.get(f"{page}/preview/mediation.application.pdf")
    send(staff, f"{page}/act/accept", as_sent(factory.ACCEPTED))
    send(staff, f"{page}?tab=materials", {"category": "identity", "files": applying.picture()}, f"{page}/files")
    with context.entered(app, city):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        file = list_files(case.id)[0].id
    staff.get(f"{page}/files/{file}")
    staff.get("/staff/cases.xlsx")
    for address in ("/staff", "/staff/work", "/staff/cases", "/staff/statistics", "/staff/open"):
        staff.get(address)
    staff.get(f"{OPEN}/initiate")
    send(staff, "/staff", {}, "/sign-out")


def _audit(auditor: Browser, number: str) -> None:
    for address in ("", "/events", "/events.xlsx", f"/cases/{number}", "/verification", "/persons", "/verify"):
        auditor.get(f"/audit{address}")
    send(auditor, "/audit/verification", {})
    send(auditor, "/audit/persons", {"phone": "13900005678"})
    send(auditor, "/audit/verify", {"file": applying.picture("x.pdf", b"%PDF-1.7 x")})
    send(auditor, f"/audit/cases/{number}", {}, f"/dossiers/cases/{number}")


def left(app: Flask, city: TenantRef, ids: list[str]) -> set[str]:
    """The actions of the events that these requests left."""
    with context.entered(app, city):
        return set(db.session.scalars(select(AuditEvent.action).where(AuditEvent.request_id.in_(ids))))


@pytest.mark.parametrize("endpoint", sorted(AUDITED.keys() - UNREACHED))
def test_a_call_leaves_what_its_route_declares(
    app: Flask, beijing: TenantRef, calls: Mapping[str, list[str]], endpoint: str
) -> None:
    assert calls[endpoint], "nobody called it"

    for request_id in calls[endpoint]:
        assert left(app, beijing, [request_id]) & AUDITED[endpoint]


@pytest.mark.parametrize("endpoint", sorted(SILENT))
def test_a_route_that_says_it_leaves_nothing_leaves_nothing(
    app: Flask, beijing: TenantRef, calls: Mapping[str, list[str]], endpoint: str
) -> None:
    assert left(app, beijing, calls.get(endpoint, [])) == set()


def test_an_act_that_cannot_be_written_down_is_not_done(
    app: Flask, beijing: TenantRef, as_user: Callable[..., Browser]
) -> None:
    with context.transaction(app, beijing):
        case = factory.open_application()
        number, before = case.number, (case.state, case.revision, len(case.steps))
    director = as_user("zhaoxh")
    director.get(f"/staff/cases/{number}")
    with app.app_context(), connections.admin_engine().connect() as connection:
        columns = connection.scalars(
            text(
                "SELECT column_name FROM information_schema.column_privileges WHERE table_schema = :schema"
                " AND table_name = 'audit_event' AND grantee = :schema AND privilege_type = 'INSERT'"
            ),
            {"schema": beijing.schema},
        ).all()
        table = f"{beijing.schema}.audit_event"
        connection.execute(text(f"REVOKE INSERT ON {table} FROM {beijing.schema}"))
        connection.commit()
        try:
            sent = as_sent(factory.ACCEPTED) | {"_revision": before[1]}
            answer = send(director, "/staff", sent, f"/staff/cases/{number}/act/accept")
            looked = director.get(f"/staff/cases/{number}")
        finally:
            connection.execute(text(f"GRANT INSERT ({', '.join(columns)}) ON {table} TO {beijing.schema}"))
            connection.commit()

    assert (answer.status_code, looked.status_code) == (503, 503)
    with context.entered(app, beijing):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert (case.state, case.revision, len(case.steps)) == before

"""Requirements R77 and R79 to R83: the record of acts and the log; deeper tests stand beside the code."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from saas import logs
from saas.audit import services
from saas.audit.alerts import RULES, Told, find
from saas.audit.models import AuditEvent
from saas.audit.verification import verify
from saas.db.session import TenantRef, db
from saas.identity.actor import SYSTEM
from saas.messages.models import Message
from saas.oversight import alerting
from saas.settings.declaration import KERNEL_SETTINGS
from tenants import context
from tenants.auditing import sealing
from tenants.isolation.attacks import ON_ITSELF
from tenants.isolation.attempt import CROSSED
from tenants.isolation.verification import verify as verify_isolation
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.contracts.audited import AUDITED, SILENT
from tests.mediation import factory

NIGHT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)  # 23:00 in the city's zone
SOMEBODY = UUID(int=9)
PRIVATE = ("990101198001010010", "13900005678", "correct-horse-battery", "s3cr3t-t0ken")


def told(action: str, minute: float = 0, **changed: object) -> Told:
    values: dict[str, object] = {
        "outcome": "done", "actor_id": SOMEBODY, "actor_name": "赵甲", "address": "10.0.0.9", "case_id": None,
        "detail": {}, "recorded_at": NIGHT - timedelta(hours=9) + timedelta(minutes=minute),
    }  # fmt: skip
    return Told(action=action, **(values | changed))  # type: ignore[arg-type]


def test_r77_who_saw_a_person_is_answered_for_a_span_of_days(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, as_user: Callable[..., Browser]
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        number, phone = case.number, case.parties[0].phone
    as_user("zhaoxh").get(f"/staff/cases/{number}")
    run = app.test_cli_runner().invoke
    asked = ["audit", "who-saw", "--tenant", "beijing", "--stdin", "--json"]

    rows = json.loads(run(args=asked, input=f"{phone}\n").stdout)

    assert {"case.opened", "case.read"} <= {row["action"] for row in rows}
    assert any(row["who"] and row["recorded_at"] for row in rows)
    assert json.loads(run(args=[*asked, "--to", "2020-01-01"], input=f"{phone}\n").stdout) == []


def test_r79_every_route_declares_what_it_leaves_in_the_record(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("probe.")}

    assert endpoints == AUDITED.keys() | SILENT.keys()
    assert all(AUDITED.values())
    assert all(SILENT.values())


def test_r79_jobs_leave_an_event_in_their_own_transaction(
    beijing: TenantRef, in_tenant: InTenant, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(beijing):
        factory.open_application()
    drain_jobs()

    with in_tenant(beijing):
        done = select(AuditEvent).where(AuditEvent.action == "job.done").order_by(AuditEvent.recorded_at.desc())
        event = db.session.scalars(done).first()
        assert event is not None
        assert event.detail["job"]
        assert event.detail["seconds"] >= 0


def test_r80_an_event_says_who_when_where_what_and_how_it_ended() -> None:
    columns = {column.key for column in inspect(AuditEvent).columns}

    assert columns >= {
        "actor_id", "actor_name", "recorded_at", "happened_at", "address", "unit_path", "action", "subject_type",
        "subject_id", "outcome", "request_id", "persons", "case_id", "xid",
    }  # fmt: skip


def test_r80_no_event_holds_a_number_of_a_person(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        event = services.record(
            "test.done", ("thing", 1), by=SYSTEM, detail={"text": "找 13900005678", "n": [PRIVATE[0]]}
        )
        db.session.flush()

        assert event.detail == {"text": "找 ***", "n": ["***"]}


def test_r81_the_city_can_only_add_and_every_seal_holds(app: Flask, beijing: TenantRef, zunyi: TenantRef) -> None:
    sealing.seal_city(app, beijing)

    with context.entered(app, beijing):
        report = verify()
    assert (report.ok, report.seals > 0, report.anchors) == (True, True, report.seals)
    with app.app_context():
        found = verify_isolation(app.extensions["fengqiao.config"], [beijing, zunyi], only="beijing")
    own = {one.name for one in ON_ITSELF}
    assert own <= {finding.attack for finding in found}
    assert [finding for finding in found if finding.attack in own and finding.outcome == CROSSED] == []
    (kept,) = (setting for setting in KERNEL_SETTINGS if setting.key == "audit.online_months")
    assert kept.minimum == 6


def test_r82_nothing_is_done_that_cannot_be_written_down(in_tenant: InTenant, beijing: TenantRef) -> None:
    mark = uuid4().hex

    def act() -> None:
        with in_tenant(beijing):
            db.session.add(Message(public=False, title=mark, body="", sent_at=datetime.now(UTC)))
            services.record("test.done", ("thing", 1), by=SYSTEM).actor_name = None  # type: ignore[assignment]

    with pytest.raises(IntegrityError, match="actor_name"):
        act()

    with in_tenant(beijing):
        assert db.session.scalars(select(Message.id).where(Message.title == mark)).all() == []


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a logger of its own writes as the application's loggers do."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logger = logging.getLogger("test.r83")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    "typed",
    ["a\nERROR forged", 'a\r\n{"level": "ERROR"}', "a\u2028b", "a\x1b[31mred", "a\x00b"],
    ids=range(5),
)
def test_r83_nobody_writes_a_second_line_into_the_log(log: io.StringIO, typed: str) -> None:
    logging.getLogger("test.r83").error("tried %s", typed)

    assert log.getvalue().count("\n") == 1
    assert log.getvalue().isascii()
    assert json.loads(log.getvalue())["message"] == f"tried {typed}"


def test_r83_the_log_tells_no_number_password_or_cookie(log: io.StringIO) -> None:
    cookie = "A" * 43
    logger = logging.getLogger("test.r83")
    logger.error("id %s phone %s password=%s token: %s", *PRIVATE)
    logger.error("Cookie: fengqiao_session=%s; x=1 %s", cookie, cookie)
    try:
        int(f"{PRIVATE[0]} is no number")
    except ValueError:
        logger.exception("it broke")

    text = log.getvalue()
    assert [word for word in (*PRIVATE, cookie) if word in text] == []
    assert json.loads(text.splitlines()[-1])["error"] == "ValueError"


@pytest.mark.parametrize(
    ("rule", "events", "found"),
    [
        ("refusals", [told("access.refused", one / 3, outcome="refused") for one in range(20)], 1),
        ("refusals", [told("access.refused", one, outcome="refused") for one in range(20)], 0),
        ("refusals", [told("access.refused", one / 3, outcome="refused") for one in range(19)], 0),
        ("mass_reads", [told("case.read", one / 3, case_id=UUID(int=one)) for one in range(100)], 1),
        ("mass_reads", [told("case.read", one / 3, case_id=UUID(int=1)) for one in range(100)], 0),
        ("night_export", [told("case.exported", recorded_at=NIGHT)], 1),
        ("night_export", [told("case.exported")], 0),
        ("new_admin", [told("identity.role.granted", detail={"permissions": ["audit.read"]})], 1),
        ("new_admin", [told("identity.role.granted", detail={"permissions": ["case.read"]})], 0),
    ],
)
def test_r83_a_rule_of_alarm_finds_what_it_describes(rule: str, events: list[Told], found: int) -> None:
    alerts = find(events, [one for one in RULES if one.code == rule])

    assert len(alerts) == found
    assert all("赵甲" in alert.sentence for alert in alerts)


def test_r83_an_alert_is_told_to_the_auditors_once(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        for _ in range(25):
            services.record("access.refused", ("route", "x"), by=factory.actor("sunli"), outcome="refused")
        db.session.flush()
        first, again = alerting.look(), alerting.look()

        assert "refusals" in {alert.rule for alert in first}
        assert again == []
        told_of = select(Message.body).where(Message.title == alerting.TITLE)
        assert any("被拒绝" in body for body in db.session.scalars(told_of))


def test_r83_the_running_application_logs_without_what_was_typed(
    app: Flask, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logger = logging.getLogger("saas.web.errors")
    logger.addHandler(handler)
    monkeypatch.setattr("saas.cases.queries.list_cases", lambda *_, **__: 1 / 0)
    browser = Browser(app, beijing)
    browser.sign_in("zhaoxh", app.extensions["fengqiao.config"].demo_password)

    assert browser.get(f"/staff/cases?q={PRIVATE[2]}").status_code == 500

    logger.removeHandler(handler)
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["level"] == "ERROR"
    assert PRIVATE[2] not in line

"""Looking at the last hour of the record for what the rules of alarm describe, and telling who has to know."""

from datetime import datetime

from sqlalchemy import func, select

from saas.audit import services as audit
from saas.audit.alerts import WINDOW, Alert, Told, find
from saas.audit.models import AuditEvent
from saas.db.session import db
from saas.identity.actor import SYSTEM
from saas.identity.permissions import KernelPermission
from saas.messages import services as messages
from saas.oversight import queries
from saas.oversight.actions import OversightAudit

TITLE = "异常操作提醒"
MOST = 20_000  # events that are looked at
WATCHING = (KernelPermission.AUDIT_READ, "identity.approve")
"""Who is told: auditors and security administrators."""


def look() -> list[Alert]:
    """Tell of what is new; an alert is not repeated within the hour that it is about."""
    known = {(event.subject_id, event.detail.get("who")) for event in _alerted()}
    fresh = [alert for alert in find(_recent()) if (alert.rule, alert.who) not in known]
    for alert in fresh:
        audit.record(OversightAudit.ALERTED, ("alert", alert.rule), by=SYSTEM, detail={"who": alert.who}, high=True)
        for user in sorted({user for permission in WATCHING for user in queries.holders(permission)}):
            messages.tell_user(user, TITLE, alert.sentence)
    return fresh


def _since() -> datetime:
    return func.now() - WINDOW  # type: ignore[return-value]  # the database's own clock


def _alerted() -> list[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.action == OversightAudit.ALERTED, AuditEvent.recorded_at > _since())
    return list(db.session.scalars(query.order_by(AuditEvent.recorded_at)))


def _recent() -> list[Told]:
    columns = [getattr(AuditEvent, name) for name in Told.__dataclass_fields__]
    query = select(*columns).where(AuditEvent.recorded_at > _since()).order_by(AuditEvent.recorded_at.desc())
    return [Told(**row._mapping) for row in db.session.execute(query.limit(MOST))]  # noqa: SLF001 - Row's public mapping

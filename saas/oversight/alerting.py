"""Looking at the last hour of the record for what the rules of alarm describe, and telling who has to know."""

from saas.audit import services as audit
from saas.audit.alerts import WINDOW, Alert, find
from saas.identity.actor import SYSTEM
from saas.identity.permissions import KernelPermission
from saas.messages import services as messages
from saas.oversight import queries
from saas.oversight.actions import OversightAudit

TITLE = "异常操作提醒"
MOST = 20_000  # events that are looked at
WATCHING = (KernelPermission.AUDIT_READ, KernelPermission.IDENTITY_APPROVE)
"""Who is told: auditors and security administrators."""


def look() -> list[Alert]:
    """Tell of what is new; an alert is not repeated within the hour that it is about."""
    told = queries.list_recent_of(OversightAudit.ALERTED, WINDOW)
    known = {(event.subject_id, event.detail.get("who")) for event in told}
    fresh = [alert for alert in find(queries.list_recent(WINDOW, MOST)) if (alert.rule, alert.who) not in known]
    watching = [user for permission in WATCHING for user in queries.holders(permission)] if fresh else []
    for alert in fresh:
        audit.record(OversightAudit.ALERTED, ("alert", alert.rule), by=SYSTEM, detail={"who": alert.who}, high=True)
        messages.tell_users(watching, TITLE, alert.sentence)
    return fresh

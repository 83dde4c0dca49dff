"""Sealing a city's record, and verifying it with the result kept and told."""

from datetime import timedelta

from saas.audit import seals
from saas.audit import services as audit
from saas.audit.findings import Report
from saas.audit.models import DONE, REFUSED, AuditVerification
from saas.audit.verification import verify
from saas.db.session import current_tenant, db
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.messages import services as messages
from saas.oversight import queries
from saas.oversight.actions import OversightAudit

FOUND = "操作日志核验不通过"
TOLD = "核验发现 {total} 处问题。第一处：{first} 请立即查看“日志核验”，保留现场，并向本单位安全负责人报告。"
KEPT = 20  # findings that are kept with a verification


def seal_all(grace: timedelta | None = None) -> int:
    """Seal everything that has settled; how many seals it took."""
    made = 0
    while seals.seal(grace=grace) is not None:
        made += 1
    return made


def verify_and_keep(*, by: Actor) -> tuple[AuditVerification, Report]:
    """Verify the whole record, keep what was found, and tell the auditors when something is wrong."""
    report = verify()
    result = report.as_dict()
    result["findings"] = result["findings"][:KEPT]
    kept = AuditVerification(actor_name=by.name, ok=report.ok, result=result)
    db.session.add(kept)
    db.session.flush()
    action = OversightAudit.VERIFIED if report.ok else OversightAudit.VERIFICATION_FAILED
    detail = {"events": report.events, "seals": report.seals, "total": report.total}
    outcome = DONE if report.ok else REFUSED
    audit.record(action, ("audit", current_tenant().id), by=by, detail=detail, outcome=outcome, high=True)
    if not report.ok:
        body = TOLD.format(total=report.total, first=report.findings[0].sentence)
        messages.tell_users(queries.holders(KernelPermission.AUDIT_READ), FOUND, body)
    return kept, report

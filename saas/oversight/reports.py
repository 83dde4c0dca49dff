"""The daily report: the heads of a day's seals, told to the auditors and mailed out of the house as a second anchor."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from saas import clock
from saas.audit import services as audit
from saas.audit.models import AuditReport, AuditSeal, AuditVerification
from saas.db.session import current_tenant, db
from saas.identity.actor import SYSTEM
from saas.identity.permissions import KernelPermission
from saas.messages import services as messages
from saas.oversight import mail, queries, services
from saas.oversight.actions import OversightAudit
from saas.settings import services as settings

TITLE = "{city}审计日报 {day}"
TOLD = "{day}共有 {seals} 个封印，{events} 条操作记录。核验结果：{verdict}。最后一个封印：第 {n} 号，{head}。"
NONE = "{day}没有新的封印。核验结果：{verdict}。"
EARLIEST = time(0, 30)  # of the day after, in the city's zone: by then its last seal is made


def last_day() -> date | None:
    """The day whose report may be made now; None in the first minutes of a day."""
    now = clock.local(datetime.now(clock.ZONE))
    return now.date() - timedelta(days=1) if now.time() >= EARLIEST else None


def make(day: date) -> bool:
    """Verify the record and tell the auditors of the day; False when that was done already."""
    seals = _seals_of(day)
    row = insert(AuditReport).values(day=day, seals=len(seals), mailed=False).on_conflict_do_nothing()
    if db.session.scalar(row.returning(AuditReport.day)) is None:
        return False
    kept, _ = services.verify_and_keep(by=SYSTEM)
    title = TITLE.format(city=current_tenant().name, day=f"{day:%Y-%m-%d}")
    messages.tell_users(queries.holders(KernelPermission.AUDIT_READ), title, _summary(day, seals, kept))
    audit.record(OversightAudit.REPORTED, ("audit_report", day), by=SYSTEM, detail={"seals": len(seals)})
    return True


def post(day: date) -> bool:
    """Mail the report of a day to the city's addresses; False when there is nothing to do.

    Raises:
        MailError: The letter did not leave; the next round tries again.
    """
    addresses = _addresses()
    unsent = db.session.scalar(select(AuditReport).where(AuditReport.day == day, ~AuditReport.mailed))
    if unsent is None or not addresses or not mail.is_set_up():
        return False
    mail.send(addresses, TITLE.format(city=current_tenant().name, day=f"{day:%Y-%m-%d}"), text_of(day))
    db.session.execute(update(AuditReport).where(AuditReport.day == day).values(mailed=True))
    return True


def text_of(day: date) -> str:
    """The day's heads as a letter: what a later verification can be held against."""
    city, seals = current_tenant(), _seals_of(day)
    lines = [f"{seal.n}\t{seal.sealed_at.isoformat()}\t{seal.count}\t{seal.head.hex()}" for seal in seals]
    newest = queries.list_verifications(1)
    return "\n".join(
        (
            f"{city.name}（{city.origin_id}）{day:%Y-%m-%d}",
            _summary(day, seals, newest[0] if newest else None),
            "",
            "封印号\t封存时间\t记录数\t封印值",
            *lines,
            "",
            "请保存本邮件。以后核验操作日志时，可以用这里的封印值对照。",
            "",
        )
    )


def _seals_of(day: date) -> list[AuditSeal]:
    first = datetime.combine(day, time.min, tzinfo=clock.ZONE)
    return list(queries.list_seals(first, first + timedelta(days=1)))


def _summary(day: date, seals: list[AuditSeal], verified: AuditVerification | None) -> str:
    values: dict[str, Any] = {
        "day": f"{day:%Y年%m月%d日}",
        "verdict": "没有核验" if verified is None else "通过" if verified.ok else "不通过，请立即查看“日志核验”",
    }
    if not seals:
        return NONE.format(**values)
    events = sum(seal.count for seal in seals)
    return TOLD.format(**values, seals=len(seals), events=events, n=seals[-1].n, head=seals[-1].head.hex())


def _addresses() -> list[str]:
    given = str(settings.get("audit.report_mail")).replace("，", ",").split(",")
    return [address.strip() for address in given if address.strip()]

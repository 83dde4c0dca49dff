"""What the record says about itself: verifications, reports, alerts and questions about persons."""

from enum import StrEnum


class OversightAudit(StrEnum):
    """What was done with the record as a whole."""

    VERIFIED = "audit.verified"
    VERIFICATION_FAILED = "audit.verification_failed"
    REPORTED = "audit.reported"
    ALERTED = "audit.alerted"
    PERSON_ASKED = "audit.person_asked"


TITLES: dict[str, str] = {
    OversightAudit.VERIFIED: "核验操作日志",
    OversightAudit.VERIFICATION_FAILED: "操作日志核验不通过",
    OversightAudit.REPORTED: "发送审计日报",
    OversightAudit.ALERTED: "异常操作提醒",
    OversightAudit.PERSON_ASKED: "查询谁看过某人",
}

"""What the records say of guests' accounts."""

from enum import StrEnum


class GuestAudit(StrEnum):
    """Acts of operators, in the platform's record and in that of every city concerned."""

    ASKED = "guest.asked"
    OPENED = "guest.opened"
    ENDED = "guest.ended"


TITLES: dict[str, str] = {
    GuestAudit.ASKED: "申请限时账号",
    GuestAudit.OPENED: "开通限时账号",
    GuestAudit.ENDED: "结束限时账号",
}

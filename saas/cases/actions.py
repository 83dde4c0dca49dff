"""What the audit trail calls the things done to a case."""

from collections.abc import Mapping
from enum import StrEnum

from saas.workflow.engine_acts import TITLES


class CaseAudit(StrEnum):
    """Audit actions on cases: ``case.<past participle>``."""

    OPENED = "case.opened"
    ACTED = "case.acted"
    TAKEN = "case.taken"
    READ = "case.read"
    LISTED = "case.exported"
    QUERIED = "case.queried"
    UNMASKED = "party.unmasked"
    HELPED = "case.helper_added"
    HELP_ENDED = "case.helper_ended"
    LABELLED = "case.labelled"
    RECUSED = "case.recused"
    RECUSAL_ENDED = "case.recusal_ended"
    PASSED_ON = "case.passed_on"
    DELEGATED = "case.delegated"
    HANDED_BACK = "case.handed_back"
    COPIED = "case.copied"
    COSIGN_ASKED = "case.cosign_asked"
    SIGNED = "case.signed"
    LINKED = "case.linked"
    MERGED = "case.merged"
    SENT_BACK = "case.sent_back"
    WITHDRAWN = "case.withdrawn"
    SUSPENDED = "case.suspended"
    RESUMED = "case.resumed"
    EXTENDED = "case.extended"
    WARNED = "case.warned"
    LIMIT_MOVED = "case.limit_moved"
    BULK_ASKED = "case.bulk.asked"
    BULK_APPROVED = "case.bulk.approved"
    BULK_REFUSED = "case.bulk.refused"


VERB_AUDIT: Mapping[str, CaseAudit] = {
    "pass_on": CaseAudit.PASSED_ON,
    "delegate": CaseAudit.DELEGATED,
    "hand_back": CaseAudit.HANDED_BACK,
    "copy": CaseAudit.COPIED,
    "cosign": CaseAudit.COSIGN_ASKED,
    "sign": CaseAudit.SIGNED,
    "link": CaseAudit.LINKED,
    "merge": CaseAudit.MERGED,
    "send_back": CaseAudit.SENT_BACK,
    "withdraw": CaseAudit.WITHDRAWN,
    "suspend": CaseAudit.SUSPENDED,
    "resume": CaseAudit.RESUMED,
    "extend": CaseAudit.EXTENDED,
}
"""What the trail calls each verb."""
VERB_TITLES: Mapping[str, str] = {str(VERB_AUDIT[name]): title for name, title in TITLES.items()}
"""The verbs in words, by what the trail calls them."""
CASE_TITLES: Mapping[str, str] = {
    **VERB_TITLES,
    CaseAudit.OPENED: "收件立案",
    CaseAudit.ACTED: "办理",
    CaseAudit.TAKEN: "领取案件",
    CaseAudit.READ: "查看案件",
    CaseAudit.LISTED: "导出案件列表",
    CaseAudit.QUERIED: "群众查询进度",
    CaseAudit.UNMASKED: "查看完整的个人信息",
    CaseAudit.HELPED: "添加协办人",
    CaseAudit.HELP_ENDED: "结束协办",
    CaseAudit.LABELLED: "调整案件级别",
    CaseAudit.RECUSED: "登记回避",
    CaseAudit.RECUSAL_ENDED: "撤销回避",
    CaseAudit.WARNED: "提醒办理期限",
    CaseAudit.LIMIT_MOVED: "重新计算期限",
    CaseAudit.BULK_ASKED: "申请批量导出",
    CaseAudit.BULK_APPROVED: "批准批量导出",
    CaseAudit.BULK_REFUSED: "驳回批量导出",
}
"""Everything that is done to a case in words, by what the trail calls it."""
VOID_WORDS: Mapping[str, str] = {"withdrawn": "（已撤回）", "sent_back": "（退回后重新办理）"}
"""What stands behind the title of a step that counts no longer, by the reason."""


class ListAudit(StrEnum):
    """Audit actions on code lists: ``config.list.<past participle>``."""

    MADE = "config.list.made"
    ADDED = "config.list.added"
    RENAMED = "config.list.renamed"
    OPENED = "config.list.opened"
    CLOSED = "config.list.closed"
    MOVED = "config.list.moved"
    TAKEN_OVER = "config.list.taken_over"


class CalendarAudit(StrEnum):
    """Audit actions on the working calendar."""

    LOADED = "calendar.loaded"
    DAY_SET = "calendar.day_set"
    DAY_REMOVED = "calendar.day_removed"
    TAKEN_OVER = "calendar.taken_over"

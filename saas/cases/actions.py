"""What the audit trail calls the things done to a case."""

from enum import StrEnum


class CaseAudit(StrEnum):
    """Audit actions on cases: ``case.<past participle>``."""

    OPENED = "case.opened"
    ACTED = "case.acted"
    TAKEN = "case.taken"
    ASSIGNED = "case.assigned"
    READ = "case.read"
    LISTED = "case.exported"
    QUERIED = "case.queried"
    UNMASKED = "party.unmasked"
    HELPED = "case.helper_added"
    HELP_ENDED = "case.helper_ended"
    LABELLED = "case.labelled"
    WARNED = "case.warned"
    LIMIT_MOVED = "case.limit_moved"
    BULK_ASKED = "case.bulk.asked"
    BULK_APPROVED = "case.bulk.approved"
    BULK_REFUSED = "case.bulk.refused"


class CalendarAudit(StrEnum):
    """Audit actions on the working calendar."""

    LOADED = "calendar.loaded"
    DAY_SET = "calendar.day_set"
    DAY_REMOVED = "calendar.day_removed"

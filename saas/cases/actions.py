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
    RECUSED = "case.recused"
    RECUSAL_ENDED = "case.recusal_ended"
    BULK_ASKED = "case.bulk.asked"
    BULK_APPROVED = "case.bulk.approved"
    BULK_REFUSED = "case.bulk.refused"

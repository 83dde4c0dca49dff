"""What the law forbids in legal aid: all checks by name, and what they ask of a case."""

from collections.abc import Callable, Mapping, Sequence

from blueprints.legal_aid import deciding, handling, notices
from blueprints.legal_aid.facts import Facts, Values, facts_of
from saas.workflow.engine import Reason

__all__ = ["RULES", "facts_of"]

_CHECKS: tuple[Callable[[Facts, Values], Sequence[Reason]], ...] = (
    deciding.transfer_dates,
    deciding.receipt_dates,
    deciding.green_channel,
    deciding.agent_named,
    deciding.supplement_once,
    deciding.lapsed,
    deciding.means,
    deciding.exemption,
    deciding.jurisdiction,
    deciding.scope,
    deciding.eligible,
    deciding.refusal_reasoned,
    deciding.urgent,
    deciding.objection_in_time,
    deciding.objection_over,
    handling.three_years,
    handling.minor_lawyer,
    handling.another_lawyer,
    handling.agreement_written,
    handling.termination,
    handling.papers_complete,
    handling.finish_dates,
    handling.submit_dates,
    handling.subsidy,
    handling.volume_complete,
    notices.notice_received,
    notices.lawyer_only,
    notices.notice_filed,
    notices.help_dates,
    notices.forward_wanted,
    notices.forwarded,
)
RULES: Mapping[str, Callable[[Facts, Values], Sequence[Reason]]] = {check.__name__: check for check in _CHECKS}

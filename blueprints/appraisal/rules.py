"""What the law forbids in appraisal; read rules_case, rules_complaint, rules_supervision."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from blueprints.appraisal import rules_case, rules_complaint, rules_supervision
from saas.workflow.engine import Reason

Rule = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[Reason]]

RULES: dict[str, Rule] = {
    rule.__name__: rule for rule in (*rules_case.RULES, *rules_complaint.RULES, *rules_supervision.RULES)
}
DATES = ("received_on", "effective_on", "hearing_on", "knew_on", "expires_on", "notice_from", "sampled_on")
DATA = (
    "again",
    "again_ground",
    "original_institution",
    "end_reason",
    "measures",
    "kind",
    "expert_result",
    "check_result",
    "drawn",
)
NOTHING: Mapping[str, Any] = {
    "actions": [],
    "days": {},
    "data": {},
    "due": {},
    "clock_states": {},
    "file_categories": [],
    "flags": [],
    "today": None,
}


def facts_of(case: Mapping[str, Any] | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the checks ask of a case; ``case`` is None while one is being opened."""
    del values
    known = case or NOTHING
    stored = {f"case.{name}": known["data"].get(name) for name in (*DATES, *DATA, "handler", "second_appraiser")}
    return stored | {
        "case.actions": known["actions"],
        "case.opened_on": next(iter(known["days"].values()), None),
        "case.flags": known["flags"],
        "case.file_categories": known["file_categories"],
        "case.completion_state": known["clock_states"].get("supplement") or known["clock_states"].get("completion"),
        "case.handling_state": known["clock_states"].get("handling"),
        "case.publicity_due": known["due"].get("publicity"),
        "case.lead_due": known["due"].get("lead"),
        "case.today": known["today"],
    }

"""What the law forbids in corrections and placement: every check by the name the processes call it."""

from collections.abc import Callable, Mapping

from blueprints.corrections.checks import court, discipline, duties, ending, helping, reception, requests, survey
from blueprints.corrections.facts import Facts, Values, facts_of
from saas.workflow.engine import Reason

__all__ = ["RULES", "facts_of"]

RULES: Mapping[str, Callable[[Facts, Values], list[Reason]]] = {
    "identity_agrees": reception.identity_agrees,
    "documents_dates": reception.documents_dates,
    "documents_here": reception.documents_here,
    "reported_in_time": reception.reported_in_time,
    "reported_late": reception.reported_late,
    "report_overdue": reception.report_overdue,
    "absent_over_month": reception.absent_over_month,
    "term_dates": reception.term_dates,
    "group_members": reception.group_members,
    "class_grounded": duties.class_grounded,
    "duties_met": duties.duties_met,
    "leave_request": requests.leave_request,
    "office_may_grant": requests.office_may_grant,
    "county_may_grant": requests.county_may_grant,
    "granted_days": requests.granted_days,
    "back_from_leave": requests.back_from_leave,
    "leave_asked": requests.asked("apply_leave"),
    "place_asked": requests.asked("apply_place"),
    "meeting_asked": requests.asked("apply_meeting"),
    "travel_asked": requests.asked("apply_travel"),
    "move_asked": requests.asked("apply_move"),
    "medical_asked": requests.asked("apply_medical"),
    "move_consulted": requests.move_consulted,
    "move_answered": requests.move_answered,
    "only_outside_prison": requests.only_outside_prison,
    "restraint_known": requests.restraint_known,
    "measure_grounded": discipline.measure_grounded,
    "as_proposed_praise": discipline.as_proposed("praise"),
    "as_proposed_admonish": discipline.as_proposed("admonish"),
    "as_proposed_warn": discipline.as_proposed("warn"),
    "as_proposed_security": discipline.as_proposed("public_security"),
    "monitoring_ground": court.monitoring_ground,
    "monitoring_months": court.monitoring_months,
    "revocation_grounded": court.revocation_grounded,
    "arrest_grounded": court.arrest_grounded,
    "evidence_kept": court.evidence_kept,
    "ruling_dates": court.ruling_dates,
    "commutation_open": court.commutation_open,
    "no_commutation_open": court.no_commutation_open,
    "found_after_lost": court.found_after_lost,
    "term_over": ending.term_over,
    "papers_kept": ending.papers_kept,
    "two_investigators": survey.two_investigators,
    "surveyed": survey.surveyed,
    "delivered_after_received": survey.delivered_after_received,
    "notice_ahead": helping.notice_ahead,
    "met_after_release": helping.met_after_release,
    "key_person_fetched": helping.key_person_fetched,
    "grade_grounded": helping.grade_grounded,
    "help_over": helping.help_over,
}

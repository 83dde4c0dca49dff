"""The case page of an auditor: what the staff see of a case, without anything to be done on it."""

from typing import Any

from flask import url_for

from blueprints.auditor import events, words
from saas.audit.queries import list_for_case
from saas.cases import access
from saas.cases.models import Case
from saas.domain import get_domain
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.web.staff import casepage, paperpage, rows
from saas.web.staff.materials import materials
from saas.workflow.queries import get_definition

TABS = {**casepage.TABS, "record": words.VALUES["tab", "record"]}
PARTS = {
    "overview": casepage.overview,
    "materials": materials,
    "documents": paperpage.documents,
    "timeline": casepage.timeline,
}


def page_values(case: Case, tab: str, *, by: Actor) -> dict[str, Any]:
    """Everything the page draws on one tab."""
    definition = get_definition(case.process_id)
    return {
        "case": case,
        "tab": tab,
        "tabs": [
            {"label": label, "url": url_for("auditor.show_case", number=case.number, tab=key), "current": key == tab}
            for key, label in TABS.items()
        ],
        "identity": casepage.identity(case, definition),
        "printed_at": casepage.printed_at(),
        "steps": rows.phases(case, definition),
        "can_export": access.allows(by, KernelPermission.DOSSIER_EXPORT, case),
        "can_export_whole": access.allows(by, KernelPermission.DOSSIER_WHOLE, case),
        **_part(case, tab, by=by),
    }


def _part(case: Case, tab: str, *, by: Actor) -> dict[str, Any]:
    if tab == "record":
        return {"rows": events.rows(list_for_case(case.id)[::-1]), "columns": events.COLUMNS}
    values: dict[str, Any] = PARTS[tab](case, get_definition(case.process_id), get_domain(case.domain), by)
    return {**values, "can_add": False}

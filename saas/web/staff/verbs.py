"""The pages of what can be done to a case without being drawn: one form each, and what it does."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.cases import engine_view, queries, recusing, services, verbs
from saas.cases.access import roles_on
from saas.cases.actions import CaseAudit
from saas.cases.context import field_context
from saas.cases.models import Case
from saas.errors import ConflictError, InvalidInputError, NotFoundError, RefusedError
from saas.fields.schema import load
from saas.fields.views import sections
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission, requires
from saas.web import transactions
from saas.web.staff import casepage, cases, verb_forms
from saas.web.staff.board import staff
from saas.workflow.engine import Reason
from saas.workflow.engine_acts import TITLES
from saas.workflow.engine_verbs import standing_reasons
from saas.workflow.queries import get_definition


@staff.get("/cases/<number>/verbs/<verb>")
@requires(KernelPermission.CASE_ACT)
def show_verb(number: str, verb: str) -> ResponseReturnValue:
    """Show the form of a verb, or why it cannot be used now."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT)
    _known(verb)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "verb", "action": verb})
    return render_template("staff/show_verb.html", **page_values(case, verb, {}, {}))


@staff.post("/cases/<number>/verbs/<verb>")
@requires(KernelPermission.CASE_ACT)
def do_verb(number: str, verb: str) -> ResponseReturnValue:
    """Do what a verb says and show the case; what is refused is shown again with every reason."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT, for_update=True)
    _known(verb)
    try:
        _check_offered(case, verb)
        services.unchanged(case, request.form.get("_revision", cases.NEVER, type=int))
        form = verb_forms.verb_form(case, verb, by=g.actor)
        values = load(form, request.form.to_dict(flat=False), _context(case))
        DO[verb](case, values, g.actor)
    except (InvalidInputError, RefusedError, ConflictError) as error:
        # What was begun is not what the form is drawn from again.
        transactions.undo()
        case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT)
        return _refused(case, verb, error)
    flash(f"已办理：{TITLES[verb]}。", "success")
    return redirect(url_for("staff.show_case", number=number), 303)


def page_values(case: Case, verb: str, values: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    """What the form of a verb draws."""
    definition = get_definition(case.process_id)
    form = verb_forms.verb_form(case, verb, by=g.actor)
    drawn = sections(form, values, errors, _context(case))
    return {
        "case": case,
        "identity": casepage.identity(case, definition),
        "about": casepage.about(case, definition, g.actor),
        "verb": verb,
        "heading": TITLES[verb],
        "fields_drawn": [field for section in drawn for field in section.fields],
        "errors": list(errors.items()),
        "against": [reason.sentence for reason in _against(case, verb)],
        "revision": case.revision,
    }


def _known(verb: str) -> None:
    if verb not in DO:
        raise NotFoundError


def _against(case: Case, verb: str) -> list[Reason]:
    """Why the verb cannot be used now by who looks, whatever would be entered."""
    definition, view = get_definition(case.process_id), engine_view.view_of(case)
    standing = standing_reasons(definition, view, verb, engine_view.actor_view(case, g.actor))
    return [*standing, *recusing.reasons_against(case, by=g.actor)]


def _check_offered(case: Case, verb: str) -> None:
    """Say at once that a verb cannot be used, before what was entered is looked at."""
    if against := _against(case, verb):
        raise RefusedError(against)


def _context(case: Case) -> Any:  # noqa: ANN401 - the field context of the line
    return field_context(case.domain, None, case.unit_path, roles=roles_on(g.actor, case))


def _refused(case: Case, verb: str, error: cases.Refused) -> ResponseReturnValue:
    sent = cases.typed(request.form.to_dict(flat=False))
    page = page_values(case, verb, sent, cases.field_errors(error))
    return render_template("staff/show_verb.html", **page | cases.told(error)), error.status


def _said(values: Mapping[str, Any]) -> str:
    return str(values.get("reason") or "")


def _pass_on(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.pass_on(case, verb_forms.chosen(values["person"]), _said(values), by=by, region=verb_forms.region_of(values))


def _delegate(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.delegate(case, verb_forms.chosen(values["person"]), _said(values), by=by, region=verb_forms.region_of(values))


def _hand_back(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.hand_back(case, _said(values), by=by, region=verb_forms.region_of(values))


def _copy(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.copy(case, verb_forms.chosen(values["person"]), _said(values), by=by)


def _cosign(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.cosign(case, values["action"], verb_forms.chosen(values["person"]), _said(values), by=by)


def _sign(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.sign(case, values["action"], _said(values), agreed=values["agreed"] == "yes", by=by)


def _link(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.link(case, values["number"], _said(values), by=by)


def _merge(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.merge(case, values["number"], _said(values), by=by)


def _send_back(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.send_back(case, values["to"], _said(values), by=by)


def _withdraw(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.withdraw(case, _said(values), by=by)


def _suspend(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.suspend(case, _said(values), by=by)


def _resume(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.resume(case, _said(values), by=by)


def _extend(case: Case, values: dict[str, Any], by: Actor) -> None:
    verbs.extend(case, values["days"], _said(values), by=by)


DO: dict[str, Callable[[Case, dict[str, Any], Actor], None]] = {
    "pass_on": _pass_on,
    "delegate": _delegate,
    "hand_back": _hand_back,
    "copy": _copy,
    "cosign": _cosign,
    "sign": _sign,
    "link": _link,
    "merge": _merge,
    "send_back": _send_back,
    "withdraw": _withdraw,
    "suspend": _suspend,
    "resume": _resume,
    "extend": _extend,
}

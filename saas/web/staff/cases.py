"""Finding cases, looking at one, and acting on it."""

from collections.abc import Mapping
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.cases import access, queries, services
from saas.cases.actions import CaseAudit
from saas.cases.context import field_context
from saas.cases.models import Case
from saas.domain import form_for
from saas.errors import ConflictError, InvalidInputError, NotFoundError, RefusedError
from saas.fields.schema import load
from saas.identity import queries as identity
from saas.identity.permissions import KernelPermission, requires
from saas.settings import services as settings
from saas.web import transactions
from saas.web.paging import wanted as wanted_page
from saas.web.sizes import takes_files
from saas.web.staff import casepage, columns, filters, rows
from saas.web.staff.board import staff
from saas.workflow.process import Transition
from saas.workflow.queries import get_definition

# A form that does not say which state of the case it was drawn from was drawn from none.
NEVER = -1
Refused = InvalidInputError | RefusedError | ConflictError


@staff.get("/cases")
@requires(KernelPermission.CASE_READ)
def list_cases() -> ResponseReturnValue:
    """Show the cases of the reader's units, newest first."""
    wanted, page = filters.from_address(), wanted_page()
    query = queries.cases_of(g.actor, wanted)
    found = queries.list_cases(query, offset=page.offset, limit=page.limit)
    definitions = filters.own_definitions(g.actor, KernelPermission.CASE_READ)
    handlers = identity.list_users(g.actor.scopes(KernelPermission.CASE_READ))
    return render_template(
        "staff/list_cases.html",
        fields=filters.case_fields(wanted, definitions, list(handlers)),
        applied=filters.applied(wanted),
        columns=[{"key": key, "label": rows.CASE_COLUMNS[key]} for key in rows.LIST_COLUMNS],
        all_columns=columns.all_columns(definitions),
        shown_columns=rows.LIST_COLUMNS,
        export_limit=settings.get("export.limit"),
        query_text=request.query_string.decode(errors="replace"),
        can_export=g.actor.may(KernelPermission.CASE_EXPORT),
        rows=[rows.case_row(case) for case in found],
        page=page.of(queries.count_cases(query)),
    )


@staff.get("/cases/<number>")
@requires(KernelPermission.CASE_READ)
def show_case(number: str) -> ResponseReturnValue:
    """Show a case on one of its tabs."""
    tab = request.args.get("tab", "overview")
    if tab not in casepage.TABS:
        raise NotFoundError
    case = queries.get_case(number, g.actor)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": tab})
    category = request.args.get("category", "")
    return render_template("staff/show_case.html", **casepage.page_values(case, tab, by=g.actor), category=category)


@staff.get("/cases/<number>/act/<action>")
@requires(KernelPermission.CASE_ACT)
def show_action(number: str, action: str) -> ResponseReturnValue:
    """Show the form of a step."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT)
    transition = find_transition(case, action)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "act", "action": action})
    return render_template("staff/show_action.html", **casepage.action_values(case, transition, {}, {}, by=g.actor))


@staff.post("/cases/<number>/act/<action>")
@requires(KernelPermission.CASE_ACT)
@takes_files
def act(number: str, action: str) -> ResponseReturnValue:
    """Take a step and show the case; what is refused is shown again with every reason."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT, for_update=True)
    transition = find_transition(case, action)
    try:
        values = read_form(case, transition)
        revision = request.form.get("_revision", NEVER, type=int)
        services.act(case, action, values, by=g.actor, revision=revision, alone=True)
    except (InvalidInputError, RefusedError, ConflictError) as error:
        transactions.undo()
        case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT)
        return refused(case, transition, error)
    return redirect(url_for("staff.show_case", number=number), 303)


def find_transition(case: Case, action: str) -> Transition:
    """A step of the case's process.

    Raises:
        NotFoundError: the process has no such step.
    """
    transition = get_definition(case.process_id).find_transition(action)
    if transition is None:
        raise NotFoundError
    return transition


def read_form(case: Case, transition: Transition) -> dict[str, Any]:
    """The checked values of the step's form.

    Raises:
        InvalidInputError: fields are wrong, each with its sentence.
    """
    if transition.form is None:
        return {}
    form = form_for(get_definition(case.process_id), transition.form)
    context = field_context(case.domain, form, case.unit_path, roles=access.roles_on(g.actor, case))
    return load(form, request.form.to_dict(flat=False), context)


def refused(case: Case, transition: Transition, error: Refused) -> ResponseReturnValue:
    """The form again, with what was typed and why it was not taken."""
    sent = typed(request.form.to_dict(flat=False))
    page = casepage.action_values(case, transition, sent, field_errors(error), by=g.actor)
    page["reasons"] = [reason for reason in getattr(error, "reasons", ()) if reason.field is None]
    return render_template("staff/show_action.html", **page | told(error)), error.status


def told(error: Refused) -> dict[str, Any]:
    """What a page of doing something to a case says of a refusal."""
    return {
        "errors": listed_errors(error),
        "changes": getattr(error, "detail", []),
        "message": error.message if isinstance(error, ConflictError) else None,
    }


def typed(raw: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What was sent, without the hidden fields."""
    return {name: values for name, values in raw.items() if not name.startswith("_")}


def field_errors(error: Refused) -> dict[str, str]:
    """Sentences by field id."""
    if isinstance(error, InvalidInputError):
        return error.fields
    if isinstance(error, RefusedError):
        return {reason.field: sentence_of(reason) for reason in error.reasons if reason.field}
    return {}


def listed_errors(error: Refused) -> list[tuple[str, str]]:
    """All sentences for the summary on top, those of no field linked to the form itself."""
    if isinstance(error, RefusedError):
        return [(reason.field or "form", sentence_of(reason)) for reason in error.reasons]
    return list(field_errors(error).items()) or [("form", error.message)]


def sentence_of(reason: Any) -> str:  # noqa: ANN401 - any refusal reason
    """A reason with its article."""
    return f"{reason.sentence}（{reason.law}）" if reason.law else str(reason.sentence)

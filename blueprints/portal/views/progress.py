"""How a case stands, for who knows its number and its code."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import forms, memory, queries, services
from blueprints.portal import progress as reading
from blueprints.portal.blueprint import views
from blueprints.portal.entries import CITIZEN
from saas.audit import services as audit
from saas.cases import queries as cases
from saas.cases.context import entries, field_context
from saas.cases.models import Case
from saas.documents.actions import DocumentAudit
from saas.domain import form_for, get_domain
from saas.errors import InvalidInputError, NotFoundError, RefusedError
from saas.fields import schema
from saas.fields.context import FieldContext
from saas.fields.definition import FormDefinition
from saas.fields.views import sections
from saas.files import queries as files
from saas.files.downloads import prepare
from saas.identity.permissions import public
from saas.messages import queries as messages
from saas.web import transactions
from saas.workflow.process import Transition


@views.get("/progress")
@public
def progress() -> ResponseReturnValue:
    """Ask for a number and a code."""
    return _query_page({}, {})


@views.post("/progress")
@public
def query() -> ResponseReturnValue:
    """Open the progress of a case in this browser."""
    sent = request.form.to_dict()
    try:
        given = forms.read(forms.ProgressSchema(), sent)
        case, proven = services.query_case(given["number"], given["secret"], by=g.actor)
    except InvalidInputError as error:
        return _query_page(sent, error.fields), error.status
    memory.keep_case(case, proven=proven)
    return redirect(url_for(".show_progress", number=case.number), 303)


@views.get("/progress/<number>")
@public
def show_progress(number: str) -> ResponseReturnValue:
    """Show a case that was opened in this browser; any other number is asked for its code."""
    seen = memory.find_case(number)
    if seen is None:
        return redirect(url_for(".progress"), 303)
    return progress_page(cases.get_case_by_id(seen.id), proven=seen.proven, errors={})


@views.get("/progress/<number>/documents/<uuid:document_id>")
@public
def download(number: str, document_id: UUID) -> ResponseReturnValue:
    """Send the citizen's own document as PDF."""
    case = cases.get_case_by_id(memory.get_case(number, proven=True).id)
    document = queries.get_document(case, document_id)
    allowed = {paper.document.id for paper in reading.papers(case, proven=True) if paper.can_download}
    if document.id not in allowed or document.storage_key is None:
        raise NotFoundError
    by = services.as_citizen(g.actor, services.applicant_name(case))
    audit.record(DocumentAudit.READ, document, by=by, case=case, detail={"number": document.number})
    ready = prepare(f"{document.title}.pdf", "application/pdf", document.storage_key)
    return Response(ready.data, headers=ready.headers)


@views.get("/progress/<number>/acts/<action>")
@public
def ask(number: str, action: str) -> ResponseReturnValue:
    """Ask for what a step of the citizen needs."""
    case, transition = _case_and_act(number, action)
    return _act_page(case, transition, {}, {}, [])


@views.post("/progress/<number>/acts/<action>")
@public
def act(number: str, action: str) -> ResponseReturnValue:
    """Take a step of the citizen."""
    case, transition = _case_and_act(number, action, for_update=True)
    case_id = case.id
    raw = {name: texts for name, texts in request.form.lists() if not name.startswith("_")}
    try:
        form = _form_of(case, transition)
        values = schema.load(form, raw, _context(case, form)) if form else {}
        services.act(case, action, values, by=g.actor)
    except (InvalidInputError, RefusedError) as error:
        transactions.undo()
        return _refused_page(cases.get_case_by_id(case_id), transition, raw, error), error.status
    flash(f"已经办好：{transition.title}。", "success")
    return redirect(url_for(".show_progress", number=number), 303)


def progress_page(case: Case, *, proven: bool, errors: Mapping[str, str]) -> str:
    """The page of a case."""
    name = services.applicant_name(case)
    return render_template(
        "portal/progress.html",
        case=case,
        proven=proven,
        state=reading.definition_of(case).states[case.state],
        phases=reading.phases(case),
        clocks=reading.public_clocks(case),
        messages=messages.list_public(case.id),
        papers=reading.papers(case, proven=proven),
        actions=reading.open_actions(case, by=g.actor),
        material=[file for file in files.list_files(case.id) if proven and file.added_by == name],
        categories=[(kind.code, kind.title) for kind in get_domain(case.domain).file_categories],
        takes_material=reading.is_open(case) and proven,
        errors=list(errors.items()),
        faults=errors,
    )


def _case_and_act(number: str, action: str, *, for_update: bool = False) -> tuple[Case, Transition]:
    case = cases.get_case_by_id(memory.get_case(number, proven=True).id, for_update=for_update)
    for transition in reading.open_actions(case, by=g.actor):
        if transition.id == action:
            return case, transition
    raise NotFoundError


def _refused_page(
    case: Case, transition: Transition, raw: Mapping[str, list[str]], error: InvalidInputError | RefusedError
) -> str:
    if isinstance(error, RefusedError):
        return _act_page(case, transition, raw, {}, [reason.sentence for reason in error.reasons])
    return _act_page(case, transition, raw, error.fields, [])


def _form_of(case: Case, transition: Transition) -> FormDefinition | None:
    return form_for(reading.definition_of(case), transition.form) if transition.form else None


def _context(case: Case, form: FormDefinition) -> FieldContext:
    """Citizens choose among entries of public registers only, and are shown no names of staff."""
    return replace(field_context(case.domain, roles=CITIZEN), entries=entries(form, case.unit_path, CITIZEN))


def _act_page(
    case: Case, transition: Transition, raw: Mapping[str, list[str]], errors: Mapping[str, str], refused: list[str]
) -> str:
    form = _form_of(case, transition)
    drawn = sections(form, raw, errors, _context(case, form)) if form else []
    return render_template(
        "portal/act.html",
        case=case,
        transition=transition,
        fields=[one for section in drawn for one in section.fields],
        errors=[*errors.items(), *((None, sentence) for sentence in refused)],
    )


def _query_page(sent: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template("portal/query.html", fields=forms.progress_fields(sent, errors), errors=list(errors.items()))

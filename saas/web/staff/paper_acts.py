"""What is done to an issued document, each on a page of its own: void, issue again, put right, serve, print again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.audit.models import DONE
from saas.cases import effects, queries, recusing, services
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.documents import replacing, retrying, serving, voiding
from saas.documents.actions import DocumentAudit
from saas.documents.form import Form
from saas.documents.models import Document
from saas.documents.queries import find_successor, get_document
from saas.errors import ConflictError, InvalidInputError, NotFoundError, RefusedError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web import transactions
from saas.web.staff import casepage, cases, paper_forms, paperpage
from saas.web.staff.board import staff
from saas.web.staff.paper_forms import Sent
from saas.workflow.queries import get_definition


@dataclass(frozen=True)
class Act:
    """Something that can be done to a document.

    Attributes:
        title: The verb people read.
        endpoint: Where its form goes.
        permission: Who may.
        fields: What it asks.
        against: Why the document, with what stands in for it, is not such that it can be done.
        do: Does it with what was sent; gives the sentence that says so.
    """

    title: str
    endpoint: str
    permission: str
    fields: Callable[[Case, Document, Form, Sent, Sent], list[FieldView]]
    against: Callable[[Document, Document | None], str | None]
    do: Callable[[Case, Document, Form, Sent], str]


def _void(case: Case, document: Document, _form: Form, sent: Sent) -> str:
    voiding.void(document, case, sent.get("reason", ""), by=g.actor, recalled=sent.get("recalled", ""))
    return f"已作废：{document.number}。编号保留在编号登记簿中。"


def _reissue(case: Case, document: Document, form: Form, sent: Sent) -> str:
    made = replacing.reissue(document, form, case, sent.get("reason", ""), by=g.actor)
    return f"已补发，新编号：{made.number}。"


def _correct(case: Case, document: Document, form: Form, sent: Sent) -> str:
    made = replacing.correct(document, form, case, sent, sent.get("reason", ""), by=g.actor)
    return f"已更正，新编号：{made.number}。"


def _serve(case: Case, document: Document, _form: Form, sent: Sent) -> str:
    serving.serve(document, case, paper_forms.handover_of(case, sent), by=g.actor)
    return f"已登记送达：{document.number}。"


VOID = Act(
    "作废",
    "staff.void_document",
    KernelPermission.DOCUMENT_VOID,
    paper_forms.void_fields,
    lambda document, _later: voiding.against(document),
    _void,
)
REISSUE = Act(
    "补发",
    "staff.reissue_document",
    KernelPermission.DOCUMENT_VOID,
    paper_forms.reissue_fields,
    lambda document, later: replacing.against(document, replacing.REISSUE, later),
    _reissue,
)
CORRECTION = Act(
    "更正",
    "staff.correct_document",
    KernelPermission.DOCUMENT_VOID,
    paper_forms.correction_fields,
    lambda document, later: replacing.against(document, replacing.CORRECTION, later),
    _correct,
)
SERVICE = Act(
    "登记送达",
    "staff.serve_document",
    KernelPermission.CASE_ACT,
    paper_forms.service_fields,
    lambda document, _later: serving.against(document),
    _serve,
)


def _open(act: Act, path: str, page: str) -> None:
    """Hang the page of an act and what its form is sent to on the blueprint."""
    address = f"/cases/<number>/documents/<uuid:document_id>/{path}"

    @staff.get(address, endpoint=page)
    @requires(act.permission)
    def ask(number: str, document_id: UUID) -> ResponseReturnValue:
        return _ask(number, document_id, act)

    @staff.post(address, endpoint=act.endpoint.removeprefix(f"{staff.name}."))
    @requires(act.permission)
    def do(number: str, document_id: UUID) -> ResponseReturnValue:
        return _do(number, document_id, act)


_open(VOID, "void", "ask_void")
_open(REISSUE, "reissue", "ask_reissue")
_open(CORRECTION, "correct", "ask_correction")
_open(SERVICE, "service", "ask_service")


@staff.post("/cases/<number>/documents/<uuid:document_id>/redo")
@requires(KernelPermission.CASE_ACT)
def redo_document(number: str, document_id: UUID) -> ResponseReturnValue:
    """Have a document that failed printed again."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ACT, for_update=True)
    _check_in(case)
    retrying.redo(document_in(case, document_id), case, by=g.actor)
    flash("已安排重新生成，请稍后刷新页面查看。", "success")
    return redirect(url_for("staff.show_case", number=number, tab="documents"), 303)


def document_in(case: Case, document_id: UUID) -> Document:
    """A document of this case.

    Raises:
        NotFoundError: the case has none of that id.
    """
    document = get_document(document_id)
    if document.case_id != case.id:
        raise NotFoundError
    return document


def _ask(number: str, document_id: UUID, act: Act) -> ResponseReturnValue:
    case = queries.get_case(number, g.actor, permission=act.permission)
    document = document_in(case, document_id)
    if act is CORRECTION:
        # Its page shows what the document says, masked nowhere.
        audit.record(DocumentAudit.READ, document, by=g.actor, case=case, detail={"number": document.number})
    else:
        audit.record(
            CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "documents", "number": document.number}
        )
    return render_template("staff/show_document_act.html", **page_values(case, document, act, {}, {}))


def _do(number: str, document_id: UUID, act: Act) -> ResponseReturnValue:
    case = queries.get_case(number, g.actor, permission=act.permission, for_update=True)
    document = document_in(case, document_id)
    try:
        _check_in(case)
        services.unchanged(case, request.form.get("_revision", cases.NEVER, type=int))
        told = act.do(case, document, effects.form_of(case, document), request.form)
    except (InvalidInputError, RefusedError, ConflictError) as error:
        # What was begun is not what the form is drawn from again.
        transactions.undo()
        case = queries.get_case(number, g.actor, permission=act.permission)
        document = document_in(case, document_id)
        if act is CORRECTION:
            # What is refused is rolled back, but the page is read again.
            audit.record_apart(
                DocumentAudit.READ, document, by=g.actor, detail={"number": document.number}, outcome=DONE
            )
        return _refused(case, document, act, error)
    flash(told, "success")
    return redirect(url_for("staff.show_case", number=number, tab="documents"), 303)


def page_values(case: Case, document: Document, act: Act, sent: Sent, errors: Mapping[str, str]) -> dict[str, Any]:
    """What the page of an act draws; what was typed stays."""
    definition = get_definition(case.process_id)
    against = act.against(document, find_successor(document.id))
    reasons = [reason.sentence for reason in recusing.reasons_against(case, by=g.actor)]
    return {
        "case": case,
        "document": document,
        "identity": casepage.identity(case, definition),
        "about": casepage.about(case, definition, g.actor),
        "heading": f"{act.title}《{document.title}》",
        "label": act.title,
        "fields_drawn": act.fields(case, document, effects.form_of(case, document), sent, errors),
        "action": url_for(act.endpoint, number=case.number, document_id=document.id),
        "back": paperpage.documents_url(case),
        "against": [*([against] if against else []), *reasons],
        "errors": list(errors.items()),
        "revision": case.revision,
    }


def _refused(case: Case, document: Document, act: Act, error: cases.Refused) -> ResponseReturnValue:
    page = page_values(case, document, act, request.form, cases.field_errors(error))
    return render_template("staff/show_document_act.html", **page | cases.told(error)), error.status


def _check_in(case: Case) -> None:
    """Refuse who keeps out of the case.

    Raises:
        RefusedError: the actor does.
    """
    if against := recusing.reasons_against(case, by=g.actor):
        raise RefusedError(against)

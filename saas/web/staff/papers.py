"""Attachments and documents of a case: adding, downloading, looking before issuing."""

from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.cases import effects, queries
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.documents import jobs as document_jobs
from saas.documents import marking, printing, render
from saas.documents.actions import DocumentAudit
from saas.documents.designs import queries as designs
from saas.documents.dress import Issuer
from saas.documents.queries import with_numbers
from saas.domain import get_domain
from saas.errors import InvalidInputError, NotFoundError
from saas.files import services as files
from saas.files import store
from saas.files.downloads import download
from saas.files.models import File
from saas.files.previews import preview
from saas.files.queries import get_file
from saas.identity.permissions import KernelPermission, requires
from saas.web.sending import PDF, send, send_bytes
from saas.web.sizes import takes_files
from saas.web.staff import casepage
from saas.web.staff.board import staff
from saas.web.staff.paper_acts import document_in


@staff.post("/cases/<number>/files")
@requires(KernelPermission.FILE_ADD)
@takes_files
def add_files(number: str) -> ResponseReturnValue:
    """Attach files to a case; each is checked, and good ones are kept when another is refused."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.FILE_ADD, for_update=True)
    category = request.form.get("category", "")
    kinds = {kind.code: kind for kind in get_domain(case.domain).file_categories}
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    errors: list[tuple[str, str]] = []
    if category not in kinds:
        errors.append(("category", "请选择材料类别。"))
    if not uploads:
        errors.append(("files", "请选择要上传的文件。"))
    added = 0
    for upload in uploads if category in kinds else ():
        try:
            files.add(
                case, category, upload.filename or "", upload.read(), by=g.actor, evidence=kinds[category].evidence
            )
            added += 1
        except InvalidInputError as error:
            errors += [("files", f"{upload.filename}：{sentence}") for sentence in error.fields.values()]
    if errors:
        page = casepage.page_values(case, "materials", by=g.actor)
        shown = render_template("staff/show_case.html", **page, errors=errors, added=added, category=category)
        # Good files of a mixed upload stay: the answer is a page that says which were not taken.
        return shown, 200 if added else 422
    return redirect(url_for("staff.show_case", number=number, tab="materials"), 303)


@staff.get("/cases/<number>/files/<uuid:file_id>")
@requires(KernelPermission.CASE_READ)
def download_file(number: str, file_id: UUID) -> ResponseReturnValue:
    """Send an attachment of the case."""
    case = queries.get_case(number, g.actor)
    file = _file_in(case, file_id)
    audit.record(files.Audit.READ, file, by=g.actor, case=case, detail={"name": file.name})
    return send(download(file, inline=True))


@staff.get("/cases/<number>/files/<uuid:file_id>/preview.png")
@requires(KernelPermission.CASE_READ)
def preview_file(number: str, file_id: UUID) -> ResponseReturnValue:
    """Send a small picture of an attachment's first page; it shows what is in the file, so looking is recorded."""
    case = queries.get_case(number, g.actor)
    file = _file_in(case, file_id)
    shown = preview(file)
    audit.record(files.Audit.READ, file, by=g.actor, case=case, detail={"name": file.name, "preview": True})
    return send(shown)


def _file_in(case: Case, file_id: UUID) -> File:
    """An attachment of this case.

    Raises:
        NotFoundError: the case has none of that id.
    """
    file = get_file(file_id)
    if file.case_id != case.id:
        raise NotFoundError
    return file


@staff.get("/cases/<number>/documents/<uuid:document_id>.pdf")
@requires(KernelPermission.DOCUMENT_READ)
def download_document(number: str, document_id: UUID) -> ResponseReturnValue:
    """Send the PDF of an issued document; one still waiting for its job is made first, a void one says that it is."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.DOCUMENT_READ)
    document = document_in(case, document_id)
    if document.state == "queued":
        document_jobs.make(document)
    if document.storage_key is None:
        raise NotFoundError
    audit.record(DocumentAudit.READ, document, by=g.actor, case=case, detail={"number": document.number})
    data = store.get(document.storage_key)
    shown = marking.marked_void(document, data) if document.state == "void" else data
    word = "（已作废）" if document.state == "void" else ""
    return send_bytes(shown, PDF, f"{document.title}{document.number}{word}.pdf", inline=True)


@staff.get("/cases/<number>/documents.pdf")
@requires(KernelPermission.DOCUMENT_READ)
def print_documents(number: str) -> ResponseReturnValue:
    """Send every valid document of the case as one PDF, to be put on paper in one go; each of them is read by that."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.DOCUMENT_READ)
    found = printing.list_ready(case.id)
    for document in found:
        audit.record(DocumentAudit.READ, document, by=g.actor, case=case, detail={"number": document.number})
    return send_bytes(printing.together(found), PDF, f"全部文书{case.number}.pdf", inline=True)


@staff.get("/cases/<number>/preview/<code>.pdf")
@requires(KernelPermission.DOCUMENT_READ)
def preview_form(number: str, code: str) -> ResponseReturnValue:
    """Send a form filled from the case as it stands, marked as a preview and without a number."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.DOCUMENT_READ)
    form = effects.form_to_make(case, code)
    audit.record(DocumentAudit.READ, ("form", code), by=g.actor, case=case, detail={"form": code})
    shot = with_numbers(snapshot(case), case.id)
    data = render.preview(form, shot, dress=designs.dress_in_force(Issuer.of(case.unit)))
    return send_bytes(data, PDF, f"{form.title}（预览）.pdf", inline=True)

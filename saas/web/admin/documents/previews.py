"""How documents look in a design: the sample of a form for administrators, a real case for who may read it."""

from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.cases import effects
from saas.cases import queries as cases
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.documents import render
from saas.documents.actions import DocumentAudit
from saas.documents.designs import queries, seals, surroundings
from saas.documents.designs.body import dress_of
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.pictures import picture
from saas.documents.dress import Issuer
from saas.documents.form import Form
from saas.documents.queries import get_form, with_numbers
from saas.errors import NotFoundError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.web.admin.documents import finding
from saas.web.sending import PDF, send_bytes

PNG = "image/png"
LONGEST = 40  # characters of a case's number
NONE_SUCH = "没有找到这个编号的案件，或者您没有查看它的文书的权限。请检查编号，或者请承办人打开这个页面。"


@admin.get("/documents/<uuid:design_id>/samples/<code>.png")
@requires(KernelPermission.CONFIG_READ)
def picture_sample(design_id: UUID, code: str) -> ResponseReturnValue:
    """Send the sample of a form as a picture."""
    design, form = queries.get_design(design_id), get_form(code)
    return send_bytes(picture(sealed_sample(design, form), mark="样例"), PNG, "样例.png", inline=True)


@admin.get("/documents/<uuid:design_id>/samples/<code>.pdf")
@requires(KernelPermission.CONFIG_READ)
def print_sample(design_id: UUID, code: str) -> ResponseReturnValue:
    """Send the sample of a form as PDF."""
    form = get_form(code)
    return send_bytes(sample(queries.get_design(design_id), form), PDF, f"{form.title}（样例）.pdf", inline=True)


@admin.get("/documents/<uuid:design_id>/cases/<code>")
@requires(KernelPermission.DOCUMENT_READ)
def preview_case(design_id: UUID, code: str) -> ResponseReturnValue:
    """Ask for a case, and show a form filled from it; the picture itself asks for the case again."""
    design, form = queries.get_design(design_id), get_form(code)
    number = request.args.get("number", "").strip()[:LONGEST]
    errors = {} if not number or may_read(number) else {"number": NONE_SUCH}
    field = FieldView("number", "number", "案件编号", "text", number, required=True, maxlength=LONGEST)
    return render_template(
        "admin/dress/preview_case.html",
        name=finding.name_of(design),
        form=form,
        asked=fields.shown(field, errors),
        errors=list(errors.items()),
        action=url_for("admin.preview_case", design_id=design.id, code=code),
        picture_url=url_for("admin.picture_case", design_id=design.id, code=code, number=number)
        if number and not errors
        else None,
        back_url=url_for("admin.show_words", design_id=design.id, code=code)
        if g.actor.may(KernelPermission.CONFIG_READ)
        else None,
    ), 422 if errors else 200


@admin.get("/documents/<uuid:design_id>/cases/<code>/<number>.png")
@requires(KernelPermission.DOCUMENT_READ)
def picture_case(design_id: UUID, code: str, number: str) -> ResponseReturnValue:
    """Send a form filled from a case the person may read, marked as a preview."""
    design, case = queries.get_design(design_id), get_case(number)
    form = effects.form_to_make(case, code)
    audit.record(DocumentAudit.READ, ("form", code), by=g.actor, case=case, detail={"form": code})
    shot = with_numbers(snapshot(case), case.id)
    data = render.preview(form, shot, dress=dress_of(design.body, 0, Issuer.of(case.unit)))
    return send_bytes(picture(data), PNG, "预览.png", inline=True)


def sample(design: DocumentDesign, form: Form) -> bytes:
    """The sample of a form in a design, marked as a preview."""
    markup = render.html(form, form.sample, dress=surroundings.sample_dress(design.body), preview=True)
    return render.pdf(markup, form.layout)


def sealed_sample(design: DocumentDesign, form: Form) -> bytes:
    """The same with its seal, for a picture that is marked: no file that bears a seal leaves this page."""
    dress = surroundings.sample_dress(design.body)
    values = form.sample | ({"number": ""} if "number" in form.sample else {})
    return render.pdf(render.html(form, values, dress=dress, seal=seals.address(dress)), form.layout)


def get_case(number: str) -> Case:
    """A case whose documents the person may read.

    Raises:
        NotFoundError: there is none of that number where the person may look.
    """
    return cases.get_case(number, g.actor, permission=KernelPermission.DOCUMENT_READ)


def may_read(number: str) -> bool:
    """Whether there is a case of that number whose documents the person may read."""
    try:
        get_case(number)
    except NotFoundError:
        return False
    return True

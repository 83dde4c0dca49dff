"""The page of letterhead, foot and seal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.db.session import current_tenant
from saas.documents.designs import changing, checks, queries, seals, surroundings
from saas.documents.designs.body import LONGEST_HEAD, LONGEST_LINE, MOST_LINES
from saas.documents.designs.models import DocumentDesign
from saas.documents.dress import Dress
from saas.documents.queries import list_forms
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError
from saas.fields.views import FieldView
from saas.files import store
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import cursor, fields
from saas.web.admin.board import admin
from saas.web.admin.documents import finding
from saas.web.sending import send_bytes
from saas.web.sizes import takes_files

HERE = "admin.show_letterhead"
PNG = "image/png"
LETTER = "文件"
HEAD_HINT = "红色大字，例如“某某市司法局文件”。最多两行，每行最多18个字；不填就不印红头。"
FOOT_HINT = (
    "印在最后一页底部，最多四行；一行里用两个空格分开左右两边，{date} 换成制作日期。"
    "例如“某某市司法局办公室  {date}印发”。"
)
SEAL_HINT = "背景透明的红色印章图片（PNG，正方形，每边至少496像素，最大2MB），按直径42毫米印在署名和日期上。"


@admin.get("/documents/<uuid:design_id>/letterhead")
@requires(KernelPermission.CONFIG_READ)
def show_letterhead(design_id: UUID) -> ResponseReturnValue:
    """Show letterhead, foot and seal with a preview."""
    return page(queries.get_design(design_id), {})


@admin.post("/documents/<uuid:design_id>/letterhead")
@requires(KernelPermission.CONFIGURE)
def change_letterhead(design_id: UUID) -> ResponseReturnValue:
    """Keep another letterhead and foot."""
    design = queries.get_design(design_id)
    parts = {"letterhead": "\n".join(typed_lines("letterhead")), "footer": typed_lines("footer")}
    try:
        _check(design, parts)
        changing.change(design, parts, seen=cursor.seen(), what=list(parts), by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return refused(design, error)
    return kept(design, "已保存，右边是新的样子。")


@admin.post("/documents/<uuid:design_id>/seal")
@requires(KernelPermission.CONFIGURE)
@takes_files
def change_seal(design_id: UUID) -> ResponseReturnValue:
    """Take the picture of the seal, once it can be printed as one."""
    design, upload = queries.get_design(design_id), request.files.get("seal")
    try:
        picture = seals.checked(upload.read(seals.MOST_BYTES + 1) if upload else b"")
        key = store.put(picture, tenant=current_tenant())
        changing.change(design, {"seal": key}, seen=cursor.seen(), what=["seal"], by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return refused(design, error)
    return kept(design, "印章已上传。")


@admin.post("/documents/<uuid:design_id>/seal/remove")
@requires(KernelPermission.CONFIGURE)
def remove_seal(design_id: UUID) -> ResponseReturnValue:
    """Print no seal any more: there is a place for one again."""
    design = queries.get_design(design_id)
    try:
        changing.change(design, {"seal": ""}, seen=cursor.seen(), what=["seal"], by=g.actor)
    except ConflictError as error:
        return refused(design, error)
    return kept(design, "印章已去掉，打印后再盖章。")


@admin.get("/documents/<uuid:design_id>/seal.png")
@requires(KernelPermission.CONFIG_READ)
def send_seal(design_id: UUID) -> ResponseReturnValue:
    """Send the picture of the seal."""
    key = queries.get_design(design_id).body["seal"]
    if not key:
        raise NotFoundError
    return send_bytes(seals.read(key), PNG, "印章.png", inline=True)


def typed_lines(name: str) -> list[str]:
    """The lines of a field that say something."""
    return [line.strip() for line in request.form.get(name, "").splitlines() if line.strip()]


def _check(design: DocumentDesign, parts: Mapping[str, Any]) -> None:
    """Refuse what cannot be printed at the field where it stands."""
    longest = {"letterhead": LONGEST_HEAD, "footer": LONGEST_LINE}
    problems = checks.problems({**design.body, **parts}, surroundings.known())
    found = {one.place: one.message for one in reversed(problems) if one.place in longest}
    if len(parts["footer"]) > MOST_LINES or any(len(line) > LONGEST_LINE for line in parts["footer"]):
        found["footer"] = f"版记最多{MOST_LINES}行，每行最多{LONGEST_LINE}个字。"
    if found:
        raise InvalidInputError(found)


def refused(design: DocumentDesign, error: AppError) -> ResponseReturnValue:
    """The page again, with what was typed and why it was not kept."""
    told = error.fields if isinstance(error, InvalidInputError) else {"letterhead": error.message}
    return page(design, told), error.status


def kept(design: DocumentDesign, told: str) -> ResponseReturnValue:
    """To the page, with what was done."""
    flash(told, "success")
    return redirect(url_for(HERE, design_id=design.id), 303)


def page(design: DocumentDesign, errors: Mapping[str, str]) -> str:
    """The page, with the faults of what was sent and everything that was typed."""
    headed = Dress(letterhead=LETTER)
    sample = next((form for form in list_forms() if surroundings.is_printed_otherwise(form, headed)), None)
    at: dict[str, Any] = {"design_id": design.id}
    return render_template(
        "admin/dress/show_letterhead.html",
        **finding.head(design, HERE),
        asked=[fields.shown(one, dict(errors)) for one in questions(design)],
        seal_field=fields.shown(_seal(), dict(errors)),
        seal_url=url_for("admin.send_seal", **at, seen=design.revision) if design.body["seal"] else None,
        errors=list(errors.items()),
        code=sample.code if sample else None,
        title=sample.title if sample else "",
    )


def _seal() -> FieldView:
    return FieldView("seal", "seal", "印章图片", "file", [], hint=SEAL_HINT, required=True, accept=".png")


def questions(design: DocumentDesign) -> list[FieldView]:
    """The questions about letterhead and foot, with what is kept or was typed."""
    sent = request.form if request.endpoint == "admin.change_letterhead" else {}
    letterhead = sent.get("letterhead", design.body["letterhead"])
    footer = sent.get("footer", "\n".join(design.body["footer"]))
    return [
        FieldView(
            "letterhead",
            "letterhead",
            "发文机关标志",
            "longtext",
            letterhead,
            hint=HEAD_HINT,
            rows=2,
            maxlength=LONGEST_HEAD,
        ),
        FieldView(
            "footer",
            "footer",
            "版记",
            "longtext",
            footer,
            hint=FOOT_HINT,
            rows=4,
            maxlength=MOST_LINES * (LONGEST_LINE + 2),
        ),
    ]

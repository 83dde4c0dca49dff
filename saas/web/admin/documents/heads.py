"""The page of letterhead, foot and seals."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.documents.designs import changing, checks, queries, surroundings
from saas.documents.designs.body import LONGEST_HEAD, LONGEST_LINE, MOST_LINES
from saas.documents.designs.models import DocumentDesign
from saas.documents.dress import Dress
from saas.documents.queries import list_forms
from saas.errors import AppError, ConflictError, InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import cursor, fields
from saas.web.admin.board import admin
from saas.web.admin.documents import finding, seal_list

HERE = "admin.show_letterhead"
LETTER = "文件"
HEAD_HINT = "红色大字，例如“{unit}文件”，{unit} 换成制作文书的机构的名称。最多两行，每行最多18个字；不填就不印红头。"
FOOT_HINT = (
    "印在最后一页底部，最多四行；一行里用两个空格分开左右两边，{unit} 换成制作文书的机构的名称，"
    "{date} 换成制作日期。例如“{unit}  {date}印发”。"
)


@admin.get("/documents/<uuid:design_id>/letterhead")
@requires(KernelPermission.CONFIG_READ)
def show_letterhead(design_id: UUID) -> ResponseReturnValue:
    """Show letterhead, foot and seals with a preview."""
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


def typed_lines(name: str) -> list[str]:
    """The lines of a field that say something."""
    return [line.strip() for line in request.form.get(name, "").splitlines() if line.strip()]


def _check(design: DocumentDesign, parts: Mapping[str, Any]) -> None:
    """Refuse what cannot be printed at the field where it stands."""
    longest = {"letterhead": LONGEST_HEAD, "footer": LONGEST_LINE}
    problems = checks.problems({**design.body, **parts}, surroundings.known())
    found = {one.place: one.message for one in reversed(problems) if one.severity == "error" and one.place in longest}
    if len(parts["footer"]) > MOST_LINES or any(len(line) > LONGEST_LINE for line in parts["footer"]):
        found["footer"] = f"版记最多{MOST_LINES}行，每行最多{LONGEST_LINE}个字。"
    if found:
        raise InvalidInputError(found)


def refused(design: DocumentDesign, error: AppError, field: str = "letterhead") -> ResponseReturnValue:
    """The page again, with what was typed and why it was not kept; what is at no field stands at the one named."""
    told = error.fields if isinstance(error, InvalidInputError) else {field: error.message}
    return page(design, told), error.status


def kept(design: DocumentDesign, told: str) -> ResponseReturnValue:
    """To the page, with what was done."""
    flash(told, "success")
    return redirect(url_for(HERE, design_id=design.id), 303)


def page(design: DocumentDesign, errors: Mapping[str, str]) -> str:
    """The page, with the faults of what was sent and everything that was typed."""
    headed = Dress(letterhead=LETTER)
    sample = next((form for form in list_forms() if surroundings.is_printed_otherwise(form, headed)), None)
    return render_template(
        "admin/dress/show_letterhead.html",
        **finding.head(design, HERE),
        asked=[fields.shown(one, dict(errors)) for one in questions(design)],
        doubts=[one.message for one in checks.doubts(design.body)],
        seals=seal_list.rows(design),
        seal_asked=[fields.shown(one, dict(errors)) for one in seal_list.questions()],
        errors=list(errors.items()),
        code=sample.code if sample else None,
        title=sample.title if sample else "",
    )


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

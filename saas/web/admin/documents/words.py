"""The page of one form: its blocks with the default beside the city's words, its numbers, and how it looks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.documents.designs import blocks, changing, checks, fitting, numbers, queries, surroundings
from saas.documents.designs.blocks import Block
from saas.documents.designs.body import LONGEST_PATTERN, LONGEST_WORDS
from saas.documents.designs.models import DocumentDesign
from saas.documents.form import Form
from saas.documents.queries import get_form
from saas.errors import AppError, ConflictError, InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.settings import services as settings
from saas.web.admin import cursor, fields
from saas.web.admin.board import admin
from saas.web.admin.documents import finding

HERE = "admin.show_words"
NUMBER = "number"
HINT = "可用 {series} 机构简称、{kind} 文书代字、{year} 年度、{n} 流水号，四个都要有。不填就按参数设置里的统一格式："


@admin.get("/documents/<uuid:design_id>/forms/<code>")
@requires(KernelPermission.CONFIG_READ)
def show_words(design_id: UUID, code: str) -> ResponseReturnValue:
    """Show a form's words and numbers with a preview."""
    return page(queries.get_design(design_id), get_form(code), {})


@admin.post("/documents/<uuid:design_id>/forms/<code>")
@requires(KernelPermission.CONFIGURE)
def change_words(design_id: UUID, code: str) -> ResponseReturnValue:
    """Keep a form's words and numbers; what cannot be printed is refused at its field."""
    design, form = queries.get_design(design_id), get_form(code)
    parts = parts_of(design, form)
    try:
        check(form, parts)
        what = [f"wording.{form.code}", f"numbers.{form.code}"]
        changing.change(design, parts, seen=cursor.seen(), what=what, by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return refused(design, form, error)
    flash(f"《{form.title}》已保存，预览是新的样子。", "success")
    return redirect(url_for(HERE, design_id=design.id, code=code), 303)


@admin.post("/documents/<uuid:design_id>/forms/<code>/number")
@requires(KernelPermission.CONFIGURE)
def preview_number(design_id: UUID, code: str) -> ResponseReturnValue:
    """Show how the next number would look; nothing is kept."""
    design, form = queries.get_design(design_id), get_form(code)
    try:
        check(form, parts_of(design, form))
    except InvalidInputError as error:
        return refused(design, form, error)
    return page(design, form, {})


def typed(name: str) -> str:
    """What stands in a field as it was sent."""
    return request.form.get(name, "").strip()


def parts_of(design: DocumentDesign, form: Form) -> dict[str, Any]:
    """Words and numbers of all forms with those that were sent; what is empty or the default is not the city's."""
    own = blocks.blocks_of(form)
    sent = {block.key: blocks.kept(form, typed(field_of(block))) for block in own}
    said = {block.key: sent[block.key] for block in own if sent[block.key] not in {"", block.default.strip()}}
    wording = {key: text for key, text in design.body["wording"].items() if key not in sent}
    patterns = {code: one for code, one in design.body["numbers"].items() if code != form.code}
    return {
        "wording": wording | said,
        "numbers": patterns | ({form.code: typed(NUMBER)} if typed(NUMBER) else {}),
    }


def check(form: Form, parts: Mapping[str, Any]) -> None:
    """Refuse what is wrong with a form's words and numbers, each at its field."""
    known, faults = surroundings.known(), {}
    for block in blocks.blocks_of(form):
        text = parts["wording"].get(block.key, "")
        told = [one.message for one in checks.words(block.key, text, known)] if text else []
        if len(text) > LONGEST_WORDS:
            told = [f"“{block.title}”最多{LONGEST_WORDS}个字，请缩短。"]
        if told:
            faults[field_of(block)] = told[0]
    for one in checks.number(form.code, parts["numbers"].get(form.code), known):
        faults.setdefault(NUMBER, one.message)
    if faults:
        raise InvalidInputError(faults)


def refused(design: DocumentDesign, form: Form, error: AppError) -> ResponseReturnValue:
    """The page again, with what was typed and why it was not kept."""
    told = error.fields if isinstance(error, InvalidInputError) else {NUMBER: error.message}
    return page(design, form, told), error.status


def field_of(block: Block) -> str:
    """The name of a block's field."""
    return f"w-{block.name}"


def page(design: DocumentDesign, form: Form, errors: Mapping[str, str]) -> str:
    """The page of a form, with the faults of what was sent and everything that was typed."""
    pattern = _pattern(design, form)
    return render_template(
        "admin/dress/show_words.html",
        **finding.head(design, "admin.show_design"),
        form=form,
        code=form.code,
        blocks=[_asked(design, form, block, errors) for block in blocks.blocks_of(form)],
        names=blocks.can_name(form),
        number_field=fields.shown(_number(form, pattern), dict(errors)),
        next=None if errors else numbers.preview(form, pattern or _usual(form)),
        errors=list(errors.items()),
        problems=[]
        if errors
        else [one.message for one in fitting.faults(form, surroundings.widest_dress(design.body))],
    )


def _usual(form: Form) -> str:
    """How the form's numbers are written where the city says nothing about them."""
    return form.number_pattern or str(settings.get(queries.PATTERN))


def _pattern(design: DocumentDesign, form: Form) -> str:
    return typed(NUMBER) if request.method == "POST" else str(design.body["numbers"].get(form.code, ""))


def _asked(design: DocumentDesign, form: Form, block: Block, errors: Mapping[str, str]) -> dict[str, Any]:
    name = field_of(block)
    text = typed(name) if request.method == "POST" else blocks.shown(form, design.body["wording"].get(block.key, ""))
    field = FieldView(name, name, block.title, "longtext", text, rows=4, maxlength=LONGEST_WORDS)
    return {"field": fields.shown(field, dict(errors)), "default": block.default.splitlines()}


def _number(form: Form, pattern: str) -> FieldView:
    hint = f"{HINT}{_usual(form)}"
    label = f"编号格式（文书代字是“{form.number_kind}”）"
    return FieldView(NUMBER, NUMBER, label, "text", pattern, hint=hint, maxlength=LONGEST_PATTERN)

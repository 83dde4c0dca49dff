"""The pages of an application: one thing each, kept at every step, right or wrong."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import drafts, entries, memory, queries
from blueprints.portal import filling as fill
from blueprints.portal.blueprint import views
from blueprints.portal.drafts import Upload
from blueprints.portal.entries import Entry
from blueprints.portal.filling import Filling
from saas.cases.models import Draft
from saas.config import current_config
from saas.errors import NotFoundError
from saas.fields.views import FieldView, gather_values, sections
from saas.identity.permissions import public
from saas.web.sizes import takes_files

CHECK = "check"
NO_PLACE = "没有列出您那里的，说明还没有开通网上申请，请打 12348。"
MORE = "请接着填写这一页新出现的内容，然后再点“继续”。"


@views.get("/apply/<process>/<way>/")
@public
def start(process: str, way: str) -> ResponseReturnValue:
    """Lead to the page that was left, or to the first one."""
    entry = entries.get_entry(process, way)
    draft = find_draft(entry)
    return redirect(page_url(entry, draft.page if draft else entry.form.pages[0].id), 303)


@views.get("/apply/<process>/<way>/<page>")
@public
def show_page(process: str, way: str, page: str) -> ResponseReturnValue:
    """Show a page with what was typed and, after a refused attempt, what is wrong."""
    entry = entries.get_entry(process, way)
    filling = filling_of(find_draft(entry))
    _require_page(entry, page)
    context = entries.context_of(entry, page)
    errors = fill.faults(entry.form, filling, page, context)
    wanted = {one.id for one in fill.asked(entry.form, filling, page)}
    drawn = sections(entry.form, values_shown(entry, filling, page), errors, context, page=page)[0]
    return render_template(
        "portal/page.html",
        entry=entry,
        page=entry.form.page(page),
        fields=[_with_help(one) for one in drawn.fields if one.id in wanted],
        errors=list(errors.items()),
        kept={one.id: filling.kept(one.id) for one in drawn.fields},
        back_url=_back_url(entry, filling, page),
        place=_place(entry, filling, page),
        returning=request.args.get("from") == CHECK,
    )


@views.post("/apply/<process>/<way>/<page>")
@public
@takes_files
def save_page(process: str, way: str, page: str) -> ResponseReturnValue:
    """Keep the page, then go where its button says."""
    entry = entries.get_entry(process, way)
    _require_page(entry, page)
    draft = find_draft(entry, for_update=True) or _begin(entry)
    deed, _, target = request.form.get("_do", "next").partition(":")
    raw = {name: texts for name, texts in request.form.lists() if not name.startswith("_")}
    if deed == "remove":
        drafts.remove_file(draft, page, target)
        flash("已移除一个文件。", "success")
    elif deed in {"save", "upload"}:
        kept = drafts.keep_page(draft, entry, page, raw, uploads_of(entry, page))
        if deed == "save" and kept:
            return redirect(url_for(".set_aside", process=process, way=way), 303)
    elif drafts.save_page(draft, entry, page, raw, request.form.getlist("_shown"), uploads_of(entry, page)):
        return redirect(_next_url(entry, draft, page), 303)
    elif filling_of(draft).attempts[page].more:
        flash(MORE, "info")
    return redirect(page_url(entry, page, returning=request.args.get("from") == CHECK), 303)


def find_draft(entry: Entry, *, for_update: bool = False) -> Draft | None:
    """The draft of an entry that this browser works on."""
    id_ = memory.draft_id(entry.key)
    return queries.find_draft(id_, for_update=for_update) if id_ else None


def filling_of(draft: Draft | None) -> Filling:
    """What a draft holds; nothing where there is none yet."""
    return Filling.from_data(draft.data) if draft else Filling()


def page_url(entry: Entry, page: str, *, returning: bool = False) -> str:
    """The address of a page; with ``returning``, one that leads back to the check page."""
    address = url_for(".show_page", process=entry.process, way=entry.way, page=page)
    return f"{address}?from={CHECK}" if returning else address


def values_shown(entry: Entry, filling: Filling, page: str) -> Mapping[str, Any]:
    """What stands in the boxes: an attempt's texts over the values taken."""
    attempt = filling.attempts.get(page)
    values = fill.known(entry.form, filling)
    return {**values, **gather_values(entry.form, attempt.raw)} if attempt else values


def uploads_of(entry: Entry, page: str) -> list[Upload]:
    """The files chosen on a page; of one that is too large only as much as shows it."""
    most = current_config().max_upload_bytes + 1
    wanted = [one.id for one in entry.form.on(page) if one.type == "file"]
    return [
        (name, upload.filename, upload.stream.read(most))
        for name in wanted
        for upload in request.files.getlist(name)
        if upload.filename
    ]


def _with_help(one: FieldView) -> FieldView:
    """Whose place is not in the list learns why, and whom to call."""
    return replace(one, hint="".join((one.hint or "", NO_PLACE))) if one.kind == "area" else one


def _begin(entry: Entry) -> Draft:
    draft = drafts.begin(entry)
    memory.keep_draft(entry.key, draft.id)
    return draft


def _require_page(entry: Entry, page: str) -> None:
    if page not in {one.id for one in entry.form.pages}:
        raise NotFoundError


def _next_url(entry: Entry, draft: Draft, page: str) -> str:
    _, following = fill.neighbours(entry.form, filling_of(draft), page)
    if request.args.get("from") == CHECK or following is None:
        return url_for(".check", process=entry.process, way=entry.way)
    draft.page = following
    return page_url(entry, following)


def _back_url(entry: Entry, filling: Filling, page: str) -> str:
    if request.args.get("from") == CHECK:
        return url_for(".check", process=entry.process, way=entry.way)
    before, _ = fill.neighbours(entry.form, filling, page)
    return page_url(entry, before) if before else url_for(".guide", process=entry.process, way=entry.way)


def _place(entry: Entry, filling: Filling, page: str) -> tuple[int, int]:
    """Which page of how many, the check page counted as the last."""
    ids = [one.id for one in fill.pages(entry.form, filling)]
    return ids.index(page) + 1, len(ids) + 1

"""Putting an application aside, and taking it up again on any device."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import drafts, entries, forms, memory
from blueprints.portal.blueprint import views
from blueprints.portal.entries import Entry
from blueprints.portal.views.apply import find_draft, page_url
from saas.cases.models import Draft
from saas.errors import InvalidInputError
from saas.identity.permissions import public
from saas.web.requests import forget_browser


@views.get("/apply/<process>/<way>/save")
@public
def set_aside(process: str, way: str) -> ResponseReturnValue:
    """Offer a code for later; the phone's last digits are asked for unless they are in the draft."""
    entry = entries.get_entry(process, way)
    draft = find_draft(entry)
    if draft is None:
        return redirect(url_for(".guide", process=process, way=way), 303)
    return _save_page(entry, draft, {}, {})


# The code is shown by the answer itself: only its digest is kept, so no later page could show it.
@views.post("/apply/<process>/<way>/save")
@public
def give_code(process: str, way: str) -> ResponseReturnValue:
    """Give out the code, once."""
    entry = entries.get_entry(process, way)
    draft = find_draft(entry, for_update=True)
    if draft is None:
        return redirect(url_for(".guide", process=process, way=way), 303)
    sent = request.form.to_dict()
    try:
        tail = drafts.phone_tail(draft, entry) or forms.read(forms.TailSchema(), sent)["tail"]
    except InvalidInputError as error:
        return _save_page(entry, draft, sent, error.fields), error.status
    code = drafts.set_aside(draft, tail)
    return render_template("portal/saved.html", entry=entry, code=code, tail=tail, page_url=page_url(entry, draft.page))


@views.get("/resume")
@public
def resume() -> ResponseReturnValue:
    """Ask for the code of a draft."""
    return _resume_page({}, {})


@views.post("/resume")
@public
def reopen() -> ResponseReturnValue:
    """Open the draft of a code in this browser."""
    sent = request.form.to_dict()
    try:
        given = forms.read(forms.ResumeSchema(), sent)
        draft = drafts.resume(given["code"], given["tail"], by=g.actor)
    except InvalidInputError as error:
        return _resume_page(sent, error.fields), error.status
    entry = entries.get_entry(draft.process_key, draft.way)
    memory.keep_draft(entry.key, draft.id)
    flash("已经打开您保存的申请，请接着填写。", "success")
    return redirect(page_url(entry, draft.page), 303)


@views.post("/forget")
@public
def forget() -> ResponseReturnValue:
    """Take everything this browser may see away from it, as on a computer that others use."""
    forget_browser()
    return redirect(url_for(".home"), 303)


def _save_page(entry: Entry, draft: Draft, sent: dict[str, str], errors: dict[str, str]) -> str:
    known = drafts.phone_tail(draft, entry)
    return render_template(
        "portal/save.html",
        entry=entry,
        tail=known,
        fields=[] if known else [forms.tail_field(sent, errors)],
        errors=list(errors.items()),
        page_url=page_url(entry, draft.page),
    )


def _resume_page(sent: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("portal/resume.html", fields=forms.resume_fields(sent, errors), errors=list(errors.items()))

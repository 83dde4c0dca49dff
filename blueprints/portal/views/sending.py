"""The last look at an application, sending it, and what is handed out then."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import entries, memory, progress, services
from blueprints.portal import filling as fill
from blueprints.portal.blueprint import views
from blueprints.portal.entries import Entry
from blueprints.portal.filling import Filling
from blueprints.portal.views.apply import filling_of, find_draft, page_url
from saas.cases import queries as cases
from saas.cases.models import Draft
from saas.errors import InvalidInputError, RefusedError
from saas.fields import display
from saas.identity.permissions import public
from saas.web import qr


@views.get("/apply/<process>/<way>/check")
@public
def check(process: str, way: str) -> ResponseReturnValue:
    """Show every answer with a way to change it; a gap is filled first."""
    entry = entries.get_entry(process, way)
    draft = find_draft(entry)
    if draft is None:
        return _without_draft(entry)
    gap = fill.first_gap(entry.form, filling_of(draft))
    return redirect(page_url(entry, gap), 303) if gap else _check_page(entry, draft, [])


@views.post("/apply/<process>/<way>/check")
@public
def submit(process: str, way: str) -> ResponseReturnValue:
    """Make the case; once, however often it is sent."""
    entry = entries.get_entry(process, way)
    draft = find_draft(entry, for_update=True)
    if draft is None:
        return _without_draft(entry)
    if gap := fill.first_gap(entry.form, filling_of(draft)):
        return redirect(page_url(entry, gap), 303)
    try:
        case = services.submit(draft, entry, by=g.actor)
    except InvalidInputError as error:
        return _check_page(entry, draft, list(error.fields.values())), error.status
    except RefusedError as error:
        return _check_page(entry, draft, [reason.sentence for reason in error.reasons]), error.status
    memory.keep_sent(entry.key, case)
    return redirect(url_for(".done", number=case.number), 303)


@views.get("/apply/done/<number>")
@public
def done(number: str) -> ResponseReturnValue:
    """Show the number and what comes next, to who sent the application only."""
    case = cases.get_case_by_id(memory.get_case(number, proven=True).id)
    state = progress.definition_of(case).states[case.state]
    return render_template("portal/done.html", case=case, state=state, expected=progress.expected(case))


@views.get("/apply/done/<number>/code.svg")
@public
def progress_code(number: str) -> ResponseReturnValue:
    """A code that opens the progress page; it holds no more than that page's address."""
    memory.get_case(number)
    return Response(qr.svg(url_for(".progress", _external=True)), mimetype="image/svg+xml")


def _without_draft(entry: Entry) -> ResponseReturnValue:
    """A draft that was sent has become a case; one that never was begins with the guide."""
    if number := memory.sent_number(entry.key):
        return redirect(url_for(".done", number=number), 303)
    flash("还没有填写申请，请从这里开始。", "info")
    return redirect(url_for(".guide", process=entry.process, way=entry.way), 303)


def _check_page(entry: Entry, draft: Draft, errors: list[str]) -> str:
    filling = filling_of(draft)
    last = fill.pages(entry.form, filling)[-1].id
    return render_template(
        "portal/check.html",
        entry=entry,
        groups=_groups(entry, filling),
        errors=[(None, sentence) for sentence in errors],
        back_url=page_url(entry, last),
    )


def _groups(entry: Entry, filling: Filling) -> list[dict[str, object]]:
    """The answers page by page, files by their names."""
    values = fill.answered(entry.form, filling)
    shown = display.answers(entry.form, values, entries.context_of(entry), masked=False)
    return [
        {
            "title": page.title,
            "rows": [
                {
                    "label": answer.label,
                    "value": "、".join(kept.name for kept in filling.kept(answer.field_id)) or answer.text,
                    "change_url": f"{page_url(entry, page.id, returning=True)}#{answer.field_id}",
                }
                for answer in shown
                if answer.page_id == page.id
            ],
        }
        for page in fill.pages(entry.form, filling)
    ]

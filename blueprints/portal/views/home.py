"""The first page and the guides; nothing here asks who is looking."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import entries, memory
from blueprints.portal.blueprint import views
from saas.identity.permissions import public
from saas.inspections import queries as inspections
from saas.registers.catalogue import all_registers


@views.get("/")
@public
def home() -> ResponseReturnValue:
    """Show what can be done here."""
    return render_template(
        "portal/home.html",
        guides=entries.list_guides(),
        has_drafts=bool(memory.draft_keys()),
        has_inspections=bool(inspections.count_published()),
        has_registers=any(one.register.public for one in all_registers()),
    )


@views.get("/guide/<process>/<way>")
@public
def guide(process: str, way: str) -> ResponseReturnValue:
    """Show whether one can apply, what to bring, how long it takes and whom to ask."""
    entry = entries.get_entry(process, way)
    return render_template("portal/guide.html", entry=entry, has_draft=memory.draft_id(entry.key) is not None)


@views.get("/continue")
@public
def go_on() -> ResponseReturnValue:
    """Lead on to the draft begun last in this browser, else ask for its code."""
    keys = memory.draft_keys()
    if not keys:
        return redirect(url_for(".resume"), 303)
    process, way = keys[-1].split("/")
    return redirect(url_for(".start", process=process, way=way), 303)

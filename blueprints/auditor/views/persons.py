"""Who saw a person: asked by the person's number, which goes into no address and no record."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.auditor import asking, events
from blueprints.auditor.blueprint import views
from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.oversight import seeing


@views.get("/persons")
@requires(KernelPermission.AUDIT_READ)
def ask_person() -> ResponseReturnValue:
    """Ask for the person and the days."""
    return _page(asking.Asked(), {}, None)


@views.post("/persons")
@requires(KernelPermission.AUDIT_READ)
def show_person() -> ResponseReturnValue:
    """Show who saw the person, newest first."""
    asked = asking.Asked.of(request.form)
    try:
        found = seeing.who_saw(
            asked.question(), by=g.actor, scopes=g.actor.scopes(KernelPermission.AUDIT_READ), limit=asking.MOST
        )
    except InvalidInputError as error:
        return _page(asked, error.fields, None), error.status
    return _page(asked, {}, found)


def _page(asked: asking.Asked, errors: dict[str, str], found: seeing.Seen | None) -> str:
    return render_template(
        "auditor/persons.html",
        fields=asked.fields(errors),
        errors=list(errors.items()),
        found=found,
        columns=events.COLUMNS,
        rows=events.rows(found.events) if found else [],
        most=asking.MOST,
    )

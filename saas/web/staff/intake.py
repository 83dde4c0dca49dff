"""Taking in a matter at the window: the staff's form of each way a process can be opened."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from saas.cases import services
from saas.cases.context import field_context
from saas.domain import form_for, get_domain
from saas.errors import InvalidInputError, NotFoundError, RefusedError
from saas.fields.definition import FormDefinition
from saas.fields.schema import load
from saas.fields.views import sections
from saas.files import services as files
from saas.identity.permissions import KernelPermission, requires
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from saas.web.sizes import takes_files
from saas.web.staff import cases as case_views
from saas.web.staff.board import staff
from saas.workflow.process import Definition, Way
from saas.workflow.queries import current_definitions, current_version, get_definition

FILES_SUFFIX = "_files"


@staff.get("/open")
@requires(KernelPermission.CASE_OPEN)
def choose_way() -> ResponseReturnValue:
    """Show the ways in that the signed-in person may use."""
    roles = {granted.role for granted in g.actor.grants}
    groups = [
        {
            "title": definition.title,
            "ways": [
                {
                    "title": way.title,
                    "law": way.law,
                    "url": url_for("staff.open_form", process=definition.key, way=way.id),
                }
                for way in definition.opens
                if roles & set(way.by)
            ],
        }
        for definition in current_definitions()
    ]
    return render_template("staff/choose_way.html", groups=[group for group in groups if group["ways"]])


@staff.get("/open/<process>/<way>")
@requires(KernelPermission.CASE_OPEN)
def open_form(process: str, way: str) -> ResponseReturnValue:
    """Show the form of a way in."""
    definition, entry = find_way(process, way)
    return render_template("staff/open_case.html", **form_values(definition, entry, {}, {}))


@staff.post("/open/<process>/<way>")
@requires(KernelPermission.CASE_OPEN)
@takes_files
def open_case(process: str, way: str) -> ResponseReturnValue:
    """Open a case and show it; what is refused is shown again with every reason."""
    definition, entry = find_way(process, way)
    form = form_for(definition, entry.form)
    try:
        values = load(form, request.form.to_dict(flat=False), field_context(definition.domain, form, roles=own_roles()))
        case = services.open_case(process, way, values, by=g.actor, unit=own_body(definition))
        evidence = {kind.code: kind.evidence for kind in get_domain(definition.domain).file_categories}
        for category, upload in uploads(form):
            original = evidence.get(category, False)
            files.add(case, category, upload.filename or "", upload.read(), by=g.actor, evidence=original)
    except (InvalidInputError, RefusedError) as error:
        page = form_values(
            definition, entry, case_views.typed(request.form.to_dict(flat=False)), case_views.field_errors(error)
        )
        page["errors"] = case_views.listed_errors(error)
        return render_template("staff/open_case.html", **page), error.status
    return redirect(url_for("staff.show_case", number=case.number), 303)


def find_way(process: str, way: str) -> tuple[Definition, Way]:
    """A way in of a process's current version.

    Raises:
        NotFoundError: the city has no such process or way.
    """
    definition = get_definition(current_version(process).id)
    entry = definition.find_way(way)
    if entry is None:
        raise NotFoundError
    return definition, entry


def own_body(definition: Definition) -> Unit | None:
    """The clerk's own body where it takes such cases; None sends the case to the nearest one."""
    kinds = get_domain(definition.domain).body_types
    for granted in g.actor.grants:
        if granted.unit_id and KernelPermission.CASE_OPEN in granted.permissions:
            unit = organisation.get_unit(granted.unit_id)
            if unit.body_type in kinds:
                return unit
    return None


def form_values(definition: Definition, way: Way, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    """What the form of a way in draws."""
    form = form_for(definition, way.form)
    return {
        "process": definition,
        "way": way,
        "sections": sections(form, values, errors, field_context(definition.domain, form, roles=own_roles())),
        "errors": list(errors.items()),
        "has_files": any(field.type == "file" for field in form.fields),
    }


def own_roles() -> frozenset[str]:
    """The roles of the clerk, wherever they are held: a case that is not there yet lies nowhere."""
    return frozenset(granted.role for granted in g.actor.grants)


def uploads(form: FormDefinition) -> list[tuple[str, FileStorage]]:
    """The files sent with a form: category by the field's id, ``evidence_files`` → ``evidence``."""
    return [
        (field.id.removesuffix(FILES_SUFFIX), upload)
        for field in form.fields
        if field.type == "file"
        for upload in request.files.getlist(field.id)
        if upload.filename
    ]

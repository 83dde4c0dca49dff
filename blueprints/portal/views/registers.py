"""The registers that everybody may read: institutions, licensed people and places that are active."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal.blueprint import views
from blueprints.portal.entries import CITIZEN
from saas.cases.context import field_context
from saas.errors import NotFoundError
from saas.fields import display
from saas.fields.context import FieldContext
from saas.fields.definition import FieldDefinition
from saas.fields.views import FieldView
from saas.identity.permissions import public
from saas.registers import catalogue, queries
from saas.registers.catalogue import Declared
from saas.registers.models import RegisterEntry
from saas.registers.queries import Wanted
from saas.web.paging import wanted as wanted_page

TEXT_LENGTH = 60
NOT_PUBLIC = "没有这个名录，或者它不对外公开。可以返回首页，或者拨打 12348 咨询。"


@views.get("/registers")
@public
def list_registers() -> ResponseReturnValue:
    """Show which registers there are."""
    found = [one.register for one in catalogue.all_registers() if one.register.public]
    items = [
        {"title": one.title, "icon": "journal-text", "url": url_for(".show_register", key=one.key)} for one in found
    ]
    return render_template("portal/registers.html", items=items)


@views.get("/registers/<key>")
@public
def show_register(key: str) -> ResponseReturnValue:
    """Show the public answers of a register's active entries."""
    declared = _public(key)
    fields = _fields(declared)
    context = field_context(declared.line.name, roles=CITIZEN)
    wanted, page = _from_address(declared), wanted_page()
    query = queries.public_entries(declared.register, wanted)
    found = queries.list_entries(query, offset=page.offset, limit=page.limit)
    context = replace(context, entry_names=_names(fields, found))
    return render_template(
        "portal/register.html",
        register=declared.register,
        fields=_filter(declared, wanted, context),
        applied=sum(bool(value) for value in vars(wanted).values()),
        columns=[{"key": field.id, "label": field.label} for field in fields],
        rows=[_row(entry, fields, context) for entry in found],
        page=page.of(queries.count(query)),
    )


def _public(key: str) -> Declared:
    """A register that everybody may read.

    Raises:
        NotFoundError: there is none of that key, or it is kept to the staff.
    """
    declared = next((one for one in catalogue.all_registers() if one.register.key == key), None)
    if declared is None or not declared.register.public:
        raise NotFoundError(NOT_PUBLIC)
    return declared


def _fields(declared: Declared) -> list[FieldDefinition]:
    """The questions whose answers are public, in the order in which they are declared."""
    asked = {field.id: field for field in declared.form.fields}
    return [asked[id_] for id_ in declared.register.public]


def _from_address(declared: Declared) -> Wanted:
    """Words of the name, and the kind where it is public."""
    kind = request.args.get("kind", "") if declared.register.kind_field in declared.register.public else ""
    return Wanted(text=request.args.get("q", "").strip()[:TEXT_LENGTH], kind=kind[:TEXT_LENGTH])


def _filter(declared: Declared, wanted: Wanted, context: FieldContext) -> list[FieldView]:
    """Search by name, and by kind where the kind is public."""
    register = declared.register
    found = [FieldView("filter-q", "q", "名称", "text", wanted.text, maxlength=TEXT_LENGTH)]
    kind = next((one for one in _fields(declared) if one.id == register.kind_field), None)
    if kind:
        options = [("", "全部"), *context.options(kind)]
        found.append(
            FieldView("filter-kind", "kind", kind.label, "choice", wanted.kind, options=options, required=True)
        )
    return found


def _row(entry: RegisterEntry, fields: Sequence[FieldDefinition], context: FieldContext) -> dict[str, Any]:
    """An entry's public answers in words; what nobody answered is a dash."""
    values = entry.values
    return {
        field.id: display.words(field, values[field.id], context) if field.id in values else "—" for field in fields
    }


def _names(fields: Sequence[FieldDefinition], found: Sequence[RegisterEntry]) -> Any:  # noqa: ANN401 - a lookup
    """The names of the entries that these refer to, read at once."""
    ids = {
        UUID(entry.values[field.id])
        for field in fields
        if field.type == "entry"
        for entry in found
        if field.id in entry.values
    }
    names = {str(id_): name for id_, name in queries.names_of(sorted(ids)).items()} if ids else {}
    return names.get

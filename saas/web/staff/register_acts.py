"""What is done to the entries of registers: added, changed, given another status, records written on them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError
from saas.fields.definition import FieldDefinition, FormDefinition
from saas.fields.schema import load
from saas.fields.views import FieldView, sections
from saas.identity.permissions import signed_in
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from saas.registers import access, queries, services
from saas.registers.actions import RegisterAudit
from saas.registers.catalogue import Declared
from saas.registers.models import RegisterEntry
from saas.web import transactions
from saas.web.blueprint import city_only
from saas.web.staff import register_pages, register_values
from saas.web.staff.board import staff

NEVER = -1  # a form that does not say which revision it was drawn from was drawn from none
UNIT = "_unit"
DAY = FieldDefinition("happened_on", "发生日期", "date", required=True, maximum="today")
Refused = InvalidInputError | ConflictError


@staff.get("/registers/<key>/new")
@signed_in
@city_only
def ask_entry(key: str) -> ResponseReturnValue:
    """Show the form of a new entry."""
    declared = writable(key)
    return render_template("staff/change_entry.html", **new_values(declared, {}, {}))


@staff.post("/registers/<key>/new")
@signed_in
@city_only
def add_entry(key: str) -> ResponseReturnValue:
    """Add an entry and show it."""
    declared = writable(key)
    try:
        unit = own_unit(declared)
        values = read(declared, declared.form, unit.path)
        entry = services.add(declared.register, values, unit, by=g.actor)
    except InvalidInputError as error:
        transactions.undo()
        page = new_values(declared, typed(), error.fields)
        return render_template("staff/change_entry.html", **page | told(error)), error.status
    flash(f"已登记“{entry.name}”。", "success")
    return redirect(register_values.entry_url(entry), 303)


@staff.get("/registers/<key>/<uuid:entry_id>/change")
@signed_in
@city_only
def ask_change(key: str, entry_id: UUID) -> ResponseReturnValue:
    """Show what an entry holds, to be changed; what lies sealed is shown in full, and that is recorded."""
    declared, entry = own_entry(key, entry_id)
    audit.record(RegisterAudit.READ, entry, by=g.actor, detail={"register": key, "whole": True})
    return render_template("staff/change_entry.html", **change_values(entry, declared, entry.answers, {}))


@staff.post("/registers/<key>/<uuid:entry_id>/change")
@signed_in
@city_only
def change_entry(key: str, entry_id: UUID) -> ResponseReturnValue:
    """Change an entry and show it."""
    declared, entry = own_entry(key, entry_id, for_update=True)
    try:
        values = read(declared, declared.form, entry.unit_path, now=entry)
        services.change(entry, values, by=g.actor, revision=drawn_from())
    except (InvalidInputError, ConflictError) as error:
        transactions.undo()
        declared, entry = own_entry(key, entry_id)
        page = change_values(entry, declared, typed(), getattr(error, "fields", {}))
        return render_template("staff/change_entry.html", **page | told(error)), error.status
    flash("修改已保存。", "success")
    return redirect(register_values.entry_url(entry), 303)


@staff.post("/registers/<key>/<uuid:entry_id>/status")
@signed_in
@city_only
def set_entry_status(key: str, entry_id: UUID) -> ResponseReturnValue:
    """Give an entry another status for a reason."""
    declared, entry = own_entry(key, entry_id, for_update=True)
    form = request.form
    try:
        services.set_status(
            entry, form.get("status", ""), form.get("reason", "")[:200], by=g.actor, revision=drawn_from()
        )
    except (InvalidInputError, ConflictError) as error:
        transactions.undo()
        declared, entry = own_entry(key, entry_id)
        fields = register_pages.status_fields(entry, declared, getattr(error, "fields", {}))
        page = register_pages.entry_values(entry, declared) | told(error) | {"status_fields": fields}
        return render_template("staff/show_entry.html", **page), error.status
    flash("状态已变更。", "success")
    return redirect(register_values.entry_url(entry), 303)


@staff.get("/registers/<key>/<uuid:entry_id>/records/<kind>")
@signed_in
@city_only
def ask_record(key: str, entry_id: UUID, kind: str) -> ResponseReturnValue:
    """Show the form of a dated record."""
    declared, entry = own_entry(key, entry_id)
    return render_template("staff/change_entry.html", **record_values(entry, declared, kind, {}, {}))


@staff.post("/registers/<key>/<uuid:entry_id>/records/<kind>")
@signed_in
@city_only
def add_entry_record(key: str, entry_id: UUID, kind: str) -> ResponseReturnValue:
    """Write a dated record on an entry."""
    declared, entry = own_entry(key, entry_id, for_update=True)
    form = dated(declared.record_form(kind))
    try:
        values = read(declared, form, entry.unit_path)
        day = values.pop(DAY.id)
        services.add_record(entry, kind, values, date.fromisoformat(day), by=g.actor)
    except InvalidInputError as error:
        transactions.undo()
        declared, entry = own_entry(key, entry_id)
        page = record_values(entry, declared, kind, typed(), error.fields)
        return render_template("staff/change_entry.html", **page | told(error)), error.status
    flash(f"已记入：{kind}。", "success")
    return redirect(register_values.entry_url(entry), 303)


def writable(key: str) -> Declared:
    """A register that the actor keeps somewhere.

    Raises:
        NotFoundError: there is none, or the actor may not know of it.
        PermissionDeniedError: the actor may only read it.
    """
    declared = register_pages.readable(key)
    if not g.actor.may(declared.register.write):
        raise PermissionDeniedError(access.NOT_YOURS)
    return declared


def own_entry(key: str, entry_id: UUID, *, for_update: bool = False) -> tuple[Declared, RegisterEntry]:
    """An entry that the actor keeps, with its register.

    Raises:
        NotFoundError: there is none where the actor may look.
        PermissionDeniedError: the actor may only read it.
    """
    declared = register_pages.readable(key)
    entry = queries.get_entry(entry_id, declared.register, g.actor, for_update=for_update)
    access.check_write(g.actor, declared.register, entry.unit_path)
    return declared, entry


def read(declared: Declared, form: FormDefinition, unit_path: str, now: RegisterEntry | None = None) -> dict[str, Any]:
    """The checked values of a form; an entry that was chosen before may stay, whatever became of it.

    Raises:
        InvalidInputError: fields are wrong, each with its sentence.
    """
    context = register_values.context_of(declared, form, unit_path, choices=True)
    return load(form, request.form.to_dict(flat=False), register_values.keeping(context, form, now))


def own_units(declared: Declared) -> list[Unit]:
    """The bodies at which the actor keeps the register."""
    scopes = g.actor.scopes(declared.register.write)
    return [unit for scope in scopes for unit in organisation.list_bodies(scope)]


def own_unit(declared: Declared) -> Unit:
    """The body that was chosen to keep a new entry.

    Raises:
        InvalidInputError: none of the actor's was.
    """
    chosen = next((unit for unit in own_units(declared) if str(unit.id) == request.form.get(UNIT)), None)
    if chosen is None:
        raise InvalidInputError({UNIT: "请选择所属单位"})
    return chosen


def unit_field(declared: Declared, errors: Mapping[str, str]) -> FieldView:
    """Which body keeps a new entry; the actor's own at first."""
    units = own_units(declared)
    held = next((granted.unit_id for granted in g.actor.grants if declared.register.write in granted.permissions), None)
    value = request.form.get(UNIT) or str(held or "")
    options = [(str(unit.id), unit.name) for unit in units]
    return FieldView(UNIT, UNIT, "所属单位", "choice", value, error=errors.get(UNIT), required=True, options=options)


def new_values(declared: Declared, values: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    """What the form of a new entry draws."""
    context = register_values.context_of(declared, declared.form, g.actor.unit_path or "", choices=True)
    return {
        "heading": f"登记：{declared.register.title}",
        "register": declared.register,
        "intro": declared.form.intro,
        "action": url_for("staff.add_entry", key=declared.register.key),
        "back": (url_for("staff.list_entries", key=declared.register.key), declared.register.title),
        "unit": unit_field(declared, errors),
        "sections": sections(declared.form, values, errors, context),
        "revision": None,
        "label": "登记",
        **quiet(errors),
    }


def change_values(
    entry: RegisterEntry, declared: Declared, values: Mapping[str, Any], errors: Mapping[str, str]
) -> dict[str, Any]:
    """What the form of an entry's answers draws."""
    context = register_values.context_of(declared, declared.form, entry.unit_path, choices=True)
    context = register_values.keeping(context, declared.form, entry)
    return {
        "heading": f"修改：{entry.name}",
        "register": declared.register,
        "intro": declared.form.intro,
        "action": url_for("staff.change_entry", key=entry.register, entry_id=entry.id),
        "back": (register_values.entry_url(entry), entry.name),
        "unit": None,
        "sections": sections(declared.form, values, errors, context),
        "revision": entry.revision,
        "label": "保存",
        **quiet(errors),
    }


def record_values(
    entry: RegisterEntry, declared: Declared, kind: str, values: Mapping[str, Any], errors: Mapping[str, str]
) -> dict[str, Any]:
    """What the form of a dated record draws."""
    form = dated(declared.record_form(kind))
    context = register_values.context_of(declared, form, entry.unit_path, choices=True)
    return {
        "heading": f"{kind}：{entry.name}",
        "register": declared.register,
        "intro": form.intro,
        "action": url_for("staff.add_entry_record", key=entry.register, entry_id=entry.id, kind=kind),
        "back": (register_values.entry_url(entry), entry.name),
        "unit": None,
        "sections": sections(form, values, errors, context),
        "revision": None,
        "label": "记入",
        **quiet(errors),
    }


def dated(form: FormDefinition) -> FormDefinition:
    """A record's form with the day it happened asked first."""
    first = replace(form.pages[0], fields=(DAY, *form.pages[0].fields))
    return replace(form, pages=(first, *form.pages[1:]))


def quiet(errors: Mapping[str, str]) -> dict[str, Any]:
    """What a page says above its form when nothing was refused but fields."""
    return {"errors": list(errors.items()), "message": None}


def told(error: Refused) -> dict[str, Any]:
    """What a page says above its form of a refusal."""
    if isinstance(error, ConflictError):
        return {"errors": [], "message": error.message}
    return {"errors": list(error.fields.items()), "message": None}


def typed() -> dict[str, list[str]]:
    """What was sent, without the hidden fields."""
    return {name: values for name, values in request.form.to_dict(flat=False).items() if not name.startswith("_")}


def drawn_from() -> int:
    """The revision of the entry that the form was drawn from."""
    return request.form.get("_revision", NEVER, type=int)

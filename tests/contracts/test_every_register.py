"""Every declared register holds together: forms, fields, permissions, and nothing personal in public."""

import pytest

import blueprints
from saas.domain import Domain
from saas.fields.definition import FieldDefinition
from saas.registers.catalogue import Declared, is_secret

LINES = blueprints.discover()
REGISTERS = [Declared(line, register) for line in LINES for register in line.registers]
each_register = pytest.mark.parametrize("declared", REGISTERS, ids=lambda one: one.register.key)
RESERVED = {"happened_on", "status", "reason"}


def fields(declared: Declared) -> dict[str, FieldDefinition]:
    """The questions of a register's form, by id."""
    return {field.id: field for field in declared.form.fields}


@each_register
def test_a_register_belongs_to_its_line_and_is_there_once(declared: Declared) -> None:
    key = declared.register.key

    assert key.startswith(f"{declared.line.name}.")
    assert [one.register.key for one in REGISTERS].count(key) == 1
    assert declared.register.statuses
    assert declared.register.law


@each_register
def test_what_a_register_names_is_a_question_of_its_form(declared: Declared) -> None:
    register, asked = declared.register, fields(declared)
    named = [register.name_field, register.kind_field, register.expires_field, register.key_field, *register.public]

    assert [one for one in named if one and one not in asked] == []
    assert asked[register.name_field].required
    assert register.kind_field is None or asked[register.kind_field].type in {"choice", "radio"}
    assert register.expires_field is None or asked[register.expires_field].type == "date"


@each_register
def test_what_is_shown_searched_or_counted_is_not_sealed(declared: Declared) -> None:
    register, asked = declared.register, fields(declared)
    open_ = {register.name_field, register.kind_field, register.expires_field, register.key_field, *register.public}

    assert [id_ for id_ in open_ if id_ and is_secret(asked[id_])] == []


@each_register
def test_a_registers_permissions_are_declared_and_somebody_holds_them(declared: Declared) -> None:
    line, register = declared.line, declared.register
    held = {permission for role in line.roles for permission in role.permissions}

    assert {register.read, register.write} <= {str(one) for one in line.permissions}
    assert {register.read, register.write} <= {str(one) for one in held}
    assert {register.read, register.write} <= {str(one) for one in line.permission_titles}


@each_register
def test_the_forms_of_a_register_and_of_its_records_take_no_files(declared: Declared) -> None:
    forms = [declared.form, *(declared.record_form(kind) for kind in declared.register.record_forms)]

    assert [field.id for form in forms for field in form.fields if field.type == "file"] == []
    assert [field.id for form in forms[1:] for field in form.fields if field.id in RESERVED] == []
    assert [form.key for form in forms if len({field.label for field in form.fields}) < len(form.fields)] == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_a_question_for_an_entry_and_a_figure_over_entries_name_a_register(line: Domain) -> None:
    known = {one.register.key: one.register for one in REGISTERS}
    asked = [field.register for form in line.fields.values() for field in form.fields if field.register]
    counted = [one for one in line.indicators if one.measure == "entries"]

    assert [key for key in asked if key not in known] == []
    assert [one.code for one in counted if one.process not in known] == []
    assert [one.code for one in counted if set(one.states) - set(dict(known[one.process].statuses))] == []

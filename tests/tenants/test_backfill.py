"""A city from before personal data was sealed is brought forward: nothing is lost, nothing stays open."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, text

from saas.crypto import blind, rings, sealing
from saas.db.ids import new_id
from saas.db.session import TenantRef
from tenants import connections, migrator
from tenants.histories import TENANT
from tenants.statements import run

BEFORE = "202611220500"
ORIGIN, CASE, PARTY, STEP, UNIT, PROCESS = (new_id() for _ in range(6))
CITY = TenantRef(ORIGIN, "old", "旧城", "4603", migrator.SCRATCH, "active", demo=False, origin_id=ORIGIN)
ENTERED = {"applicant_name": "王某", "applicant_phone": "13900007788", "amount": 120000}
ROWS = """
INSERT INTO unit (id, code, name, kind, path, scope, active) VALUES (:unit, 'u', '机构', 'body', 'u/', 'u/', true);
INSERT INTO process_version (id, key, version, status, body, digest, valid_from)
    VALUES (:process, 'p', 1, 'published', '{}', 'd', '2026-01-01');
INSERT INTO case_file (id, number, process_id, process_key, domain, state, flags, title, unit_id, unit_path, area_name,
    party_text, data, revision, query_code, opened_at)
    VALUES (:case, '1', :process, 'p', 'd', 's', '{}', '王某', :unit, 'u/', '区', '王某', CAST(:entered AS jsonb), 1,
    'C', now());
INSERT INTO party (id, case_id, seq, side, kind, name, id_number, birth, phone)
    VALUES (:party, :case, 1, 'applicant', 'natural', '王某', '990101199001011234', '1990-01-01', '13900007788');
INSERT INTO step_taken (id, case_id, seq, action, title, to_state, actor_name, actor_role, input, happened_at)
    VALUES (:step, :case, 1, 'a', 't', 's', 'n', 'r', CAST(:entered AS jsonb), now())
"""
VALUES = {
    "unit": UNIT,
    "process": PROCESS,
    "case": CASE,
    "party": PARTY,
    "step": STEP,
    "entered": json.dumps(ENTERED, ensure_ascii=False),
}


@pytest.fixture
def old(app: Flask) -> Iterator[Connection]:
    """The administrator's connection in a schema of before, with a case in it; undone at the end."""
    with app.app_context(), connections.admin_engine().connect() as made, made.begin() as undone:
        run(made, "CREATE SCHEMA {schema}", schema=sql.Identifier(migrator.SCRATCH))
        made.execute(text(f"CREATE ROLE {migrator.SCRATCH}"))
        TENANT.upgrade(made, migrator.SCRATCH, BEFORE)
        for statement in ROWS.split(";\n"):
            made.execute(text(statement), VALUES)
        yield made
        undone.rollback()


def test_what_lay_open_is_sealed_and_can_be_read_and_found(old: Connection) -> None:
    migrator.bring_forward(old, CITY)

    ring = rings.read(old, ORIGIN)
    party = old.execute(text("SELECT * FROM party")).mappings().one()
    assert sealing.unseal_under(ring, "party.id_number", PARTY, party["id_number_sealed"]) == b"990101199001011234"
    assert sealing.unseal_under(ring, "party.birth", PARTY, party["birth_sealed"]) == b"1990-01-01"
    assert (party["id_number_mask"], party["address_sealed"]) == ("9901**********1234", None)
    assert party["phone_index"] == blind.index_under(ring, "party.phone", "13900007788")
    for column, row, table in (("step_taken.input", STEP, "step_taken"), ("case_file.data", CASE, "case_file")):
        blob = old.execute(text(f"SELECT * FROM {table}")).mappings().one()[f"{column.split('.')[1]}_sealed"]  # noqa: S608
        assert json.loads(sealing.unseal_under(ring, column, row, blob)) == ENTERED
    assert old.scalar(text("SELECT figures FROM case_file")) == {"amount": 120000}


def test_the_open_columns_are_gone(old: Connection) -> None:
    migrator.bring_forward(old, CITY)

    known = text(
        "SELECT count(*) FROM information_schema.columns"
        " WHERE table_schema = :s AND table_name || '.' || column_name = ANY(:names)"
    )
    names = ["step_taken.input", "party.id_number", "document.values", "party.birth"]
    assert old.scalar(known, {"s": migrator.SCRATCH, "names": names}) == 0
    assert old.scalar(text("SELECT version_num FROM alembic_version")) == TENANT.head

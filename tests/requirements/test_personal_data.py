"""Personal data: sealed in tables and files, masked on pages, found without being read, and all of it accounted for."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from saas import inventory
from saas.cases.models import Case, Party, Step
from saas.crypto import blind, rings, sealing
from saas.crypto.rings import Key, Ring
from saas.crypto.suites import NONCE, SUITES, SealBrokenError
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.files import store
from saas.files.services import add
from saas.text import parse_id_number
from tenants import connections, context, keys, provisioning, starter
from tenants.data import tables
from tenants.data.tables import Content
from tests.conftest import InTenant, SignIn
from tests.mediation import factory
from tests.saas.files.samples import png

NUMBER = re.compile(rb"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx](?![0-9])")
PHONE = re.compile(rb"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")
TEXTS = {".py", ".yaml", ".yml", ".json", ".md", ".html", ".js", ".sql", ".txt"}
FOLDERS = ("saas", "tenants", "blueprints", "tests", "templates", "migrations")
EXAMPLE = b"11010519491231002X"  # printed in GB 11643 itself, and nobody's
FAR = date(2100, 1, 1)
ENTERED = {"applicant_phone": "13900007788", "respondent_phone": "13700001122"}


@pytest.fixture(scope="module")
def loaded(app: Flask) -> TenantRef:
    """A city with disputes, documents and attachments of its own."""
    with app.app_context():
        made = provisioning.create(provisioning.NewCity("mima", "密市", starter.load("beijing"), demo=True))
    with context.transaction(app, made):
        for _ in range(3):
            factory.agreed()
        case = factory.open_application(**ENTERED)
        add(case, "identity", "身份证.png", png(), by=factory.actor("sunli"))
    return made


@pytest.fixture
def mediating(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a dispute that is being mediated."""
    with in_tenant(beijing):
        return factory.mediating().number


def lying_in_the_tables(app: Flask, city: TenantRef) -> dict[str, bytes]:
    """Every table as COPY writes it in text, ciphertext as the bytes that it is."""
    with app.app_context(), connections.admin_engine(city.server).connect() as connection:
        found = tables.list_tables(connection, city.schema)
        return {one.name: b"".join(tables.read(connection, city.schema, one, Content())) for one in found}


def test_a_dump_of_a_loaded_city_holds_no_plain_id_number_or_phone(app: Flask, loaded: TenantRef) -> None:
    with context.entered(app, loaded):
        parties = db.session.scalars(select(Party)).all()
        secrets = {str(value).encode() for one in parties for value in (one.id_number, one.phone) if value}
    dump = lying_in_the_tables(app, loaded)
    with app.app_context():
        files = [store.open_path(key).read_bytes() for key in store.list_keys(loaded.id)]

    assert len(secrets) >= 4
    assert len(dump["party"]) > 1000
    assert files
    for place, data in (*dump.items(), *((f"file {n}", data) for n, data in enumerate(files))):
        assert not [secret for secret in secrets if secret in data], place
    assert {name: NUMBER.findall(data) for name, data in dump.items() if NUMBER.search(data)} == {}


def test_r63_a_flipped_byte_on_disk_is_refused_in_words_and_recorded(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        file = add(case, "identity", "身份证.png", png((23, 29)), by=factory.actor("sunli"))
        key, path = file.storage_key, store.open_path(file.storage_key)
        address = f"/staff/cases/{case.number}/files/{file.id}"
    blob = bytearray(path.read_bytes())
    assert b"PNG" not in blob
    browser = as_user("sunli")
    assert browser.get(address).data.startswith(b"\x89PNG")
    blob[len(blob) // 2] ^= 1
    path.write_bytes(blob)

    answer = browser.get(address)

    assert answer.status_code == 503
    assert "请联系管理员从备份恢复" in answer.text
    with in_tenant(beijing):
        told = text("SELECT count(*) FROM audit_event WHERE action = 'file.damaged' AND subject_id = :key")
        assert db.session.scalar(told, {"key": key}) == 1


@pytest.mark.parametrize("cipher", sorted(SUITES))
def test_r65_either_suite_carries_a_case_from_application_to_agreement(
    app: Flask, monkeypatch: pytest.MonkeyPatch, cipher: str
) -> None:
    config = app.extensions["fengqiao.config"]
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, cipher=cipher))
    with app.app_context():
        city = provisioning.create(provisioning.NewCity(f"s{cipher}", "算市", starter.load("beijing"), demo=True))
    with context.transaction(app, city):
        number = factory.agreed().number
    with context.entered(app, city):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert case.parties[0].id_number
        assert case.steps[0].input
        blobs = db.session.scalars(select(Step.input_sealed).where(Step.input_sealed.is_not(None)))
        assert {blob[1] for blob in blobs if blob} == {SUITES[cipher].number}


def test_r66_nonces_do_not_repeat_and_a_ciphertext_opens_in_its_place_only() -> None:
    ring = Ring(new_id(), {0: Key(SUITES["aes"], bytes(32)), 1: Key(SUITES["aes"], bytes(range(32)))}, 0.0)
    row = new_id()
    seen = {sealing.seal_under(ring, "a.b", row, b"")[4 : 4 + NONCE] for _ in range(100_000)}
    blob = sealing.seal_under(ring, "a.b", row, "x")
    wrong: list[tuple[str, UUID, bytes]] = [
        ("a.c", row, blob),
        ("a.b", new_id(), blob),
        ("a.b", row, blob[:-1]),
        ("a.b", row, blob[:20] + bytes([blob[20] ^ 1]) + blob[21:]),
    ]

    assert len(seen) == 100_000
    for column, place, one in wrong:
        with pytest.raises(SealBrokenError):
            sealing.unseal_under(ring, column, place, one)


def test_r66_a_ciphertext_moved_by_sql_to_another_row_is_refused(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        one, other = factory.mediating(), factory.mediating()
        moved = text(
            "UPDATE step_taken a SET input_sealed = b.input_sealed FROM step_taken b"
            " WHERE a.case_id = :one AND b.case_id = :other AND a.seq = 1 AND b.seq = 1"
        )
        places = {"one": one.id, "other": other.id}
        own, number = one.steps[0].input_sealed, one.number
        db.session.execute(moved, places)

    answer = as_user("sunli").get(f"/staff/cases/{number}")

    with in_tenant(beijing):
        # Tests that go through every case of the city find it whole again.
        db.session.execute(update(Step).where(Step.case_id == places["one"], Step.seq == 1).values(input_sealed=own))
    assert answer.status_code == 503
    assert "不能解密" in answer.text


def test_r67_the_master_key_is_in_no_table_and_a_new_data_key_leaves_nothing_unreadable(
    app: Flask, loaded: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = app.extensions["fengqiao.config"]
    assert not [name for name, data in lying_in_the_tables(app, loaded).items() if config.master_key.encode() in data]
    with context.entered(app, loaded):
        before = {party.id: party.id_number for party in db.session.scalars(select(Party))}
    monkeypatch.setattr(rings, "FRESH", 0.1)
    with app.app_context():
        done = keys.rotate(loaded.code)
    with context.entered(app, loaded):
        parties = db.session.scalars(select(Party)).all()
        assert {party.id: party.id_number for party in parties} == before
        assert {sealing.version_of(one.id_number_sealed) for one in parties if one.id_number_sealed} == {done.version}


def test_r68_equal_values_have_different_indexes_in_two_cities_and_columns(
    app: Flask, beijing: TenantRef, loaded: TenantRef
) -> None:
    found = set()
    for city in (beijing, loaded):
        with context.entered(app, city):
            found |= {blind.index_of(column, "13900007788") for column in ("party.phone", "person.phone")}
    assert len(found) == 4


def test_r68_a_party_is_found_by_the_index_of_a_number(app: Flask, loaded: TenantRef) -> None:
    with context.entered(app, loaded):
        index = blind.index_of("party.phone", "+86 139-0000-7788")
        parties = db.session.scalars(select(Party).where(Party.phone_index == index)).all()
        assert {party.phone for party in parties} == {"13900007788"}


def test_r71_the_inventory_is_a_page_for_the_auditor_and_leaves_no_column_out(as_user: SignIn) -> None:
    page = as_user("liujg").get("/audit/inventory")

    assert page.status_code == 200
    personal = [line for line in inventory.list_lines() if line.profile.kind != "none"]
    assert all(f"{line.table}.{line.column}" in page.text for line in personal)
    assert as_user("sunli").get("/audit/inventory").status_code == 403


@pytest.mark.parametrize("username", ["sunli", "zhaoxh", "zhangwei", "liujg", "wanghy"])
def test_r72_no_page_shows_anybody_a_whole_number_unasked(as_user: SignIn, mediating: str, username: str) -> None:
    browser = as_user(username)
    tabs = [f"?tab={tab}" for tab in ("overview", "materials", "documents", "timeline")]
    pages = ["/staff", "/staff/cases", "/audit/cases", "/audit/events"]
    pages += [f"{at}/cases/{mediating}{tab}" for at in ("/staff", "/audit") for tab in tabs]

    shown = {page: browser.get(page).data for page in pages}

    assert {page for page, data in shown.items() if NUMBER.search(data) or PHONE.search(data)} == set()


def test_r72_one_value_is_shown_for_a_reason_and_recorded(
    as_user: SignIn, mediating: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    browser = as_user("sunli")
    page = browser.get(f"/staff/cases/{mediating}").text
    address = next(iter(re.findall(r'href="(/staff/cases/[^"]+/unmask/id_number)"', page)))

    assert NUMBER.search(browser.submit(address, {"reason": "核对身份证件"}).data)
    with in_tenant(beijing):
        told = text("SELECT count(*) FROM audit_event WHERE action = 'party.unmasked' AND detail->>'reason' = :why")
        assert db.session.scalar(told, {"why": "核对身份证件"})


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS and "dist" not in path.parts)


def test_r78_nothing_in_the_repository_carries_a_number_that_could_be_somebodys(app: Flask) -> None:
    def could_be(number: bytes) -> bool:
        if number.upper() == EXAMPLE:
            return False
        try:
            parse_id_number(number.decode(), today=FAR)
        except ValueError:
            return False
        return True

    scanned = list(sources())
    found = {str(path): [one for one in NUMBER.findall(path.read_bytes()) if could_be(one)] for path in scanned}

    assert len(scanned) > 500
    assert {path: numbers for path, numbers in found.items() if numbers} == {}

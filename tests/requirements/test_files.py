"""What people attach: parsed before it is kept, unpacked within bounds, sent back as it is, sealed and proven."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError
from saas.files import checks, kinds, room, services, store
from saas.files.models import File
from saas.identity.actor import SYSTEM
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation import factory
from tests.saas.files import office_samples, samples

NAME = '收据\r\nSet-Cookie: a=b"; x.pdf'
GOOD = {
    kinds.PDF: samples.pdf(),
    kinds.JPEG: samples.jpeg(),
    kinds.PNG: samples.png(),
    kinds.DOCX: office_samples.docx(),
    kinds.XLSX: office_samples.xlsx(),
    kinds.OFD: office_samples.ofd(),
}


def attached(name: str, data: bytes) -> File:
    return services.add(factory.mediating(), "identity", name, data, by=SYSTEM)


@pytest.mark.parametrize("ending", [*kinds.TYPES, ".exe", ".html", ".svg", ".docm", ""])
@pytest.mark.parametrize("media_type", sorted(GOOD))
def test_r57_a_file_is_taken_under_the_name_of_what_it_is_and_no_other(media_type: str, ending: str) -> None:
    if kinds.TYPES.get(ending) == media_type:
        assert checks.inspect(f"a{ending}", GOOD[media_type]).media_type == media_type
    else:
        with pytest.raises(InvalidInputError):
            checks.inspect(f"a{ending}", GOOD[media_type])


def test_r57_a_file_is_kept_under_a_name_of_ours_with_its_digest(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        file = attached("../../身份证.png", samples.png())

        assert file.name == "身份证.png"
        assert file.storage_key == f"{beijing.id}/{file.digest[:2]}/{file.digest}"
        assert file.digest == store.digest_of(store.get(file.storage_key))


def test_r58_bombs_are_refused_within_a_second_and_300_megabytes() -> None:
    told = subprocess.run([sys.executable, "-m", "tests.saas.files.bombs"], capture_output=True, text=True, check=True)

    for seconds, megabytes in json.loads(told.stdout).values():
        assert seconds < 1.0
        assert megabytes < 300


def test_r60_a_download_is_asked_for_each_time_and_is_nothing_else_than_it_says(
    beijing: TenantRef, zunyi: TenantRef, in_tenant: InTenant, as_user: SignIn, app: Flask
) -> None:
    with in_tenant(beijing):
        file = attached(NAME, samples.pdf())
        address = f"/staff/cases/{file_case(file)}/files/{file.id}"
    sent = as_user("sunli").get(address)

    assert (sent.status_code, sent.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert "Set-Cookie" not in sent.headers
    assert sent.headers["Content-Disposition"].count('"') == 2
    for below in (address, f"{address}/preview.png"):
        assert as_user("xuning").get(below).status_code == 404
        assert Browser(app, zunyi).get(below).status_code in {302, 303, 401}


def file_case(file: File) -> str:
    """The number of its case."""
    found = db.session.scalar(select(Case.number).where(Case.id == file.case_id))
    assert found is not None
    return found


def test_r61_a_city_takes_no_more_than_its_quota(zunyi: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(replace(zunyi, limits=replace(zunyi.limits, files=0))), pytest.raises(InvalidInputError):
        room.check(1)


def test_r62_camera_and_place_are_removed_unless_the_picture_is_evidence(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    sent = samples.jpeg(noted=True, turned=True)
    with in_tenant(beijing):
        kept = store.get(attached("照片.jpg", sent).storage_key)
        case = factory.mediating()
        proof = store.get(services.add(case, "evidence", "照片.jpg", sent, by=SYSTEM, evidence=True).storage_key)

    assert not Image.open(io.BytesIO(kept)).getexif()
    assert proof == sent


def test_r63_a_flipped_byte_is_refused_and_recorded(beijing: TenantRef, in_tenant: InTenant, as_user: SignIn) -> None:
    with in_tenant(beijing):
        file = attached("说明.docx", office_samples.docx({"word/media/a.xml": "<once/>"}))
        address, path = f"/staff/cases/{file_case(file)}/files/{file.id}", store.open_path(file.storage_key)
        assert store.get(file.storage_key)[:64] not in path.read_bytes()
    flip(path)

    assert as_user("sunli").get(address).status_code == 503
    with in_tenant(beijing):
        found = select(AuditEvent).where(AuditEvent.action == services.Audit.DAMAGED)
        assert [event.subject_id for event in db.session.scalars(found)].count(path_key(path)) == 1


def path_key(path: Path) -> str:
    """The key of an object in a folder."""
    return "/".join(path.parts[-3:])


def flip(path: Path) -> None:
    """Change one bit in the middle."""
    blob = bytearray(path.read_bytes())
    blob[len(blob) // 2] ^= 1
    path.write_bytes(blob)

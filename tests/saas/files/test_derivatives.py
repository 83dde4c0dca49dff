"""What a dossier binds of each kind of attachment, made once."""

import io
import stat
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import delete, select

from saas.db.session import TenantRef, db
from saas.errors import NotFoundError
from saas.files import converting, derivatives, previews, probing, services, store
from saas.files.derivatives import Derivative
from saas.files.models import File, FileDerivative
from saas.files.probing import Limits
from saas.files.queries import get_file
from saas.identity.actor import SYSTEM
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.files import office_samples, samples


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice, whatever this one has."""
    monkeypatch.setattr(probing, "OFFICE", ("no-such-program",))


def give_office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in LibreOffice's place."""
    program = folder / "an-office"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(probing, "OFFICE", (str(program),))


def attach(name: str, data: bytes, *, evidence: bool = False) -> File:
    return services.add(factory.open_application(), "other", name, data, by=SYSTEM, evidence=evidence)


def sheets_of(file: File) -> tuple[Derivative, bytes]:
    made = derivatives.of(file)
    assert made is not None
    return made, store.get(made.storage_key)


def test_a_large_picture_becomes_a_jpeg_that_fits_a_sheet(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        made, data = sheets_of(attach("截图.png", samples.png((4000, 1000), "RGB")))

    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (2339, 585))
    assert (made.media_type, made.pages, made.digest) == ("image/jpeg", 1, store.digest_of(data))


def test_evidence_is_bound_upright_and_without_the_camera_s_notes(beijing: TenantRef, in_tenant: InTenant) -> None:
    sent = samples.jpeg((400, 200), turned=True, noted=True)
    with in_tenant(beijing):
        file = attach("现场.jpg", sent, evidence=True)
        made, data = sheets_of(file)

        assert store.get(file.storage_key) == sent
        assert made.storage_key != file.storage_key
    assert b"SECRET-CAMERA" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (200, 400)


def test_a_jpeg_that_fits_is_bound_as_it_is_and_known_to_be_at_once(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        file = attach("照片.jpg", samples.jpeg())

        assert db.session.get_one(FileDerivative, file.id).state == "same"
        assert derivatives.of(file) == Derivative("image/jpeg", 1, file.storage_key, file.digest)


def test_a_pdf_becomes_sheets_without_anything_active(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        file = attach("合同.pdf", linked_pdf())
        made, data = sheets_of(file)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [[round(float(side)) for side in page.mediabox] for page in pdf.pages] == [[0, 0, 595, 842]] * 2
        assert all("/Annots" not in page.obj for page in pdf.pages)
        assert "/OpenAction" not in pdf.Root
    assert (made.media_type, made.pages) == ("application/pdf", 2)


def linked_pdf() -> bytes:
    with pikepdf.open(io.BytesIO(samples.pdf(2))) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.example.com"))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        return samples.saved(pdf)


def test_sheets_are_made_once_by_job_or_dossier(
    beijing: TenantRef, in_tenant: InTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_tenant(beijing):
        file = attach("合同.pdf", samples.pdf())
        assert db.session.get_one(FileDerivative, file.id).state == "queued"
        derivatives.derive({"file": str(file.id)})
        first = derivatives.of(file)

        monkeypatch.setattr(derivatives, "MAKERS", {})
        assert derivatives.of(file) == first


def test_an_attachment_of_before_gets_its_sheets_when_they_are_wanted(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        file = attach("合同.pdf", samples.pdf())
        db.session.execute(delete(FileDerivative).where(FileDerivative.file_id == file.id))
        db.session.expire_all()

        assert sheets_of(file)[0].pages == 1
        assert derivatives.problem(file) is None


def test_the_same_pdf_gives_the_same_sheets(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        one, other = (sheets_of(attach(name, linked_pdf()))[0] for name in ("a.pdf", "b.pdf"))

    assert one == other


@pytest.mark.parametrize(("name", "data"), [("说明.docx", office_samples.docx()), ("公文.ofd", office_samples.ofd())])
def test_what_no_program_makes_sheets_of_says_what_becomes_of_it(
    name: str, data: bytes, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        file = attach(name, data)

        assert derivatives.of(file) is None
        assert derivatives.problem(file) == derivatives.NO_SHEETS
        with pytest.raises(NotFoundError):
            previews.preview(file)


def test_an_office_file_becomes_sheets_where_there_is_libreoffice(
    beijing: TenantRef, in_tenant: InTenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.pdf").write_bytes(samples.pdf(2))
    with in_tenant(beijing):
        file = attach("说明.docx", office_samples.docx())
        assert derivatives.of(file) is None

        give_office(tmp_path, monkeypatch, f'for last; do :; done; cp "{tmp_path}/made.pdf" "${{last%.docx}}.pdf"')
        assert sheets_of(file)[0].pages == 2
        assert previews.preview(file).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("script", ["exit 1", "sleep 60", 'for last; do :; done; echo no > "${last%.docx}.pdf"'])
def test_a_conversion_that_fails_says_what_to_do(
    script: str, beijing: TenantRef, in_tenant: InTenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "LIMITS", Limits(1.0, 5, 512))
    give_office(tmp_path, monkeypatch, script)
    with in_tenant(beijing):
        file = attach("说明.docx", office_samples.docx())

        assert derivatives.of(file) is None
        assert derivatives.problem(file) == derivatives.OFFICE_FAILED


def test_pages_that_cannot_be_drawn_are_not_bound(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        file = services.add(case, "other", "a.pdf", samples.pdf_drawing_itself(), by=SYSTEM, drawn=True)

        assert derivatives.of(file) is None
        assert derivatives.problem(file) == derivatives.UNREADABLE


def test_a_city_whose_tables_are_held_shows_previews_and_keeps_none(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        file_id = attach("合同.pdf", samples.pdf()).id

    with in_tenant(replace(beijing, state="read_only")):
        assert previews.preview(get_file(file_id)).headers["Content-Type"] == "image/png"
        row = db.session.get(FileDerivative, file_id)
        assert row is not None
        assert row.preview_key is None


def test_a_preview_is_made_once(beijing: TenantRef, in_tenant: InTenant, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_tenant(beijing):
        file = attach("合同.pdf", samples.pdf())
        first = previews.preview(file)
        key = db.session.scalar(select(FileDerivative.preview_key).where(FileDerivative.file_id == file.id))

        monkeypatch.setattr(probing, "picture", None)
        assert previews.preview(file) == first
        assert store.get(key or "") == first.data
    assert first.headers["X-Content-Type-Options"] == "nosniff"

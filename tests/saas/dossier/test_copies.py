"""A copy bears a name and a time on every page, is registered, and is never taken for the original."""

import hashlib
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from uuid import UUID

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.dossier import copies, jobs, queries, services
from saas.dossier.models import DossierCopy
from saas.dossier.verify import look_up, verify
from saas.errors import ConflictError
from saas.files import services as files
from saas.identity.actor import SYSTEM
from tenants import context
from tests.mediation import factory
from tests.saas.dossier import samples
from tests.saas.files import samples as uploads

InTenant = Callable[[TenantRef], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def finished(app: Flask, beijing: TenantRef) -> UUID:
    """The export of a case with a picture."""
    in_tenant = partial(context.transaction, app)
    with in_tenant(beijing):
        case = factory.open_application()
        files.add(case, "identity", "身份证.jpg", uploads.jpeg((800, 500)), by=SYSTEM)
        export_id = services.request_export(case, by=factory.actor("zhaoxh")).id
    with in_tenant(beijing):
        jobs.build({"export": str(export_id)})
    return export_id


@pytest.fixture(scope="module")
def copy(app: Flask, beijing: TenantRef, finished: UUID) -> bytes:
    """A copy that was taken of it."""
    with context.transaction(app, beijing):
        sent = copies.take(queries.get_export(finished), by=factory.actor("zhaoxh"))
        data = sent.body.read()
        sent.close()
    return data


def test_every_page_bears_who_took_it_and_when(copy: bytes, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        name = factory.actor("zhaoxh").name
    for text in samples.texts(copy):
        squeezed = "".join(text.split())
        assert name in squeezed
        assert re.search(r"20\d\d-\d\d-\d\d\d\d:\d\d", squeezed)
        assert "副本仅供查阅" in squeezed


def test_the_drawing_is_in_the_file_once(copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        drawings = {page.obj.Resources.XObject["/FqCopy"].objgen for page in pdf.pages}

        assert len(drawings) == 1
        assert len(pdf.pages) > 1


def test_a_copy_has_no_signature_and_does_not_claim_to_be_for_archives(copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        widgets = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.Subtype == "/Widget"]
        packet = bytes(pdf.Root.Metadata.read_bytes())

        assert ("/AcroForm" in pdf.Root, widgets) == (False, [])
        assert b"pdfaid" not in packet
        assert "副本".encode() in packet


def test_a_copy_is_registered_and_recorded(
    copy: bytes, in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    digest = hashlib.sha256(copy).hexdigest()
    with in_tenant(beijing):
        row = db.session.scalars(select(DossierCopy).where(DossierCopy.digest == digest)).one()
        told = select(AuditEvent).where(AuditEvent.subject_id == str(finished), AuditEvent.action == "dossier.copied")
        event = db.session.scalars(told).one()

        assert (row.export_id, row.taken_by) == (finished, factory.actor("zhaoxh").name)
        assert (event.high, event.detail["digest"]) == (True, digest)


def test_verification_calls_it_a_copy_and_names_the_original(
    copy: bytes, in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing):
        answer = verify(copy, queries.find_record, [])
        looked_up = look_up(hashlib.sha256(copy).hexdigest(), queries.find_record)
        original = queries.get_export(finished).digest

    assert (answer["ok"], answer["verdict"], len(answer["problems"])) == (False, "copy", 1)
    assert str(original) in answer["problems"][0]
    assert looked_up["verdict"] == "copy"


def test_a_changed_copy_is_refused(copy: bytes, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        answer = verify(samples.changed(copy, lambda pdf: pdf.pages.reverse()), queries.find_record, [])

    assert answer["verdict"] == "refused"


def test_what_is_not_finished_has_no_copy(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        export = services.request_export(factory.open_application(), by=SYSTEM)
        with pytest.raises(ConflictError, match="还没有制作完成"):
            copies.take(export, by=SYSTEM)

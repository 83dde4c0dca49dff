"""Adding attachments to a case, and sending them back."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError, NotFoundError
from saas.files import queries, services, store
from saas.files.downloads import download
from saas.identity.actor import SYSTEM
from tests.mediation import factory
from tests.saas.files import samples

InTenant = Callable[[TenantRef], AbstractContextManager[None]]


def test_an_attachment_is_kept_listed_and_recorded(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        file = services.add(case, "identity", "C:\\照片\\身份证.jpg", samples.jpeg(noted=True), by=SYSTEM)

        event = db.session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(file.id))).one()
        assert queries.list_files(case.id) == [file]
        assert (file.name, file.media_type, file.pages) == ("身份证.jpg", "image/jpeg", 1)
        assert (event.action, event.case_id) == ("file.added", case.id)
        assert b"SECRET-CAMERA" not in store.get(file.storage_key)


def test_evidence_keeps_every_byte(beijing: TenantRef, in_tenant: InTenant) -> None:
    sent = samples.jpeg(noted=True)
    with in_tenant(beijing):
        file = services.add(factory.open_application(), "evidence", "现场.jpg", sent, by=SYSTEM, evidence=True)

        assert store.get(file.storage_key) == sent
        assert file.size == len(sent)


def test_what_is_refused_leaves_nothing(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        with pytest.raises(InvalidInputError):
            services.add(case, "evidence", "x.exe", b"MZ", by=SYSTEM)

        assert queries.list_files(case.id) == []


def test_an_attachment_of_another_city_is_not_found(beijing: TenantRef, zunyi: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        file_id = services.add(factory.open_application(), "other", "a.pdf", samples.pdf(), by=SYSTEM).id

    with in_tenant(zunyi), pytest.raises(NotFoundError):
        queries.get_file(file_id)


@pytest.mark.parametrize(("inline", "kind"), [(False, "attachment"), (True, "inline")])
def test_a_download_tells_the_browser_its_name_and_nothing_to_guess(
    beijing: TenantRef,
    in_tenant: InTenant,
    inline: bool,  # noqa: FBT001
    kind: str,
) -> None:
    with in_tenant(beijing):
        file = services.add(factory.open_application(), "other", "收条.pdf", samples.pdf(), by=SYSTEM)
        sent = download(file, inline=inline)

    assert sent.data == samples.pdf()
    assert sent.headers["Content-Disposition"].startswith(f"{kind}; ")
    assert "%E6%94%B6%E6%9D%A1.pdf" in sent.headers["Content-Disposition"]
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Type"] == "application/pdf"

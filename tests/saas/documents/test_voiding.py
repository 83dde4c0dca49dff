"""A void document keeps number and print, counts for nothing else, and is never served."""

import pypdfium2
import pytest
from sqlalchemy import select

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases import queries as cases
from saas.db.session import TenantRef, db
from saas.documents import jobs, marking, queries, serving, voiding
from saas.documents.pages import page_texts
from saas.documents.serving import Handover
from saas.dossier.queries import list_places
from saas.errors import ConflictError, InvalidInputError
from saas.files import store
from tests.conftest import InTenant
from tests.mediation import factory
from tests.printing import squeezed
from tests.saas.documents.issued import APPLICATION, issued, printed

DIRECTOR = "zhaoxh"


def test_a_void_document_keeps_number_and_print_and_says_why(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = printed(case)
        number, digest = document.number, document.digest
        voiding.void(document, case, " 当事人姓名写错 ", by=factory.actor(DIRECTOR))
        db.session.flush()

        assert (document.state, document.void_reason, document.voided_by) == ("void", "当事人姓名写错", "赵兴华")
        assert (document.number, document.digest) == (number, digest)
        assert [one for one in queries.list_documents(case.id) if one.state == "void"] == [document]
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(document.id))).all()[-1]
        assert (event.action, event.high, event.detail["number"]) == ("document.voided", True, number)


def test_a_void_document_is_no_longer_the_latest_of_its_form(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        first = queries.list_documents(case.id)[0].number
        document = printed(case)
        voiding.void(document, case, "重复制作", by=factory.actor(DIRECTOR))
        db.session.flush()

        assert queries.latest_numbers(case.id)[APPLICATION.code] == first
        found = cases.get_case(case.number, factory.actor(DIRECTOR))
        assert cases.document_numbers(found)[APPLICATION.code] == first


def test_a_void_document_stands_in_no_volume(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = printed(case)
        assert document in [one for place in list_places(case) for one in place.documents]
        voiding.void(document, case, "重复制作", by=factory.actor(DIRECTOR))
        db.session.flush()
        assert document not in [one for place in list_places(case) for one in place.documents]


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_void_document_needs_a_reason(beijing: TenantRef, in_tenant: InTenant, reason: str) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = printed(case)
        with pytest.raises(InvalidInputError) as caught:
            voiding.void(document, case, reason, by=factory.actor(DIRECTOR))
        assert list(caught.value.fields) == ["reason"]
        assert document.state == "ready"


def test_what_was_served_is_void_only_with_what_became_of_the_copies(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document, actor = printed(case), factory.actor(DIRECTOR)
        serving.serve(document, case, Handover("赵小燕", "direct", clock.today()), by=actor)
        with pytest.raises(InvalidInputError) as caught:
            voiding.void(document, case, "写错", by=actor)
        assert list(caught.value.fields) == ["recalled"]
        voiding.void(document, case, "写错", by=actor, recalled="收回一份")
        assert document.void_reason == "写错（已送达文书的收回情况：收回一份）"


def test_a_document_is_void_once_and_not_while_it_is_printed(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        waiting, document, actor = issued(case), printed(case), factory.actor(DIRECTOR)
        with pytest.raises(ConflictError, match="正在生成"):
            voiding.void(waiting, case, "写错", by=actor)
        voiding.void(document, case, "写错", by=actor)
        with pytest.raises(ConflictError, match="已经作废"):
            voiding.void(document, case, "写错", by=actor)


def test_a_late_job_leaves_a_void_document_as_it_is(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = printed(case)
        voiding.void(document, case, "写错", by=factory.actor(DIRECTOR))
        jobs.make(document)
        jobs.give_up({"document": str(document.id)}, "太晚了。")
        assert (document.state, document.problem) == ("void", None)


def test_the_mark_stands_on_every_page_taken_away_and_not_on_the_stored_ones(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = printed(case)
        voiding.void(document, case, "写错", by=factory.actor(DIRECTOR))
        stored = store.get(str(document.storage_key))
        marked = marking.marked_void(document, stored)
        assert store.digest_of(stored) == document.digest
    assert all("作废" in squeezed(text) for text in page_texts(marked))
    assert all("作废" not in squeezed(text) for text in page_texts(stored))
    assert red_share(marked) > red_share(stored) + 0.001


def red_share(data: bytes) -> float:
    """The share of red points on the first page."""
    pdf = pypdfium2.PdfDocument(data)
    picture = pdf[0].render(scale=0.5).to_pil().convert("RGB")
    pdf.close()
    points: bytes = picture.tobytes()
    reds = zip(points[::3], points[1::3], points[2::3], strict=True)
    return sum(red - max(green, blue) > 60 for red, green, blue in reds) / (len(points) // 3)

"""The documents of a case in one go: the pages they were issued with, whatever became of templates since."""

import io

import pikepdf
import pytest

from saas.db.session import TenantRef
from saas.documents import printing
from saas.documents.pages import page_texts
from saas.errors import ConflictError, NotFoundError
from saas.files import store
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.documents.issued import failed, issued, printed


def fonts(data: bytes) -> list[str]:
    """The names of the fonts in a PDF without the letters that tell their subsets apart."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
        return [str(one.FontName).partition("+")[2] for one in found]


def test_documents_printed_in_one_go_have_the_pages_they_were_issued_with_and_each_font_once(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        documents = [printed(case), printed(case)]
        data = printing.together(documents)
        kept = [text for one in documents for text in page_texts(store.get(str(one.storage_key)))]
    assert page_texts(data) == kept
    assert len(fonts(data)) == len(set(fonts(data)))


@pytest.mark.parametrize("name", ["template_digest", "renderer"])
def test_what_would_print_otherwise_by_now_is_taken_from_the_store(
    beijing: TenantRef, in_tenant: InTenant, name: str
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        documents = [printed(case), printed(case)]
        kept = [text for one in documents for text in page_texts(store.get(str(one.storage_key)))]
        setattr(documents[1], name, "of another time")
        documents[1].values = documents[1].values | {"facts": ["今天会印成这样。"]}
        assert page_texts(printing.together(documents)) == kept


def test_only_what_is_printed_and_valid_is_put_on_paper(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        with pytest.raises(NotFoundError):
            printing.list_ready(case.id)
        failed(case)
        issued(case)
        document = printed(case)
        assert printing.list_ready(case.id) == [document]


def test_more_pages_than_are_printed_in_one_go_are_refused(
    beijing: TenantRef, in_tenant: InTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        printed(case)
        printed(case)
        monkeypatch.setattr(printing, "MOST_PAGES", 1)
        with pytest.raises(ConflictError, match="超过 1 页"):
            printing.list_ready(case.id)

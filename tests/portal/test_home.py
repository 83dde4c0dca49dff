"""The first page and the guides."""

from collections.abc import Callable

from saas.db.session import TenantRef
from tests.browsers import Browser


def test_the_first_page_needs_no_account_and_names_every_entry(visitor: Browser) -> None:
    page = visitor.get("/").get_data(as_text=True)
    for words in ("申请人民调解", "查进度", "继续填写", "tel:12348", "大字"):
        assert words in page


def test_a_guide_answers_the_four_questions(visitor: Browser) -> None:
    page = visitor.get("/guide/mediation.dispute/apply").get_data(as_text=True)
    for words in ("能不能办", "要带什么", "多久", "找谁", "开始申请", "完整办事指南", "12348"):
        assert words in page


def test_nothing_is_offered_that_is_not_for_citizens(visitor: Browser) -> None:
    for address in ("/guide/mediation.dispute/initiate", "/guide/no.such/apply", "/apply/mediation.dispute/entrust/"):
        assert visitor.get(address).status_code == 404


def test_the_pages_are_a_citys_only(client: Callable[[TenantRef | None], Browser]) -> None:
    assert client(None).get("/progress").status_code == 404


def test_go_on_asks_for_a_code_where_nothing_was_begun(visitor: Browser) -> None:
    assert visitor.get("/continue").location == "/resume"

"""The code lists' pages: what administrators see, and what each button does."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from saas.db.session import TenantRef
from tests.browsers import Browser
from tests.saas.web.staff.sending import send

KIND = "/admin/lists/mediation.kind"


@pytest.fixture
def keeper(as_user: Callable[..., Browser], shaped: TenantRef) -> Browser:
    """高峰, who administers a city of the tests' own."""
    return as_user("gaofeng", shaped)


@pytest.fixture
def own(keeper: Browser) -> str:
    """The address of a new list with two entries."""
    address = str(send(keeper, "/admin/lists", {"title": f"去向{uuid4().hex[:6]}"}).location)
    for title in ("转街道", "转社区"):
        assert send(keeper, address, {"title": title}, f"{address}/entries").status_code == 303
    return address


def test_the_lists_are_called_after_the_questions_that_use_them(keeper: Browser) -> None:
    page = keeper.get("/admin/lists").text

    assert "纠纷类型" in page
    assert KIND in page
    assert {"人民调解", "公证", "社区矫正与安置帮教"} <= set(re.findall(r'data-label="业务"[^>]*>([^<]*)<', page))


def test_an_entry_of_the_law_can_be_renamed_and_closed_and_not_removed(keeper: Browser) -> None:
    page = keeper.get(KIND).text

    assert "规定的条目" in page
    assert "停用：合同纠纷" in page
    assert "删除" not in page


def test_a_list_of_the_citys_own_is_filled_and_ordered(keeper: Browser, own: str) -> None:
    code = keeper.get(own).text.split('id="down-')[1].split('"')[0]
    answer = send(keeper, own, {"by": "1"}, f"{own}/entries/{code}/move")

    assert str(answer.location).endswith(f"#down-{code}")
    page = keeper.get(own).text
    assert page.index("上移：转社区") < page.index("上移：转街道")


def test_a_closed_entry_says_so_and_opens_again(keeper: Browser, own: str) -> None:
    code = keeper.get(own).text.split('id="down-')[1].split('"')[0]
    send(keeper, own, {}, f"{own}/entries/{code}/close")
    assert "已停用" in keeper.get(own).text

    send(keeper, own, {}, f"{own}/entries/{code}/open")
    assert "停用：转街道" in keeper.get(own).text


def test_a_taken_name_is_refused_and_stays_in_its_box(keeper: Browser, own: str) -> None:
    answer = send(keeper, own, {"title": "转社区"}, f"{own}/entries")

    assert answer.status_code == 422
    assert "已经有“转社区”了" in answer.text
    assert 'value="转社区"' in answer.text


def test_who_reviews_only_looks(as_user: Callable[..., Browser], shaped: TenantRef) -> None:
    page = as_user("luyan", shaped).get(KIND).text

    assert "合同纠纷" in page
    assert "停用：" not in page

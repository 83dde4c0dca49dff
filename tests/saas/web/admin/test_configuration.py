"""The pages of the whole configuration: taken out, looked at, taken over, refused."""

import io
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from saas.db.session import TenantRef
from saas.settings import services as settings
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant

PAGE, LIMIT = "/admin/configuration", "/admin/settings/portal.query_limit"


@pytest.fixture
def keeper(as_user: Callable[..., Browser], shaped: TenantRef) -> Browser:
    """高峰, who administers a city of the tests' own."""
    return as_user("gaofeng", shaped)


def look(keeper: Browser, data: bytes, *parts: str) -> TestResponse:
    """Send a file in and see what it would change."""
    sent = hidden_fields(keeper.get(PAGE).text) | {"file": (io.BytesIO(data), "c.json"), "parts": list(parts)}
    return keeper.post(f"{PAGE}/check", data=sent, content_type="multipart/form-data")


def test_a_file_brings_back_what_was_changed_after_it(keeper: Browser, shaped: TenantRef, in_tenant: InTenant) -> None:
    keeper.submit(LIMIT, {"value": "25"})
    file = keeper.get(f"{PAGE}/file").data
    keeper.submit(LIMIT, {"value": "35"})

    page = look(keeper, file, "settings").text
    assert "进度查询次数”由“35”改为“25”" in page
    answer = keeper.post(PAGE, data=hidden_fields(page) | {"parts": ["settings"]})

    assert answer.status_code == 303
    with in_tenant(shaped):
        assert settings.get("portal.query_limit") == 25


def test_what_changed_since_it_was_looked_at_is_shown_again(keeper: Browser) -> None:
    keeper.submit(LIMIT, {"value": "26"})
    file = keeper.get(f"{PAGE}/file").data
    keeper.submit(LIMIT, {"value": "36"})
    looked = hidden_fields(look(keeper, file, "settings").text)
    keeper.submit(LIMIT, {"value": "37"})

    answer = keeper.post(PAGE, data=looked | {"parts": ["settings"]})

    assert answer.status_code == 409
    assert "由“37”改为“26”" in answer.text


def test_a_file_that_is_none_is_refused_with_the_reason(keeper: Browser) -> None:
    answer = look(keeper, b"{}", "settings")

    assert answer.status_code == 422
    assert "配置导出" in answer.text


@pytest.mark.parametrize("sent", ["", "!!!", "AAAA", "eJw="])
def test_a_hidden_field_that_holds_no_file_is_refused(keeper: Browser, sent: str) -> None:
    answer = keeper.post(PAGE, data=hidden_fields(keeper.get(PAGE).text) | {"file": sent, "parts": ["settings"]})

    assert answer.status_code == 422


def test_without_a_file_and_a_part_both_fields_say_so(keeper: Browser) -> None:
    answer = keeper.post(f"{PAGE}/check", data=hidden_fields(keeper.get(PAGE).text), content_type="multipart/form-data")

    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert 'id="parts-error"' in answer.text


def test_a_process_comes_in_as_a_draft_and_is_not_published(
    keeper: Browser, beijing: TenantRef, as_user: Callable[..., Browser]
) -> None:
    file = as_user("wanghy", beijing).get(f"{PAGE}/file").data
    page = look(keeper, file, "processes").text
    answer = keeper.post(PAGE, data=hidden_fields(page) | {"parts": ["processes"]})

    assert answer.location == "/admin/processes"
    assert "北京市人民调解" in keeper.get("/admin/processes").text
    assert "北京市人民调解" not in keeper.get("/staff/open").text

"""The pages of settings: every one is listed with its source, changed, refused at the field and put back."""

from collections.abc import Callable

import pytest

from saas.db.session import TenantRef
from saas.settings import services as settings
from saas.settings.declaration import KERNEL_SETTINGS
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.web.staff.sending import send

LIST = "/admin/settings"
LIMIT, NUMBERS = f"{LIST}/portal.query_limit", f"{LIST}/cases.number_pattern"


@pytest.fixture
def keeper(as_user: Callable[..., Browser], shaped: TenantRef) -> Browser:
    """高峰, who administers a city of the tests' own."""
    return as_user("gaofeng", shaped)


def change(keeper: Browser, page: str, value: str, action: str = "") -> tuple[int, str]:
    """Send a setting's form as it was drawn, with another value."""
    answer = keeper.submit(page, {"value": value}, page + action)
    return answer.status_code, answer.text


def test_every_declared_setting_is_listed_with_doubtful_sources_marked(keeper: Browser) -> None:
    page = keeper.get(LIST).text

    assert [one.key for one in KERNEL_SETTINGS if f'href="{LIST}/{one.key}"' not in page] == []
    assert f'href="{LIST}/mediation.revisit_days"' in page
    assert "来源未核实" in page


def test_a_setting_is_changed_and_put_back(keeper: Browser, shaped: TenantRef, in_tenant: InTenant) -> None:
    assert change(keeper, LIMIT, "20")[0] == 303
    with in_tenant(shaped):
        assert settings.get("portal.query_limit") == 20
    assert "高峰" in keeper.get(LIMIT).text

    assert change(keeper, LIMIT, "", "/default")[0] == 303
    assert "未修改过" in keeper.get(LIMIT).text


def test_what_is_out_of_bounds_is_refused_at_the_field_and_stays_there(keeper: Browser) -> None:
    status, page = change(keeper, LIMIT, "1000")

    assert status == 422
    assert 'id="value-error"' in page
    assert 'value="1000"' in page


def test_a_second_administrator_is_warned(keeper: Browser) -> None:
    answer = send(keeper, LIMIT, {"value": "30", "seen": "999"}, LIMIT)

    assert answer.status_code == 409
    assert "别人刚刚" in answer.text


def test_the_next_number_is_shown_before_a_pattern_is_kept(keeper: Browser) -> None:
    status, page = change(keeper, NUMBERS, "QY-{year}-{n:03}", "/preview")

    assert status == 200
    assert "QY-2" in page
    assert "BD{year}{n:06}" in keeper.get(NUMBERS).text


def test_a_pattern_that_would_repeat_numbers_is_refused(keeper: Browser) -> None:
    status, page = change(keeper, NUMBERS, "QY{year}")

    assert status == 422
    assert "缺少{n}" in page


def test_who_may_only_read_sees_no_form(as_user: Callable[..., Browser], beijing: TenantRef) -> None:
    assert 'name="value"' not in as_user("qianfang", beijing).get(LIMIT).text

"""The character that the database cannot keep is refused at the door, not met as a fault inside."""

from collections.abc import Callable

import pytest

from tests.browsers import Browser


@pytest.mark.parametrize(
    ("address", "status"),
    [("/staff/cases?q=a%00b", 400), ("/staff/cases?state=%00", 400), ("/staff/cases/2026%00", 404)],
)
def test_an_address_with_a_nul_is_refused(as_user: Callable[..., Browser], address: str, status: int) -> None:
    assert as_user("zhaoxh").get(address).status_code == status


def test_a_form_with_a_nul_is_refused_with_a_sentence(as_user: Callable[..., Browser]) -> None:
    answer = as_user("zhaoxh").submit("/progress", {"number": "2026\x00", "secret": "ABC234"})

    assert answer.status_code == 400
    assert "不能识别的字符" in answer.text

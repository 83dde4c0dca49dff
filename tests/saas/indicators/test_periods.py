"""A period in words, as its first and last day or a sentence that says how to write one."""

from datetime import date

import pytest

from saas.errors import InvalidInputError
from saas.indicators.services import period_days


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-2", date(2026, 2, 1), date(2026, 2, 28)),
        ("2025-07..2026-10", date(2025, 7, 1), date(2026, 10, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: date, last: date) -> None:
    assert period_days(period) == (first, last)


@pytest.mark.parametrize("period", ["", "今年", "2026-13", "0000", "9" * 400, "-2026", "2026-10-01", "٢٠٢٦"])
def test_anything_else_is_answered_with_how_to_write_it(period: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        period_days(period)

    assert "格式填写期间" in refused.value.fields["period"]


@pytest.mark.parametrize("period", ["2026-10..2025-07", "2026..2025", "9999", "2026..9999-12"])
def test_a_period_ends_after_it_begins_and_before_the_last_year_there_is(period: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        period_days(period)

    assert "起始月份在前" in refused.value.fields["period"]

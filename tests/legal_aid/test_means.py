"""Hardship by the income of each member of a household, and subsidies by the city's table."""

import pytest

from blueprints.legal_aid import means

THRESHOLD = 250_000


@pytest.mark.parametrize(
    ("income", "people", "poor"),
    [
        (0, 1, True),
        (250_000, 1, True),
        (250_001, 1, False),
        (500_001, 2, True),  # 2500.005 yuan a head is 2500.00
        (500_002, 2, False),
        (750_000, 3, True),
    ],
)
def test_hardship_is_an_income_per_head_not_above_the_standard(income: int, people: int, *, poor: bool) -> None:
    assert means.is_poor(income, people, THRESHOLD) is poor


@pytest.mark.parametrize(
    ("kind", "count", "wanted"), [("civil_trial", 1, 200_000), ("duty_day", 3, 120_000), ("unknown", 1, None)]
)
def test_a_subsidy_is_the_rate_of_the_table_for_each_case_or_day(kind: str, count: int, wanted: int | None) -> None:
    assert means.subsidy(kind, count, {"civil_trial": 2000, "duty_day": 400}) == wanted


@pytest.mark.parametrize(("fen", "words"), [(250_000, "2500元"), (250_050, "2500.50元"), (0, "0元")])
def test_sums_are_said_in_yuan(fen: int, words: str) -> None:
    assert means.yuan(fen) == words

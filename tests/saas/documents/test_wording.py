"""Plain values in words."""

import pytest

from saas.documents import wording


@pytest.mark.parametrize(
    ("value", "words"),
    [("2026-09-02", "2026年9月2日"), ("", ""), (None, "")],
)
def test_a_day_is_written_without_leading_zeros(value: str | None, words: str) -> None:
    assert wording.day(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-09-08T09:05:00+08:00", "2026年9月8日9时05分"),
        ("2026-09-08T17:30:00+00:00", "2026年9月9日1时30分"),
        (None, ""),
    ],
)
def test_a_moment_is_told_in_beijing_time(value: str | None, words: str) -> None:
    assert wording.moment(value) == words


def test_an_amount_is_written_in_figures_and_capitals() -> None:
    assert wording.yuan(520000) == "5,200.00元（大写：伍仟贰佰元整）"
    assert wording.yuan(None) == ""

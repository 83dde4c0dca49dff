"""A notice of holidays as it is typed."""

from datetime import date

import pytest

from saas.calendar_notice import NoticeError, read

FIXED = "2027-01-01 放假\n2027-05-01 至 2027-05-02 放假\n2027-10-01 至 2027-10-03 放假\n"


def test_days_are_read_however_they_are_written() -> None:
    days = read(FIXED + "2月5日至11日 放假\n2027年2月14日（星期日）上班。\n\n2027-04-05 休", 2027)

    assert [day for day, working in days.items() if working] == [date(2027, 2, 14)]
    assert {date(2027, 2, 5), date(2027, 2, 11), date(2027, 4, 5)} <= set(days)
    assert len(days) == 6 + 7 + 1 + 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("过年放假", "看不懂"),
        pytest.param(f"2027-03-05{' ' * 2000}过年", "看不懂", id="many blanks"),
        ("2027-02-30 放假", "没有这一天"),
        ("2026-12-31 放假", "2027年之内"),
        ("2027-03-05 至 2027-03-01 放假", "先后正确"),
        ("2027-05-01 上班", "写了两次"),
        ("5 放假", "没有这一天"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_its_number(line: str, said: str) -> None:
    with pytest.raises(NoticeError, match="第4行") as refused:
        read(f"{FIXED}{line}", 2027)

    assert said in refused.value.problems[0]


def test_a_fixed_holiday_that_was_left_out_is_asked_for() -> None:
    with pytest.raises(NoticeError, match="10月1日、10月2日、10月3日"):
        read("2027-01-01 放假\n2027-05-01 至 2027-05-02 放假", 2027)

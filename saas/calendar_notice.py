"""Reads a notice of holidays as it is typed or pasted: one line for a day or some days, off or worked."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from saas.calendar import FIXED_HOLIDAYS

OFF, WORKED = ("放假", "休", "休息"), ("上班", "班", "补班")
_DAY = r"(?:(?:(\d{4})\s*[-年/])?\s*(\d{1,2})\s*[-月/])?\s*(\d{1,2})\s*日?(?:（[^）]*）)?"
_LINE = re.compile(
    rf"\s*{_DAY}(?:\s*(?:至|到|~|—|－)\s*{_DAY})?\s*[，,：:]?\s*({'|'.join((*OFF, *WORKED))})\s*[。；;]?\s*"
)
_LONGEST = timedelta(31)


class NoticeError(ValueError):
    """A notice that cannot be read; `problems` are sentences, each naming its line."""

    def __init__(self, problems: list[str]) -> None:
        """Refuse with all the lines at once."""
        super().__init__("；".join(problems))
        self.problems = problems


def read(text: str, year: int) -> dict[date, bool]:
    """Every day the notice names, and whether it is worked.

    Lines such as `2027-02-05 至 2027-02-11 放假`, `2月5日至11日 放假`, `2027-02-14 上班`.

    Raises:
        NoticeError: a line that cannot be read, a day of another year, one said twice, or a fixed holiday left out.
    """
    days: dict[date, bool] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            problems += [f"第{number}行：{fault}" for fault in _take(line, year, days)]
    missing = [f"{month}月{day}日" for month, day in FIXED_HOLIDAYS if days.get(date(year, month, day), True)]
    if missing and not problems:
        problems.append(f"没有写明{'、'.join(missing)}放假，请对照放假通知补全。")
    if problems:
        raise NoticeError(problems)
    return days


def _take(line: str, year: int, days: dict[date, bool]) -> Iterator[str]:
    # Many blanks in a row could be shared out between the parts of the pattern in very many ways.
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        yield f"“{line.strip()[:40]}”看不懂，请写成“{year}-02-05 至 {year}-02-11 放假”或者“{year}-02-14 上班”。"
        return
    try:
        first = _day(found[1], found[2], found[3], year, None)
        last = _day(found[4], found[5], found[6], year, first) if found[6] else first
    except ValueError:
        yield "没有这一天，请核对日期。"
        return
    if first.year != year or last.year != year or not timedelta() <= last - first <= _LONGEST:
        yield f"请写{year}年之内、先后正确的日期。"
        return
    for one in (first + timedelta(n) for n in range((last - first).days + 1)):
        if one in days:
            yield f"{one.month}月{one.day}日写了两次。"
        days[one] = found[7] in WORKED


def _day(year: str | None, month: str | None, day: str, default_year: int, before: date | None) -> date:
    month = month or (str(before.month) if before else "0")
    return date(int(year or default_year), int(month), int(day))

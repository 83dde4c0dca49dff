"""A whole configuration as one file: its parts, its digest, and why one is refused."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from saas.cases.codelists import Entry
from saas.errors import AppError
from saas.workflow.problem import Problem

FORMAT = "config/1"
LARGEST = 3_000_000  # bytes of a file
PARTS = {
    "processes": "流程和表单",
    "lists": "代码表",
    "settings": "参数设置",
    "calendar": "工作日历",
    "documents": "文书样式（不含印章）",
}


@dataclass(frozen=True)
class Process:
    """A process in force: its whole body, and the version of the statutory pack it was made on, if there is one."""

    key: str
    version: int
    pack: int | None
    body: dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """A configuration as it was read.

    Attributes:
        city: The code of the city it was taken from.
        made_at: When, as it was written.
        processes: Those in force.
        rows: What the city itself said of code lists: each entry with its list.
        settings: The city's own values by key.
        days: Corrections of the working calendar: whether a day is worked, and the ground.
        years: Notices of holidays that were loaded, by year.
        design: The city's own dress of documents without seals, None where it has none.
        digest: What the file is told by.
    """

    city: str
    made_at: str
    processes: tuple[Process, ...]
    rows: tuple[tuple[str, Entry], ...]
    settings: Mapping[str, Any]
    days: Mapping[date, tuple[bool, str]]
    years: Mapping[int, str]
    design: Mapping[str, Any] | None
    digest: str


class ParcelError(AppError):
    """A file that is not taken; `problems` are all reasons with their places."""

    status = 422
    title = "这份配置不能导入"

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Refuse with all reasons at once."""
        super().__init__("；".join(f"{one.place}：{one.message}" for one in problems))
        self.problems = tuple(problems)


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content without blanks; keys keep their order, since that of steps has a meaning."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(content: Mapping[str, Any]) -> bytes:
    """A content as a file."""
    whole = {"digest": digest_of(content), "content": content}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()

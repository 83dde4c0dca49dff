"""The kinds of questions that can be added to a form, in the groups an administrator looks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PARTY_GROUP = "当事人"


@dataclass(frozen=True)
class Sort:
    """One kind of question: its word, the group it stands in, what a new one begins with.

    `fixed` is the id that gives the question its meaning (`area` decides which body takes a case).
    """

    code: str
    title: str
    group: str
    body: Mapping[str, Any] = field(default_factory=dict)
    fixed: str | None = None


_TWO = [{"value": "o1", "label": "选项一"}, {"value": "o2", "label": "选项二"}]


def _party(side: str, word: str) -> tuple[Sort, ...]:
    def of(attr: str, title: str, **body: object) -> Sort:
        return Sort(f"{side}_{attr}", title, PARTY_GROUP, {"party": side, "attr": attr, **body}, f"{side}_{attr}")

    return (
        of("name", f"{word}姓名", type="text", required=True, max_length=60, mask="name"),
        of("id_number", f"{word}身份证号", type="id_number", mask="id"),
        of("phone", f"{word}手机号码", type="phone", mask="phone"),
        of("address", f"{word}住址", type="address", max_length=200, mask="address"),
    )


LIBRARY: tuple[Sort, ...] = (
    Sort("text", "单行文字", "基本", {"type": "text", "max_length": 100}),
    Sort("longtext", "多行文字", "基本", {"type": "longtext", "max_length": 1000}),
    Sort("integer", "整数", "基本", {"type": "integer"}),
    Sort("boolean", "勾选确认", "基本", {"type": "boolean"}),
    Sort("id_number", "居民身份证号", "证件", {"type": "id_number", "mask": "id"}),
    Sort("uscc", "统一社会信用代码", "证件", {"type": "uscc"}),
    Sort("phone", "手机号码", "联系", {"type": "phone", "mask": "phone"}),
    Sort("address", "地址", "联系", {"type": "address", "max_length": 200, "mask": "address"}),
    Sort("area", "乡镇（街道）", "地区", {"type": "area"}),
    Sort("place", "所在乡镇（街道），决定由哪个机构受理", "地区", {"type": "area", "required": True}, "area"),
    Sort("file", "上传附件", "附件", {"type": "file"}),
    Sort("radio", "单选", "选择", {"type": "radio", "options": _TWO}),
    Sort("choice", "下拉选择", "选择", {"type": "choice", "options": _TWO}),
    Sort("multichoice", "多选", "选择", {"type": "multichoice", "options": _TWO}),
    Sort("money", "金额", "金额日期", {"type": "money"}),
    Sort("date", "日期", "金额日期", {"type": "date"}),
    Sort("datetime", "日期和时间", "金额日期", {"type": "datetime"}),
    Sort("birth", "出生日期", "金额日期", {"type": "birth"}),
    Sort("person", "本机构人员", "人员", {"type": "person"}),
    *_party("applicant", "申请人"),
    *_party("respondent", "对方"),
)


def library_for(*, own: bool, taken: frozenset[str]) -> dict[str, list[Sort]]:
    """The kinds that may be added, by group: who the parties are is asked by the city's own forms only, and once."""
    found: dict[str, list[Sort]] = {}
    for sort in LIBRARY:
        if sort.fixed is None or (own and sort.fixed not in taken):
            found.setdefault(sort.group, []).append(sort)
    return found

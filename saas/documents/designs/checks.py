"""What is wrong with a design, from its values alone: names, characters, patterns, the order of the file."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.documents.designs.blocks import find_block, is_paired, unknown
from saas.documents.designs.body import UNIT, named
from saas.documents.fonts import advice
from saas.documents.form import Form
from saas.workflow.problem import Problem, error, warning
from saas.workflow.spelling import nearest

MOST_HEAD_LINES = 2
LONGEST_HEAD = 36  # characters that are broken into two lines
LONGEST_HEAD_LINE = 18  # at the smallest size of a red head
DATE = "{date}"
HEAD_NAMES = {UNIT: "制作机构的名称"}
FOOT_NAMES = {DATE: "制作日期", **HEAD_NAMES}
_NAME = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Volume:
    """A line's file: what it is called, its places, and the forms that frame it and stand nowhere in it."""

    title: str
    places: Sequence[Mapping[str, Any]]
    framing: frozenset[str]


@dataclass(frozen=True)
class Known:
    """What a design is checked against.

    Attributes:
        forms: The official forms by code.
        volumes: The files of the lines of work by the line's name.
        missing: The characters of a text that no font can draw.
        number_fault: Why a form's numbers cannot be written by a pattern.
        unit: The longest name of a body of the city; empty where it has none.
    """

    forms: Mapping[str, Form]
    volumes: Mapping[str, Volume]
    missing: Callable[[str], list[str]]
    number_fault: Callable[[Form, str], str | None]
    unit: str


def problems(body: Mapping[str, Any], known: Known) -> list[Problem]:
    """Every fault of a body; one that cannot be printed at all is not laid out afterwards."""
    return [
        *_head(body, known),
        *doubts(body),
        *foot(body["footer"]),
        *(one for key, text in body["wording"].items() for one in words(key, text, known)),
        *(one for code, pattern in body["numbers"].items() for one in number(code, pattern, known)),
        *(one for line, places in body["volume"].items() for one in order(line, places, known)),
    ]


def _head(body: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    written = body["letterhead"]
    lines = named(written, known.unit).splitlines()
    longest = max((len(line) for line in lines), default=0)
    if len(lines) > MOST_HEAD_LINES or longest > (LONGEST_HEAD_LINE if len(lines) > 1 else LONGEST_HEAD):
        filled = f"（名称最长的机构是“{known.unit}”）" if UNIT in written else ""
        told = f"发文机关标志太长{filled}：最多两行，每行最多{LONGEST_HEAD_LINE}个字。"
        yield error("DD501", "letterhead", told)
    yield from _names("letterhead", "发文机关标志", written, HEAD_NAMES)
    for place, title, text in _head_lines(body):
        if not text.isprintable():
            yield error("DD104", place, f"{title}里有不能打印的符号，请重新填写。")
        else:
            yield from _glyphs(place, title, text, known)


def _head_lines(body: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from (("letterhead", "发文机关标志", line) for line in body["letterhead"].splitlines())
    yield from (("footer", f"版记第{at}行", line) for at, line in enumerate(body["footer"], 1))


def doubts(body: Mapping[str, Any]) -> Iterator[Problem]:
    """A letterhead that names one body and would stand on the papers of every one."""
    if body["letterhead"].strip() and UNIT not in body["letterhead"]:
        told = (
            f"发文机关标志里没有 {UNIT}，会原样印在每个机构制作的文书上。"
            f"各机构以自己的名义制作文书时，请用 {UNIT} 代替机构名称。"
        )
        yield warning("DD105", "letterhead", told)


def foot(lines: Sequence[str]) -> Iterator[Problem]:
    """What the lines of the 版记 name besides the day of issue and who issues."""
    for at, line in enumerate(lines, 1):
        yield from _names("footer", f"版记第{at}行", line, FOOT_NAMES)


def _names(place: str, title: str, text: str, allowed: Mapping[str, str]) -> Iterator[Problem]:
    can = "和 ".join(f"{name}（{means}）" for name, means in allowed.items())
    for name in (name for name in _NAME.findall(text) if name not in allowed):
        yield error("DD102", place, f"{title}里的“{name}”不能使用，只能使用 {can}。")
    if not is_paired(text):
        yield error("DD103", place, f"{title}里的花括号没有成对，请补全或者删除。")


def words(key: str, text: str, known: Known) -> Iterator[Problem]:
    """The faults of one block's words."""
    place = f"wording.{key}"
    found = find_block(key, known.forms)
    if found is None:
        yield error("DD101", place, f"没有“{key}”这段文字，可能在新版本里取消了，请删除。")
        return
    block, form = found
    if not is_paired(text):
        yield error("DD103", place, f"“{block.title}”里的花括号没有成对，请补全或者删除。")
    for name in unknown(form, text):
        meant = nearest(name, form.labels.values())
        hint = f"是不是“{{{meant}}}”？" if meant else "请从下面列出的内容中选择。"
        yield error("DD102", place, f"“{block.title}”里的“{{{name}}}”不是《{form.title}》可以填入的内容，{hint}")
    yield from _glyphs(place, f"“{block.title}”", text, known)


def _glyphs(place: str, title: str, text: str, known: Known) -> Iterator[Problem]:
    if absent := known.missing(text):
        yield error("DD201", place, advice(title, absent))


def number(code: str, pattern: str | None, known: Known) -> Iterator[Problem]:
    """The faults of the pattern of one form's numbers; none where it has none of its own."""
    if pattern is None:
        return
    place = f"numbers.{code}"
    form = known.forms.get(code)
    if form is None:
        yield error("DD101", place, f"没有“{code}”这种文书，可能在新版本里取消了，请删除它的编号格式。")
        return
    if found := known.number_fault(form, pattern):
        yield error("DD301", place, f"《{form.title}》的编号格式：{found}")
    yield from _glyphs(place, f"《{form.title}》的编号格式", pattern, known)


def order(line: str, places: Sequence[Mapping[str, Any]], known: Known) -> Iterator[Problem]:
    """The faults of the order of one line's file."""
    place, volume = f"volume.{line}", known.volumes.get(line)
    if volume is None:
        yield error("DD401", place, f"没有业务“{line}”，它的卷内顺序请恢复默认。")
        return
    yield from _lost(place, volume, places)
    yield from _twice(place, places)
    framing = volume.framing & {code for one in places for code in one["forms"]}
    if framing:
        told = f"{volume.title}的封面、目录、说明和备考表由系统放在规定的位置，不能放进卷内顺序，请恢复默认。"
        yield error("DD404", place, told)
    titles = Counter(one["title"].strip() for one in places)
    for title in (title for title, times in titles.items() if times > 1):
        yield error("DD405", place, f"{volume.title}的卷内有两处都叫“{title}”，请改一个名称。")
    for one in places:
        if not one["title"].strip() or not one["title"].isprintable():
            yield error("DD406", place, f"{volume.title}的卷内有一处没有名称，请填写。")


def _lost(place: str, volume: Volume, places: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for one in volume.places:
        for kind in ("forms", "categories"):
            for code in one[kind]:
                holders = [has for has in places if code in has[kind]]
                if not holders:
                    yield error("DD402", place, f"“{one['title']}”里的材料在卷内没有位置了，不能取消，请恢复默认。")
                elif one["required"] and not all(has["required"] for has in holders):
                    yield error("DD403", place, f"“{one['title']}”是规定必须有的材料，不能改为可以没有，请恢复默认。")


def _twice(place: str, places: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for kind in ("forms", "categories"):
        counted = Counter(code for one in places for code in one[kind])
        if any(times > 1 for times in counted.values()):
            yield error("DD407", place, "有的材料在卷内有两个位置，请恢复默认后重新排列。")

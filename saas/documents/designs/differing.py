"""What two designs differ in, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.documents.designs.blocks import find_block, shown
from saas.documents.form import Form

LONGEST = 60  # characters of a text that are told
PARTS = {"main": "正卷", "sub": "副卷"}
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Titles:
    """What people call the lines of work, by name, and the bodies, by the id of their unit."""

    lines: Mapping[str, str]
    bodies: Mapping[str, str]


def changes(old: Body, new: Body, forms: Mapping[str, Form], titles: Titles) -> list[str]:
    """Every difference as a sentence; nothing where the two are the same.

    Args:
        old: The body before.
        new: The body after.
        forms: The official forms by code.
        titles: The titles of the lines of work and of the bodies.
    """
    return [
        *_head(old, new),
        *_seals(old["seals"], new["seals"], titles.bodies),
        *_wording(old["wording"], new["wording"], forms),
        *_numbers(old["numbers"], new["numbers"], forms),
        *_volumes(old["volume"], new["volume"], titles.lines),
    ]


def _head(old: Body, new: Body) -> Iterator[str]:
    if old["letterhead"] != new["letterhead"]:
        yield _from_to("发文机关标志", old["letterhead"], new["letterhead"])
    if old["footer"] != new["footer"]:
        yield _from_to("版记", "／".join(old["footer"]), "／".join(new["footer"]))


def _seals(old: Mapping[str, str], new: Mapping[str, str], bodies: Mapping[str, str]) -> Iterator[str]:
    for unit in sorted({*old, *new}):
        if old.get(unit) != new.get(unit):
            done = "改了" if unit in old and unit in new else "增加了" if unit in new else "去掉了"
            yield f"{bodies.get(unit, unit)}的印章{done}"


def _wording(old: Mapping[str, str], new: Mapping[str, str], forms: Mapping[str, Form]) -> Iterator[str]:
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            was, will = old.get(key, ""), new.get(key, "")
            if found := find_block(key, forms):
                block, form = found
                yield _from_to(f"《{form.title}》的“{block.title}”", shown(form, was), shown(form, will))
            else:
                yield _from_to(f"文字“{key}”", was, will)


def _numbers(old: Mapping[str, str], new: Mapping[str, str], forms: Mapping[str, Form]) -> Iterator[str]:
    for code in sorted({*old, *new}):
        if old.get(code) != new.get(code):
            title = forms[code].title if code in forms else code
            yield _from_to(f"《{title}》的编号格式", old.get(code, ""), new.get(code, ""))


def _volumes(old: Body, new: Body, lines: Mapping[str, str]) -> Iterator[str]:
    for line in sorted({*old, *new}):
        was, will = old.get(line), new.get(line)
        if was == will:
            continue
        title = f"{lines.get(line, line)}的卷内顺序"
        if was is None or will is None:
            yield f"{title}{'恢复默认' if will is None else '改为'}{'' if will is None else _order(will)}"
        else:
            yield f"{title}由{_order(was)}改为{_order(will)}"


def _order(places: Sequence[Mapping[str, Any]]) -> str:
    return "“" + "、".join(f"{one['title']}{'（副卷）' if one['part'] == 'sub' else ''}" for one in places) + "”"


def _from_to(what: str, was: str, will: str) -> str:
    if not was:
        return f"{what}改为“{_short(will)}”"
    if not will:
        return f"{what}恢复默认（原来是“{_short(was)}”）"
    return f"{what}由“{_short(was)}”改为“{_short(will)}”"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"

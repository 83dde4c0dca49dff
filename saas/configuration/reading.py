"""Reading the file of a configuration: bounded, without repeated keys, whole and of a format we know."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NoReturn

from saas.cases.codelists import Entry
from saas.configuration import shape
from saas.configuration.parcel import FORMAT, LARGEST, Parcel, ParcelError, Process, digest_of
from saas.workflow.problem import error

MOST_STEPS = 1000  # of all processes together
DEEPEST = 40
CODE = "CF001"
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKETS = re.compile(r"[\[\]{}]")
_NO_TEXT = re.compile(r"\\u0000|\x00")


def read(data: bytes) -> Parcel:
    """The configuration in a file.

    Raises:
        ParcelError: It is no such file, of a newer format, changed on the way, or of another shape.
    """
    whole = _json(data)
    if set(whole) != {"digest", "content"} or not isinstance(whole["content"], dict):
        _refuse("文件", "这不是从“配置导出”得到的文件，请重新选择。")
    content: dict[str, Any] = whole["content"]
    _check_format(content.get("format"))
    if _digest(content) != whole["digest"]:
        _refuse("digest", "校验值不符：文件在导出以后被改动或者损坏，请重新导出。")
    _check_steps(content.get("processes"))
    return _parcel(shape.load(content), str(whole["digest"]))


def _json(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        _refuse("文件", f"文件太大，最多 {LARGEST // 1_000_000} MB。")
    try:
        text = data.decode()
        _check_signs(text)
        whole = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        told = fault.args[0] if isinstance(fault, _RepeatedError) else "内容不是正确的 JSON，请重新导出。"
        raise ParcelError([error(CODE, "文件", told)]) from fault
    if not isinstance(whole, dict):
        _refuse("文件", "这不是从“配置导出”得到的文件，请重新选择。")
    return whole


def _check_signs(text: str) -> None:
    """Refuse what no database keeps and what is nested to make trouble."""
    deepest = now = 0
    for sign in _BRACKETS.findall(_TEXTS.sub("", text)):
        now += 1 if sign in "[{" else -1
        deepest = max(deepest, now)
    if deepest > DEEPEST:
        _refuse("文件", f"内容套得太深，最多{DEEPEST}层。")
    if _NO_TEXT.search(text):
        _refuse("文件", "内容里有不能保存的符号，请重新导出。")


def _digest(content: Mapping[str, Any]) -> str:
    try:
        return digest_of(content)
    except ValueError as fault:  # halves of signs, numbers beyond all bounds
        raise ParcelError([error(CODE, "文件", "内容里有不能保存的符号，请重新导出。")]) from fault


class _RepeatedError(ValueError):
    """A key stands twice in one place."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counted = Counter(key for key, _ in pairs)
    if twice := [key for key, times in counted.items() if times > 1]:
        raise _RepeatedError(f"名称“{twice[0]}”重复，请重新导出。")
    return dict(pairs)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _check_format(found: object) -> None:
    if found != FORMAT:
        known = f"本系统只认识“{FORMAT}”"
        _refuse("format", f"这份配置的格式是“{str(found)[:40]}”，{known}，请先升级系统，或者从同一版本的系统导出。")


def _check_steps(processes: object) -> None:
    """A bound for what is looked at closely afterwards."""
    some = [one.get("body") for one in processes if isinstance(one, dict)] if isinstance(processes, list) else []
    steps = [body.get("transitions") for body in some if isinstance(body, dict)]
    count = sum(len(one) for one in steps if isinstance(one, list))
    if count > MOST_STEPS:
        _refuse("processes", f"所有流程一共{count}个步骤，一份配置最多{MOST_STEPS}个。")


def _refuse(place: str, message: str) -> NoReturn:
    raise ParcelError([error(CODE, place, message)])


def _parcel(content: Mapping[str, Any], digest: str) -> Parcel:
    return Parcel(
        city=content["city"]["code"],
        made_at=content["made_at"].isoformat(),
        processes=tuple(Process(**one) for one in content["processes"]),
        rows=tuple(
            (one["list"], Entry(one["code"], one["title"].strip(), one["position"], one["active"]))
            for one in content["lists"]
        ),
        settings=content["settings"],
        days={one["day"]: (one["working"], one["source"]) for one in content["days"]},
        years={one["year"]: one["source"] for one in content["years"]},
        design=content["design"],
        digest=digest,
    )

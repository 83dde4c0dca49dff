"""What is wrong with the shape of a definition, place by place, in words a clerk understands."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from saas.workflow.problem import Problem, error
from saas.workflow.spelling import nearest

_ONE_OF = re.compile(r"Must be one of: (.*)\.\Z")
_EQUAL = re.compile(r"Must be equal to (.*)\.\Z")
_FIXED = {
    "Missing data for required field.": "缺少这一项，请补上",
    "Field may not be null.": "不能为空，请填写",
    "Not a valid string.": "须填写文字，请改正",
    "Not a valid integer.": "须填写整数，请改正",
    "Not a valid boolean.": "须填写 true 或 false，请改正",
    "Not a valid list.": "须是列表，请改正",
    "Not a valid mapping type.": "须是“名称: 值”的形式，请改正",
    "Invalid input type.": "须是“名称: 值”的形式，请改正",
    "Not a valid date.": "须是日期，例如 2026-01-31，请改正",
    "Not a valid tuple.": "须是两个数，请改正",
    "Shorter than minimum length 1.": "至少要有一项，请补上",
    "n or setting is needed": "请填写期限的长度，或者选择一个参数",
    "String does not match expected pattern.": "写法不对；编号用小写字母、数字和下划线，以字母开头，请改正",
    "one of: must_pass with before, never with by and to, separate": "不变规则须是三种之一：必经、禁止、分设，请补全",
    "bool, {enum: [words]} or {int: [low, high]} is expected": "输入列须是 bool、{enum: [值]} 或 {int: [最小, 最大]}",
    "a list of values, or [low, high] is expected": "单元格须是值的列表，或者 [最小, 最大]",
    "one mapping is expected": "须是“名称: 值”的形式，请改正",
    "options or list belong to choices, and only to them": "选择类的字段须有选项，其他字段不能有选项，请改正",
}
_PARTS = ("transitions", "opens", "scenarios", "forms", "papers", "figures", "fields", "pages")
_NAMES = ("id", "key", "code")


def problems(messages: Any, body: Any, known: Collection[str]) -> list[Problem]:  # noqa: ANN401  nested as the body is
    """The messages of marshmallow as problems.

    Args:
        messages: As nested as the body.
        body: What was read.
        known: All names the format has, for guessing what was meant.
    """
    return [error("WF000", place or "definition", words) for place, words in _walk(messages, body, "", known)]


def _walk(messages: Any, part: Any, place: str, known: Collection[str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step, below = _step(key, part)
            yield from _walk(inner, below, ".".join(one for one in (place, step) if one), known)
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield place, _words(str(message), place, part, known)


def _step(key: Any, part: Any) -> tuple[str, Any]:  # noqa: ANN401  a key or a number
    """The next step of a place, and what stands there; items of lists go by their ids."""
    if key in {"_schema", "value", "key"} and not (isinstance(part, Mapping) and key in part):
        return "", part
    if isinstance(key, int) and isinstance(part, list) and key < len(part):
        item = part[key]
        names = (item[name] for name in _NAMES if isinstance(item, Mapping) and isinstance(item.get(name), str))
        return next(names, str(key)), item
    return str(key), part.get(key) if isinstance(part, Mapping) else None


def _words(message: str, place: str, value: Any, known: Collection[str]) -> str:  # noqa: ANN401  whatever stands there
    if message in _FIXED:
        return _FIXED[message]
    if message == "Unknown field.":
        name = place.rpartition(".")[2]
        meant = nearest(name, [one for one in known if one != name])
        return f"没有“{name}”这个设置项" + (f"；是否想写 {meant}？" if meant else "，请删除")
    if equal := _EQUAL.match(message):
        return _other_format(value, equal[1])
    if choices := _ONE_OF.match(message):
        return f"不能是“{value}”，只能是：{choices[1].replace(', ', '、')}"
    return f"这里写得不对，请改正（{message}）"


def _other_format(value: object, wanted: str) -> str:
    if isinstance(value, str) and value.startswith("casework/"):
        return f"这份内容用的是另一版格式“{value}”，本系统只认识“{wanted}”，请先升级系统，或者导出为“{wanted}”"
    return f"格式须为“{wanted}”，请改正"

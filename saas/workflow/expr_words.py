"""What the compiler of guards says, in words a clerk understands: which letter, what is wrong, what was meant."""

import re
from collections.abc import Sequence

from saas.workflow.spelling import nearest

_LINE = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_NAME = re.compile(r"[A-Za-z0-9_.]*\Z")
_REFERENCE = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"no matching overload for '(.*?)' applied to '\((.*)\)'")
_TYPES = {
    "int": "数字", "double": "小数", "string": "文字", "bool": "是或否", "list(string)": "多个选项", "uint": "数字",
    "null": "空值", "timestamp": "时间", "duration": "时长",
}  # fmt: skip
_OPERATORS = {"_>_": ">", "_<_": "<", "_>=_": ">=", "_<=_": "<=", "_==_": "==", "_!=_": "!=", "_+_": "+",
    "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%", "@in": "in", "_&&_": "&&", "_||_": "||", "!_": "!", "_[_]": "[]",
    "_?_:_": "? :"}  # fmt: skip
_MOST_TOLD = 3


def translate(said: str, source: str, names: Sequence[str]) -> tuple[str, str]:
    """What the compiler said as one sentence, and of which kind it is: name, type, size or syntax."""
    if "limit exceeded" in said:
        return "条件嵌套得太深，请拆成几条", "size"
    found = [_told(source, int(line), int(column), what, names) for line, column, what in _LINE.findall(said)]
    if not found:
        return "条件读不懂，请重新填写", "syntax"
    told = list(dict.fromkeys(sentence for sentence, _ in found))[:_MOST_TOLD]
    return "；".join(told), found[0][1]


def _told(source: str, line: int, column: int, what: str, names: Sequence[str]) -> tuple[str, str]:
    lines = source.split("\n")
    before = sum(len(one) + 1 for one in lines[: line - 1])
    at = before + column - 1
    if reference := _REFERENCE.search(what):
        return _unknown(source, at, reference[1], names), "name"
    if overload := _OVERLOAD.search(what):
        return f"第{at + 1}字：{_mismatch(overload[1], overload[2])}", "type"
    if "select operation" in what:
        return f"第{at + 1}字：这个字段下面没有更细的内容，请去掉点号后面的部分", "type"
    if "int literal" in what:
        return f"第{at + 1}字：数字太大，请改小", "type"
    return f"第{at + 1}字：{_syntax(source, at)}", "syntax"


def _unknown(source: str, at: int, name: str, names: Sequence[str]) -> str:
    """The compiler points at the last dot, or at the bracket of a function; the name begins before it."""
    start = _NAME.search(source[:at])
    first = start.start() if start else at
    if source[at : at + 1] == "(" or f"{name}(" in source[first:]:
        return f"第{first + 1}字：没有函数 {name}，请改用字段与比较"
    meant = nearest(name, names)
    return f"第{first + 1}字：没有字段 {name}" + (f"；是否想写 {meant}？" if meant else "，请从字段列表中选择")


def _mismatch(operator: str, types: str) -> str:
    words = [_TYPES.get(one, one) for one in types.split(", ")]
    sign = _OPERATORS.get(operator, operator)
    if "小数" in words:
        return f"“{sign}”不能用小数，请写整数（金额以分为单位）"
    if len(words) == 1:
        return f"“{sign}”不能用于{words[0]}，请换一种写法"
    return f"“{sign}”两边是{'和'.join(words)}，不能相比，请改成同一种内容"


def _syntax(source: str, at: int) -> str:
    if at >= len(source.rstrip()):
        return "条件没有写完，请补全"
    rest = source[at:]
    if rest.startswith("=") and not rest.startswith("=="):
        return "判断相等要写两个等号 =="
    if rest[0] in "'\"":
        return "引号没有成对，请补上另一半"
    return f"“{rest[:8]}”写得不对，请检查括号、引号和比较符号"

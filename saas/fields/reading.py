"""Turns what a browser sent for one field into its plain value, or into the sentence that helps."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any

from saas import clock, text
from saas.fields.context import FieldContext
from saas.fields.definition import FieldDefinition

_TEXT_LIMIT = 200
_LONGTEXT_LIMIT = 5000
_INTEGER_LIMIT = 10**12
# Nothing an office writes down lies outside these years; a slip of the hand does.
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2200
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
_TRUE = frozenset({"true", "on", "1", "yes", "y", "是"})
_FALSE = frozenset({"false", "off", "0", "no", "n", "否"})
_VERBS = {
    **dict.fromkeys(("choice", "radio", "multichoice", "area", "person", "entry"), "请选择"),
    "file": "请上传",
    "boolean": "请确认并勾选",
}

Reader = Callable[[FieldDefinition, Sequence[str], FieldContext], Any]


def read(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> Any:  # noqa: ANN401  a plain value of any type
    """The field's plain value, None if left empty; a ValueError carries the sentence for the person."""
    texts = [clean for item in raw if (clean := _clean(item))]
    if not texts:
        if field.required:
            raise ValueError(missing(field))
        return False if field.type == "boolean" else None
    return _READERS[field.type](field, texts if field.type != "birth" else raw, context)


def missing(field: FieldDefinition) -> str:
    """What to say when a required field was left empty."""
    return f"{_VERBS.get(field.type, '请填写')}{field.label}"


def bound(value: str | int, today: date) -> date:
    """A day from a definition: `YYYY-MM-DD`, `today`, `today+N` or `today-N` (days)."""
    plain = str(value)
    if not plain.startswith("today"):
        return date.fromisoformat(plain)
    return today + timedelta(days=int(plain.removeprefix("today") or 0))


def _clean(item: str) -> str:
    return _UNPRINTABLE.sub("", item.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _text(field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> str:
    value = raw[-1] if field.type == "longtext" else " ".join(raw[-1].split())
    limit = field.max_length or (_LONGTEXT_LIMIT if field.type == "longtext" else _TEXT_LIMIT)
    if len(value) > limit:
        raise ValueError(f"{field.label}最多{limit}个字，现在是{len(value)}个字，请删减")
    if isinstance(field.minimum, int) and len(value) < field.minimum:
        raise ValueError(f"{field.label}至少写{field.minimum}个字，请补充")
    return value


def _integer(field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> int:
    plain = text.halfwidth(raw[-1]).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", plain):
        raise ValueError(f"{field.label}请填写整数，例如3")
    value = int(plain)
    lowest = field.minimum if isinstance(field.minimum, int) else 0
    highest = field.maximum if isinstance(field.maximum, int) else _INTEGER_LIMIT
    if value < lowest:
        raise ValueError(f"{field.label}不能小于{lowest}")
    if value > highest:
        raise ValueError(f"{field.label}不能大于{highest}")
    return value


def _money(field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> int:
    fen = text.parse_money(raw[-1])
    if isinstance(field.minimum, int) and fen < field.minimum:
        raise ValueError(f"{field.label}不能少于{text.money_text(field.minimum)}元")
    if isinstance(field.maximum, int) and fen > field.maximum:
        raise ValueError(f"{field.label}不能超过{text.money_text(field.maximum)}元")
    return fen


def _check_day(field: FieldDefinition, day: date, context: FieldContext) -> None:
    if not _EARLIEST_YEAR < day.year < _LATEST_YEAR:
        raise ValueError(f"{field.label}的年份不对，请核对")
    latest = field.maximum or ("today" if field.type == "birth" else None)
    if latest is not None and day > bound(latest, context.today):
        raise ValueError(f"{field.label}不能晚于{_day_name(latest, context.today)}")
    if field.minimum is not None and day < bound(field.minimum, context.today):
        raise ValueError(f"{field.label}不能早于{_day_name(field.minimum, context.today)}")


def _day_name(value: str | int, today: date) -> str:
    return "今天" if value == "today" else text.chinese_date(bound(value, today))


def _parse_day(field: FieldDefinition, plain: str) -> date:
    match = _DAY.fullmatch(text.halfwidth(plain).replace(" ", ""))
    if match is None:
        raise ValueError(f"{field.label}请按“年-月-日”填写，例如2026-03-05")
    return _real_day(field, match.groups())


def _real_day(field: FieldDefinition, parts: Sequence[str]) -> date:
    try:
        return date(*(int(part) for part in parts))
    except ValueError as error:
        raise ValueError(f"{field.label}不是一个存在的日期，请核对年、月、日") from error


def _date(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    day = _parse_day(field, raw[-1])
    _check_day(field, day, context)
    return day.isoformat()


def _birth(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    """Three boxes, year, month, day; a single text is a day written in one go."""
    parts = [text.halfwidth(part).strip() for part in raw]
    if len(parts) == 1:
        return _date(field, parts, context)
    for part, name in zip_longest(parts[:3], "年月日", fillvalue=""):
        if not part:
            raise ValueError(f"请补全{field.label}的“{name}”")
        if not re.fullmatch(r"[0-9]{1,4}", part):
            raise ValueError(f"{field.label}的“{name}”请填写数字")
    day = _real_day(field, parts[:3])
    if len(parts[0]) != len("2026"):
        raise ValueError(f"{field.label}的“年”请填写四位数字，例如1980")
    _check_day(field, day, context)
    return day.isoformat()


def _datetime(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    try:
        moment = datetime.fromisoformat(text.halfwidth(raw[-1]))
    except ValueError as error:
        raise ValueError(f"{field.label}请填写日期和时间，例如2026-03-05 09:30") from error
    if not _EARLIEST_YEAR < moment.year < _LATEST_YEAR:
        raise ValueError(f"{field.label}的年份不对，请核对")
    local = moment.replace(tzinfo=clock.ZONE) if moment.tzinfo is None else clock.local(moment)
    if field.maximum != "now":
        _check_day(field, local.date(), context)
    elif local > clock.now():
        raise ValueError(f"{field.label}不能晚于现在")
    return local.isoformat()


def _one(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    return _many(field, raw[-1:], context)[0]


def _many(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> list[str]:
    allowed = {value for value, _ in context.options(field)}
    chosen = list(dict.fromkeys(raw))
    if not allowed.issuperset(chosen):
        raise ValueError(f"{field.label}的选项已有变化，请重新选择")
    _check_count(field, len(chosen), "项")
    return chosen


def _files(field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> list[str]:
    ids = list(dict.fromkeys(raw))
    _check_count(field, len(ids), "个文件")
    return ids


def _check_count(field: FieldDefinition, count: int, measure: str) -> None:
    if field.type in {"choice", "radio"}:
        return
    most = field.maximum or (1 if field.type == "person" else None)
    if isinstance(most, int) and count > most:
        raise ValueError(f"{field.label}最多{most}{measure}，请减少")
    if isinstance(field.minimum, int) and count < field.minimum:
        raise ValueError(f"{field.label}至少{field.minimum}{measure}，请补充")


def _boolean(field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> bool:
    answer = raw[-1].lower()
    if answer not in _TRUE | _FALSE:
        raise ValueError(f"{field.label}请选择“是”或“否”")
    return answer in _TRUE


def _id_number(_field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    return text.parse_id_number(raw[-1], today=context.today, demo=context.demo).number


def _phone(_field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> str:
    return text.normalise_phone(raw[-1])


def _uscc(_field: FieldDefinition, raw: Sequence[str], _context: FieldContext) -> str:
    return text.parse_uscc(raw[-1])


def _area(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    if context.areas(raw[-1]) is None:
        raise ValueError(f"{field.label}不在本市范围内，请重新选择")
    return raw[-1]


def _entry(field: FieldDefinition, raw: Sequence[str], context: FieldContext) -> str:
    if raw[-1] not in {value for value, _ in context.options(field)}:
        raise ValueError(f"{field.label}不在可以选择的名录里，请重新选择")
    return raw[-1]


_READERS: dict[str, Reader] = {
    "text": _text,
    "longtext": _text,
    "address": _text,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "birth": _birth,
    "choice": _one,
    "radio": _one,
    "multichoice": _many,
    "person": _many,
    "boolean": _boolean,
    "id_number": _id_number,
    "phone": _phone,
    "uscc": _uscc,
    "area": _area,
    "entry": _entry,
    "file": _files,
}

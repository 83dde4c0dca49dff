"""What the wizard's first form asks: who applies, by blocks, and the questions of the matter, by rows."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any

from saas.workflow.sketch.beginning import ADDRESS, AREA, ID_NUMBER, NAME, PHONE, WAY, Body, code_of

KINDS = (
    ("longtext", "一段文字"),
    ("text", "一行文字"),
    ("radio", "单选"),
    ("date", "日期"),
    ("money", "金额"),
    ("integer", "数字"),
    ("boolean", "勾选确认"),
    ("file", "上传附件"),
)
BLOCKS: Mapping[str, Body] = {
    "name": NAME,
    "phone": PHONE,
    "id_number": ID_NUMBER,
    "address": ADDRESS,
    "area": AREA,
}
BLOCK_TITLES = (
    ("name", "姓名或者单位名称"),
    ("phone", "手机号码（群众用后四位查进度）"),
    ("id_number", "居民身份证号"),
    ("address", "住址"),
    ("area", "事情发生在哪个乡镇（街道）；选上以后按地区分给就近的机构"),
)
FILES = "_files"
_ROW = re.compile(r"q([0-9]+)(?:_files)?")
_BETWEEN = re.compile(r"[、，,;；/\s]+")
_LONGEST = {"text": 200, "longtext": 3000}
_MATTER = "matter"


@dataclass(frozen=True)
class Question:
    """One question of the matter; ``id`` is empty for a new one, ``options`` are for a choice."""

    id: str
    label: str
    kind: str
    required: bool = False
    options: tuple[str, ...] = ()


def blocks_of(body: Mapping[str, Any]) -> list[str]:
    """The blocks that are asked."""
    asked = {field["id"] for field in _fields(body)}
    return [name for name, field in BLOCKS.items() if field["id"] in asked]


def questions_of(body: Mapping[str, Any]) -> list[Question]:
    """The questions of the matter, in their order."""
    return [
        Question(
            field["id"].removesuffix(FILES),
            field["label"],
            field["type"],
            field.get("required", False),
            tuple(option["label"] for option in field.get("options", ())),
        )
        for field in _fields(body)
        if _ROW.fullmatch(field["id"]) and field["type"] in dict(KINDS)
    ]


def split_options(text: str) -> tuple[str, ...]:
    """The options a person wrote one after another, each once."""
    return tuple(dict.fromkeys(filter(None, _BETWEEN.split(text))))


def with_questions(body: Mapping[str, Any], blocks: Collection[str], questions: Sequence[Question]) -> Body:
    """The body whose first form asks this; questions made elsewhere stay, on a page of their own."""
    made = deepcopy(dict(body))
    form = _form(made)
    kept = [field for field in _fields(body) if field["id"] not in _known_ids(body)]
    rows = [_field(one, body) for one in _numbered(questions, body)]
    groups = [
        ("who", "您是谁？", [deepcopy(BLOCKS[name]) for name in BLOCKS if name in blocks and name != "area"]),
        (_MATTER, "什么事？", [one for one in rows if one["type"] != "file"]),
        ("files", "有材料要交吗？", [one for one in rows if one["type"] == "file"]),
        ("more", "其他情况", kept),
    ]
    if "area" in blocks:
        groups[1][2].insert(0, deepcopy(AREA))
    form["pages"] = [{"id": id_, "title": title, "fields": fields} for id_, title, fields in groups if fields]
    return made


def _form(body: Mapping[str, Any]) -> Body:
    found: Body = next(one for one in body["forms"] if one["key"] == code_of(body["key"], WAY))
    return found


def _fields(body: Mapping[str, Any]) -> Iterable[Body]:
    return (field for page in _form(body)["pages"] for field in page["fields"])


def _known_ids(body: Mapping[str, Any]) -> set[str]:
    """The ids the wizard answers for."""
    rows = {one.id + (FILES if one.kind == "file" else "") for one in questions_of(body)}
    return rows | {field["id"] for field in BLOCKS.values()}


def _numbered(questions: Sequence[Question], body: Mapping[str, Any]) -> Iterable[Question]:
    """The questions with ids; a new one never takes over the id, and with it the answers, of another."""
    taken = [int(found[1]) for field in _fields(body) if (found := _ROW.fullmatch(field["id"]))]
    last = max(taken, default=0)
    for one in questions:
        last += not one.id
        yield one if one.id else Question(f"q{last}", one.label, one.kind, one.required, one.options)


def _field(question: Question, body: Mapping[str, Any]) -> Body:
    """The question as a field; what a finer hand added to one of the same kind stays."""
    id_ = question.id + (FILES if question.kind == "file" else "")
    before = next((one for one in _fields(body) if one["id"] == id_ and one["type"] == question.kind), {})
    if before.get("label") != question.label:
        before = {key: value for key, value in before.items() if key != "hint"}  # it explained another question
    made = {**before, "id": id_, "label": question.label, "type": question.kind, "required": question.required}
    if question.kind != "file":
        made["store"] = "case"
    if question.kind in _LONGEST:
        made.setdefault("max_length", _LONGEST[question.kind])
    if question.kind == "money":
        made["unit"] = "元"
    if question.kind == "radio":
        made["options"] = _options(question.options, before.get("options", ()))
    return made


def _options(labels: Sequence[str], before: Sequence[Mapping[str, str]]) -> list[Body]:
    """The options; a label that stood before keeps its value, since cases may have it."""
    values = {option["label"]: option["value"] for option in before}
    fresh = (f"o{at}" for at in count(1) if f"o{at}" not in values.values())
    return [{"value": values.get(label) or next(fresh), "label": label} for label in labels]

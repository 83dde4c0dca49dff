"""The properties of one question as the fields of a form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from saas.cases import codelists
from saas.fields.form import CHOICES
from saas.fields.views import FieldView
from saas.web.admin.fields import text
from saas.workflow import surroundings
from saas.workflow.forms_editing import (
    LENGTHS,
    LONGEST,
    LONGEST_HINT,
    MASKS,
    Question,
    Sheet,
    condition_rows,
    conditions_for,
    steps_in,
)

Sent = Mapping[str, list[str]]
Options = Sequence[tuple[str, str]]
LEVELS = (("", "一般"), ("true", "敏感：不进入列表、统计和导出"))
STORES = (("step", "只留在这一步"), ("case", "随案保存：可以导出、统计、写入文书"))
PRINTED = (("step", "这一步制作的文书"), ("none", "不印"), ("some", "下面选的文书"))
SOME = "上面选“下面选的文书”时有效。"
ALL = "都不选，就是能看案件的人都可以看。"


def drawn(sheet: Sheet, one: Question, body: Mapping[str, Any], sent: Sent | None) -> list[FieldView]:
    """The properties as they are, or as they were last typed."""
    values = sent if sent is not None else _as_sent(one)

    def last(name: str) -> str:
        return (values.get(name) or [""])[-1]

    return [
        text("label", "问题", last("label"), longest=LONGEST),
        _free("hint", "说明", last("hint"), hint="写在问题下面，告诉填写的人怎么填。"),
        FieldView("required", "required", "必须填写", "boolean", last("required")),
        *_masked(one, last("masked")),
        *_kind_fields(one, last),
        *_conditions(sheet, one, values.get("show_if", [])),
        _one_of("sensitive", "敏感级别", LEVELS, last("sensitive")),
        _one_of("store", "保存", STORES, last("store")),
        _one_of("printed", "印在哪些文书上", PRINTED, last("printed")),
        *_several("print", "选择文书", documents_of(body), values.get("print", []), SOME),
        *_several("read", "只有这些角色可以查看", roles_of(body), values.get("read", []), ALL),
    ]


def _kind_fields(one: Question, last: Any) -> list[FieldView]:  # noqa: ANN401  a function from a name to a text
    kind = one.body["type"]
    if kind in CHOICES:
        listed = [("", "不用代码表，选项写在下面"), *list_options()]
        return [
            FieldView("options", "options", "选项", "longtext", last("options"), hint="一行一个。", rows=6),
            FieldView("list", "list", "代码表", "choice", last("list"), options=listed),
        ]
    if kind in LENGTHS:
        return [_number("max_length", "最多字数", last("max_length"))]
    if kind == "integer":
        return [
            _number("min", "最小值", last("min")),
            _number("max", "最大值", last("max")),
            _free("unit", "单位", last("unit")),
        ]
    return []


def _masked(one: Question, value: str) -> list[FieldView]:
    if one.body["type"] not in MASKS:
        return []
    hint = "例如姓名只显示姓、电话只显示首尾；文书里仍然完整打印。"
    return [FieldView("masked", "masked", "在列表和页面上遮挡", "boolean", value, hint=hint)]


def _conditions(sheet: Sheet, one: Question, rows: Sequence[str]) -> list[FieldView]:
    possible = conditions_for(sheet, one, code_lists())
    if not possible:
        return []
    hint = "都不选，就是总要问。同一个问题的几个答案，有一个就问；几个问题的条件，都要符合才问。"
    options = [("", "（不设条件）"), *possible]
    drawn_rows = [*rows, *[""] * max(3 - len(rows), 0)]
    return [
        FieldView(
            f"show_if-{number}",
            "show_if",
            f"显示条件 {number}",
            "choice",
            row,
            options=options,
            hint=hint if number == 1 else None,
        )
        for number, row in enumerate(drawn_rows, 1)
    ]


def _as_sent(one: Question) -> dict[str, list[str]]:
    """A question's body as a browser would send it back."""
    body = one.body
    printed = body.get("print")
    return {
        "label": [one.label],
        "hint": [body.get("hint") or ""],
        "required": ["true" if body.get("required") else ""],
        "sensitive": ["true" if body.get("sensitive") else ""],
        "masked": ["true" if body.get("mask") else ""],
        "store": [body.get("store", "step")],
        "options": ["\n".join(option["label"] for option in body.get("options", ()))],
        "list": [body.get("list") or ""],
        **{name: [str(body.get(name, ""))] for name in ("max_length", "min", "max", "unit")},
        "show_if": condition_rows(one),
        "printed": ["step" if printed is None else "some" if printed else "none"],
        "print": list(printed or ()),
        "read": list(body.get("read", ())),
    }


def documents_of(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The documents that steps of the process make, by code and title."""
    codes = dict.fromkeys(code for step in steps_in(body) for code in step.get("documents", ()))
    titles = surroundings.titles(str(body.get("domain")))
    titles |= {paper["code"]: paper["title"] for paper in body.get("papers", ())}
    return [(code, titles.get(code, code)) for code in codes]


def roles_of(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The roles of the process, by code and title."""
    return list(body["roles"].items())


def code_lists() -> dict[str, list[tuple[str, str]]]:
    """The entries of every list that can be chosen, by list."""
    own = codelists.own_rows()
    return {
        key: [(one.code, one.title) for one in codelists.merged(declared, own.get(key, {})) if one.active]
        for key, declared in codelists.all_lists().items()
    }


def list_options() -> list[tuple[str, str]]:
    """The lists by key and name."""
    return list(codelists.list_titles().items())


def with_errors(fields: Sequence[FieldView], errors: Mapping[str, str]) -> list[FieldView]:
    """The fields with what is wrong at them; of several rows of one name the first has it."""
    seen: set[str] = set()
    found = []
    for one in fields:
        found.append(one if one.name in seen else replace(one, error=errors.get(one.name)))
        seen.add(one.name)
    return found


def _free(name: str, label: str, value: str, *, hint: str | None = None) -> FieldView:
    return FieldView(name, name, label, "text", value, hint=hint, maxlength=LONGEST_HINT)


def _number(name: str, label: str, value: str) -> FieldView:
    return FieldView(name, name, label, "integer", value, inputmode="numeric")


def _one_of(name: str, label: str, options: Options, value: str) -> FieldView:
    return FieldView(name, name, label, "radio", value, options=options, required=True)


def _several(name: str, label: str, options: Options, value: list[str], hint: str) -> list[FieldView]:
    return [FieldView(name, name, label, "multichoice", value, options=options, hint=hint)] if options else []

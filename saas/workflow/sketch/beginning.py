"""The body a new process begins with: three steps, one form, a limit, a document, a number, a page, a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from saas.workflow.difference.words import UNITS
from saas.workflow.process import OWN

Body = dict[str, Any]

CITIZEN = "citizen"
CITIZEN_TITLE = "申请人"
WAY = "apply"
STEPS = ("accept", "handle", "finish")
STATES = ("received", "handling", "checking")
END = "done"
CLOCK = "limit"
DAYS, UNIT = 10, "workday"
BASIS = "本单位工作要求"
WARNINGS = ["50%", "80%"]
TITLES = ("受理", "办理", "办结")
WORDS = ("已收到，正在审查", "已受理，正在办理", "正在核对办理结果")
DONE_WORDS = "已办结"
PARAGRAPHS = (
    "{party.applicant}：",
    "您于{case.opened_on}提出的{case.title}（编号{case.number}），我们已经办理完毕。办理结果如下：",
    "{form.result}",
    "特此告知。如有疑问，请拨打{unit.phone}。",
)


def time_words(n: int, unit: str) -> str:
    """A limit as the page for citizens tells it."""
    return f"收到以后{n}{UNITS[unit]}内办结。"


def code_of(key: str, name: str) -> str:
    """The code of a form, document or figure of a process."""
    return f"{OWN}.{key}.{name}"


def begin(key: str, title: str, roles: Sequence[tuple[str, str]], by: Mapping[str, Sequence[str]]) -> Body:
    """The whole body of a process that works as it is.

    Args:
        key: Its key, small letters and digits.
        title: What people call it.
        roles: The city's roles that may be chosen, by code and title.
        by: Who takes each of the three steps, by its id; who takes the first also registers.
    """
    titles = dict(roles)
    return {
        "format": "casework/1",
        "key": key,
        "title": title,
        "version": 1,
        "domain": OWN,
        "initial": STATES[0],
        "roles": {CITIZEN: CITIZEN_TITLE} | {role: titles[role] for step in STEPS for role in by[step]},
        "phases": [*TITLES],
        "opens": [
            {
                "id": WAY,
                "title": "提出申请",
                "by": [CITIZEN, *by[STEPS[0]]],
                "form": code_of(key, WAY),
                "law": BASIS,
            }
        ],
        "states": _states(by),
        "transitions": _transitions(key, title, by),
        "clocks": {CLOCK: _clock()},
        "forms": [_application(key, title), _result(key)],
        "papers": [
            {"code": code_of(key, "notice"), "title": "办理结果告知书", "paragraphs": [*PARAGRAPHS], "word": "告字"}
        ],
        "number": f"{key.upper()}-{{year}}-{{n:04}}",
        "page": _page(title),
        "figures": [{"code": code_of(key, "finished"), "title": f"{title}办结", "event": [STEPS[-1]]}],
    }


def _states(by: Mapping[str, Sequence[str]]) -> Body:
    waiting = {
        state: {"title": f"待{title}", "public": words, "queue": [*by[step]], "phase": title}
        for state, step, title, words in zip(STATES, STEPS, TITLES, WORDS, strict=True)
    }
    return {**waiting, END: {"title": "已办结", "public": DONE_WORDS, "end": True, "phase": TITLES[-1]}}


def _transitions(key: str, title: str, by: Mapping[str, Sequence[str]]) -> list[Body]:
    there = (*STATES[1:], END)
    steps: list[Body] = [
        {"id": step, "title": name, "from": source, "to": to, "by": [*by[step]], "primary": True, "law": BASIS}
        for step, name, source, to in zip(STEPS, TITLES, STATES, there, strict=True)
    ]
    steps[1]["form"] = code_of(key, "result")
    steps[2]["documents"] = [code_of(key, "notice")]
    steps[2]["message"] = {
        "to": CITIZEN,
        "title": f"您的{title}已办结",
        "body": "办理结果写在文书里，可以联系承办机构领取。",
    }
    return steps


def _clock() -> Body:
    return {
        "title": "办理期限",
        "kind": "duty",
        "n": DAYS,
        "unit": UNIT,
        "start": [WAY],
        "stop": [STEPS[-1]],
        "warn": WARNINGS,
        "law": BASIS,
        "verified": False,
        "public": True,
    }


def _application(key: str, title: str) -> Body:
    matter = {
        "id": "q1",
        "label": "请说明是什么事",
        "type": "longtext",
        "required": True,
        "max_length": 3000,
        "store": "case",
        "hint": "什么时间、什么地点、什么事、希望怎样解决",
    }
    pages = [
        {"id": "who", "title": "您是谁？", "fields": [NAME, PHONE]},
        {"id": "matter", "title": "什么事？", "fields": [matter]},
    ]
    return {"key": code_of(key, WAY), "title": title, "pages": pages}


def _result(key: str) -> Body:
    asked = {
        "id": "result",
        "label": "办理结果",
        "type": "longtext",
        "required": True,
        "max_length": 2000,
        "store": "case",
        "hint": "会写进告知书，请写完整的句子",
    }
    return {
        "key": code_of(key, "result"),
        "title": "办理结果",
        "pages": [{"id": "result", "title": "办理结果", "fields": [asked]}],
    }


def _page(title: str) -> Body:
    return {
        "way": WAY,
        "title": title,
        "summary": f"可以在这里网上提出{title}，也可以到窗口办理。",
        "who": ["需要办理这项业务的个人和单位"],
        "bring": ["身份证", "能说明情况的材料（没有也可以提出）"],
        "time": time_words(DAYS, UNIT),
        "fee": "不收取任何费用。",
        "place": "服务窗口，或者在这里网上提出。",
        "law": [BASIS],
    }


NAME: Body = {
    "id": "applicant_name", "label": "姓名或者单位名称", "type": "text", "required": True, "max_length": 60,
    "party": "applicant", "attr": "name", "mask": "name", "autocomplete": "name",
}  # fmt: skip
PHONE: Body = {
    "id": "applicant_phone", "label": "手机号码", "type": "phone", "required": True, "party": "applicant",
    "attr": "phone", "mask": "phone", "autocomplete": "tel", "hint": "用于联系您，也用于查询进度",
}  # fmt: skip
ID_NUMBER: Body = {
    "id": "applicant_id_number", "label": "居民身份证号", "type": "id_number", "required": True, "party": "applicant",
    "attr": "id_number", "mask": "id", "hint": "18 位，最后一位可以是 X",
}  # fmt: skip
ADDRESS: Body = {
    "id": "applicant_address", "label": "住址", "type": "address", "required": True, "max_length": 200,
    "party": "applicant", "attr": "address", "mask": "address", "autocomplete": "street-address",
}  # fmt: skip
AREA: Body = {
    "id": "area", "label": "事情发生在哪个乡镇（街道）", "type": "area", "required": True, "store": "case",
}  # fmt: skip

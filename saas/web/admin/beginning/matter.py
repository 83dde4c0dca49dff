"""What a new process asks, and within which limit it is to be done."""

from collections.abc import Iterator
from dataclasses import replace

from saas.fields.views import FieldView
from saas.web.admin.beginning.page import City, Group, Page, line, radio, tick, ticks
from saas.web.admin.beginning.sent import Sent
from saas.workflow.sketch import answers, questions
from saas.workflow.sketch.beginning import Body
from saas.workflow.sketch.questions import BLOCK_TITLES, KINDS, Question

SPARE = 3  # empty rows behind the questions there are
MOST = 40
LABEL = 60
UNITS = {"workday": "工作日", "day": "日（自然日）", "hour": "小时", "month": "个月"}
LONGEST_LIMIT = 3660
OPTIONS = 500  # characters


def ask_questions(body: Body, city: City) -> list[Group]:
    """Blocks about the applicant, then a row for each question and some empty ones."""
    del city
    asked = questions.questions_of(body)
    spare = [Question("", "", "text")] * (SPARE if len(asked) < MOST else 0)
    blocks = ticks("blocks", "要申请人填写哪些信息", dict(BLOCK_TITLES), questions.blocks_of(body))
    return [
        Group("申请人", [replace(blocks, required=False)]),
        *(Group(f"问题 {at}", row(at, one), row=True) for at, one in enumerate([*asked, *spare], 1)),
    ]


def row(at: int, question: Question) -> list[FieldView]:
    """One question; without a name it is not asked."""
    label = f"label_{at}"
    choices = "选项只用于单选，中间用顿号分开，例如“是、否”。"
    return [
        FieldView(f"id_{at}", f"id_{at}", "", "hidden", question.id),
        FieldView(label, label, "问什么", "text", question.label, maxlength=LABEL),
        FieldView(f"kind_{at}", f"kind_{at}", "怎样回答", "choice", question.kind, options=KINDS, required=True),
        FieldView(
            f"options_{at}", f"options_{at}", "选项", "text", "、".join(question.options),
            hint=choices if at == 1 else None, maxlength=OPTIONS,
        ),
        tick(f"required_{at}", "必须回答", question.required),
    ]  # fmt: skip


def take_questions(body: Body, city: City, sent: Sent) -> Body:
    """Asking what was sent; a row whose name was emptied goes."""
    del city
    blocks = sent.some_of("blocks", dict(BLOCK_TITLES))
    rows = list(_rows(body, sent))
    for name, sentence in _faults(rows):
        sent.fault(name, sentence)
    if not rows:
        sent.fault("label_1", "请至少写一个问题，否则没有什么可办。")
    sent.refuse()
    return questions.with_questions(body, blocks, [one for _, one in rows])


def _rows(body: Body, sent: Sent) -> Iterator[tuple[int, Question]]:
    known = {one.id for one in questions.questions_of(body)}
    for at in range(1, MOST + SPARE + 1):
        label = sent.entered(f"label_{at}")
        id_ = sent.form.get(f"id_{at}", "")
        kind = sent.form.get(f"kind_{at}", "text")
        options = questions.split_options(sent.form.get(f"options_{at}", "")[:OPTIONS]) if kind == "radio" else ()
        if label:
            yield at, Question(id_ if id_ in known else "", label, kind, sent.ticked(f"required_{at}"), options)


def _faults(rows: list[tuple[int, Question]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for at, one in rows:
        if len(one.label) > LABEL:
            yield f"label_{at}", f"最多 {LABEL} 个字，现在有 {len(one.label)} 个。"
        if one.label in seen:
            yield f"label_{at}", f"前面已经问过“{one.label}”，请换一个问法，或者清空这一行。"
        seen.add(one.label)
        if one.kind not in dict(KINDS):
            yield f"kind_{at}", "请选择怎样回答。"
        if one.kind == "radio" and len(one.options) < 2:  # noqa: PLR2004 - a choice needs two
            yield f"options_{at}", "单选至少要有两个选项，中间用顿号分开，例如“是、否”。"


def ask_limit(body: Body, city: City) -> list[Group]:
    """How long, counted in what, on what ground."""
    del city
    limit = answers.limit_of(body)
    first, last = answers.way_of(body)["title"], answers.stages_of(body).titles[-1]
    asked = [
        FieldView(
            "n", "n", "多长时间办完", "integer", str(limit["n"]), required=True, inputmode="numeric", maxlength=4
        ),
        radio("unit", "按什么计算", UNITS, limit["unit"]),
        line("law", "依据", limit.get("law", ""), "法律法规的条款，或者“本单位工作要求”。", 60),
        tick("public", "让群众看到这个期限", bool(limit.get("public"))),
    ]
    return [Group(None, asked, f"从“{first}”的第二天起算，到“{last}”为止；过半和超过八成时提醒承办人。")]


def take_limit(body: Body, city: City, sent: Sent) -> Body:
    """With the limit that was sent."""
    del city
    n = sent.number("n", 1, LONGEST_LIMIT)
    unit = sent.one_of("unit", UNITS, "请选择按什么计算。")
    law = sent.line("law", "请写明依据；没有法律规定的，写“本单位工作要求”。", 60)
    sent.refuse()
    return answers.with_limit(body, n=n, unit=unit, law=law, public=sent.ticked("public"))


QUESTIONS = Page(
    "questions", "问些什么", "群众和窗口登记时填写。条件显示、预览等，以后可以在表单设计里调整。", "设置要填写的内容",
    ask_questions, take_questions,
)  # fmt: skip
LIMIT = Page("limit", "多久办完", "办理期限。超过期限的会提醒，也会进入统计。", "设置办理期限", ask_limit, take_limit)

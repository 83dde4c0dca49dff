from collections.abc import Callable
from typing import Any

import pytest

from saas.workflow.difference import changes, marks, only_words
from tests.saas.workflow import samples

FORM = {"key": "loan.own", "title": "登记表", "pages": [{"id": "one", "title": "一", "fields": []}]}
FIELD = {"id": "shelf", "label": "书架", "type": "text"}
INNER = {
    "title": "核对",
    "initial": "open",
    "final": ["shut"],
    "states": {"open": {"title": "未核对"}, "shut": {"title": "已核对"}},
    "transitions": [{"id": "check_card", "title": "核对证件", "from": "open", "to": "shut", "by": ["clerk"]}],
}


def accept(body: dict[str, Any], **changed: object) -> None:
    body["transitions"][0].update(changed)


def said(change: Callable[[dict[str, Any]], object]) -> list[tuple[str, str]]:
    body = samples.body()
    change(body)
    return [(one.place, one.sentence) for one in changes(samples.body(), body)]


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        (lambda b: accept(b, by=["head"]), "transitions.accept", "步骤“受理”：改由“馆长”办理"),
        (lambda b: accept(b, to="lent"), "transitions.accept", "步骤“受理”：去向改为“已借出”"),
        (lambda b: accept(b, title="收件"), "transitions.accept", "步骤“受理”：名称由“受理”改为“收件”"),
        (lambda b: accept(b, when=[]), "transitions.accept", "步骤“受理”：去掉条件：case.missing == 0"),
        (lambda b: accept(b, comment="required"), "transitions.accept", "步骤“受理”：需要填写意见"),
        (
            lambda b: accept(b, not_same_as=["ask"]),
            "transitions.accept",
            "步骤“受理”：增加须由另一人办理的限制：与“申请”",
        ),
        (lambda b: accept(b, documents=["x.y"]), "transitions.accept", "步骤“受理”：增加文书“x.y”"),
        (
            lambda b: accept(b, sign={"by": ["head"], "mode": "ratio", "ratio": 60}),
            "transitions.accept",
            "步骤“受理”：需要“馆长”会签（按比例同意，不少于60%）",
        ),
        (lambda b: accept(b, flags={"set": ["seen"]}), "transitions.accept", "步骤“受理”：设置标记改为“seen”"),
        (lambda b: accept(b, message=None), "transitions.accept", "步骤“受理”：不再发通知"),
        (lambda b: b["transitions"].pop(1), "transitions.take", "去掉步骤“领办”"),
        (
            lambda b: b["transitions"].append(
                {"id": "n1", "title": "退回", "from": "checked", "to": "asked", "by": ["head"]}
            ),
            "transitions.n1",
            "增加步骤“退回”：从“待审批”到“待受理”，由“馆长”办理",
        ),
        (lambda b: b["transitions"].reverse(), "transitions", "步骤的次序有调整"),
        (
            lambda b: b["states"].update(n2={"title": "复核", "queue": ["head"]}),
            "states.n2",
            "增加环节“复核”：等待“馆长”办理",
        ),
        (
            lambda b: b["states"]["asked"].update(public=""),
            "states.asked",
            "环节“待受理”：去掉给当事人看的说明“已收到”",
        ),
        (lambda b: b["clocks"]["review"].update(n=5), "clocks.review", "时限“审批期限”：时限由“7”改为“5”"),
        (
            lambda b: b["clocks"]["review"].update(unit="workday"),
            "clocks.review",
            "时限“审批期限”：单位由日改为个工作日",
        ),
        (lambda b: b["invariants"].clear(), "invariants.0", "去掉不变规则：到“已借出”之前须经过“受理”"),
        (lambda b: b["roles"].update(head="主任"), "roles.head", "角色“馆长”改称“主任”"),
        (lambda b: b.update(verbs=["copy"]), "definition", "流程：可以抄送"),
        (lambda b: b.update(layout={"asked": [1, 2]}), "layout", "流程图的位置有调整"),
        (lambda b: b.update(forms=[FORM]), "forms.loan.own", "增加表单“登记表”"),
        (
            lambda b: b.update(extra_fields={"loan.ask": [{"page": "one", "field": FIELD}]}),
            "forms.loan.ask.shelf",
            "表单“loan.ask”：增加字段“书架”",
        ),
        (
            lambda b: b["states"]["checked"].update(regions={"r": INNER}),
            "states.checked.regions.r",
            "增加并行事项“核对”",
        ),
        (lambda b: b.update(page={"way": "ask", "title": "借书"}), "page", "办事指南：增加名称“借书”"),
    ],
)
def test_every_difference_is_said_where_it_is(
    change: Callable[[dict[str, Any]], object], place: str, sentence: str
) -> None:
    assert any(where == place and what.startswith(sentence) for where, what in said(change)), said(change)


def test_what_is_the_same_says_nothing() -> None:
    assert changes(samples.body(), samples.body()) == []


def test_a_form_of_its_own_is_compared_question_by_question() -> None:
    old = samples.body() | {"forms": [{**FORM, "pages": [{"id": "one", "title": "一", "fields": [FIELD]}]}]}
    new = samples.body() | {
        "forms": [{**FORM, "pages": [{"id": "one", "title": "一", "fields": [{**FIELD, "required": True}]}]}]
    }

    (change,) = changes(old, new)

    assert (change.place, change.sentence) == ("forms.loan.own.shelf", "表单“登记表”：字段“书架”：改为必填")


def test_the_inside_of_a_region_is_compared() -> None:
    old, new = samples.body(), samples.body()
    old["states"]["checked"]["regions"] = {"r": INNER}
    new["states"]["checked"]["regions"] = {"r": INNER | {"transitions": []}}

    assert [(one.place, one.sentence) for one in changes(old, new)] == [
        ("states.checked.regions.r.transitions.check_card", "去掉步骤“核对证件”")
    ]


def test_a_map_marks_the_states_by_what_happened_to_them() -> None:
    body = samples.body()
    body["states"]["asked"]["title"] = "待收件"
    body["states"]["n1"] = {"title": "复核"}
    del body["states"]["lent"]

    assert marks(changes(samples.body(), body)) == {"asked": "changed", "n1": "added", "lent": "removed"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda b: accept(b, title="收件"), True),
        (lambda b: b["states"]["asked"].update(queue=["head"]), True),
        (lambda b: accept(b, by=["head"]), False),
        (lambda b: b["clocks"]["review"].update(n=5), False),
    ],
)
def test_words_and_queues_are_no_difference_of_substance(
    change: Callable[[dict[str, Any]], object], *, words: bool
) -> None:
    body = samples.body()
    change(body)

    assert only_words(samples.body(), body) is words

"""A new process question by question: every body on the way can be published."""

from typing import Any

import pytest

from saas.workflow.checks import Problem, check
from saas.workflow.definition import parse
from saas.workflow.sketch import answers, questions
from saas.workflow.sketch.answers import Stages
from saas.workflow.sketch.beginning import STEPS, WAY, begin
from saas.workflow.sketch.copying import copied
from saas.workflow.sketch.questions import Question

ROLES = (("clerk", "窗口受理人员"), ("head", "所长"))
BY = {"accept": ["clerk"], "handle": ["clerk"], "finish": ["head"]}


def fresh() -> dict[str, Any]:
    return begin("p1", "矛盾纠纷线索登记", ROLES, BY)


def problems(body: dict[str, Any]) -> list[Problem]:
    parsed = parse(body)
    return check(parsed, parsed.forms, {paper.code for paper in parsed.papers}, set())


def asked(body: dict[str, Any]) -> list[str]:
    return [field["id"] for page in body["forms"][0]["pages"] for field in page["fields"]]


def test_a_process_just_begun_has_nothing_wrong_with_it() -> None:
    assert problems(fresh()) == []
    assert answers.fits(fresh())


def test_a_process_of_the_city_is_a_line_of_work_of_its_own() -> None:
    assert parse(fresh()).domain == "own_p1"


def test_other_people_take_steps_and_queues() -> None:
    made = answers.with_people(fresh(), {WAY: ["head"], **{key: ["head"] for key in STEPS}}, dict(ROLES))

    assert made["opens"][0]["by"] == ["citizen", "head"]
    assert {tuple(state.get("queue", ())) for state in made["states"].values()} == {("head",), ()}
    assert made["roles"] == {"citizen": "申请人", "head": "所长"}
    assert problems(made) == []


def test_steps_called_otherwise_take_their_phases_along() -> None:
    stages = Stages(("登记", "核实", "回复"), ("收到了", "正在核实", "正在写回复"), "已回复", other_person=True)
    made = answers.with_stages(fresh(), stages)

    assert answers.stages_of(made) == stages
    assert made["phases"] == ["登记", "核实", "回复"]
    assert made["transitions"][-1]["not_same_as"] == ["handle"]
    assert problems(made) == []


def test_a_name_given_once_changes_form_and_page_too() -> None:
    made = answers.with_title(fresh(), "线索登记")

    assert [made["title"], made["forms"][0]["title"], made["page"]["title"]] == ["线索登记"] * 3


def test_questions_keep_their_ids_and_new_ones_get_new_ids() -> None:
    first = questions.with_questions(fresh(), ["name"], [Question("q1", "什么事", "longtext", required=True)])
    second = questions.with_questions(
        first,
        ["name", "area"],
        [Question("", "金额", "money"), Question("q1", "什么事", "text"), Question("", "照片", "file")],
    )

    assert asked(second) == ["applicant_name", "area", "q2", "q1", "q3_files"]
    assert [one.id for one in questions.questions_of(second)] == ["q2", "q1", "q3"]
    assert questions.blocks_of(second) == ["name", "area"]


def test_a_hint_goes_with_the_question_it_explained() -> None:
    kept = questions.with_questions(fresh(), [], [Question("q1", "请说明是什么事", "longtext", required=True)])
    made = questions.with_questions(fresh(), [], [Question("q1", "想听什么内容", "longtext", required=True)])

    assert "hint" in kept["forms"][0]["pages"][0]["fields"][0]
    assert "hint" not in made["forms"][0]["pages"][0]["fields"][0]


def test_an_option_keeps_its_value_when_others_come_before_it() -> None:
    first = questions.with_questions(fresh(), [], [Question("q1", "急不急", "radio", options=("急", "不急"))])
    second = questions.with_questions(first, [], [Question("q1", "急不急", "radio", options=("很急", "不急"))])
    values = {one["label"]: one["value"] for one in second["forms"][0]["pages"][0]["fields"][0]["options"]}

    assert values == {"很急": "o3", "不急": "o2"}


def test_a_question_made_elsewhere_stays() -> None:
    body = fresh()
    extra = {"id": "weather", "label": "天气", "type": "text"}
    body["forms"][0]["pages"][1]["fields"].append(extra)
    made = questions.with_questions(body, ["name"], [Question("q1", "什么事", "text")])

    assert asked(made) == ["applicant_name", "q1", "weather"]


def test_the_page_for_citizens_tells_the_limit_unless_it_was_worded_otherwise() -> None:
    made = answers.with_limit(fresh(), n=5, unit="day", law="市局规定", public=True)
    worded = fresh()
    worded["page"]["time"] = "很快"

    assert made["page"]["time"] == "收到以后5日内办结。"
    assert answers.with_limit(worded, n=5, unit="day", law="市局规定", public=True)["page"]["time"] == "很快"


def test_the_document_moves_to_another_step() -> None:
    made = answers.with_paper(fresh(), title="受理通知书", paragraphs=["您好，已受理。"], step="accept", receipt=True)

    assert answers.paper_step(made) == "accept"
    assert [step.get("documents", []) for step in made["transitions"]] == [["own.p1.notice"], [], []]
    assert problems(made) == []


@pytest.mark.parametrize("open_", [True, False])
def test_citizens_apply_or_do_not(open_: bool) -> None:  # noqa: FBT001 - one case each
    made = answers.with_page(fresh(), fresh()["page"] if open_ else None)

    assert ("citizen" in made["opens"][0]["by"]) is open_
    assert problems(made) == []


def test_a_figure_sums_an_amount_that_is_asked() -> None:
    body = questions.with_questions(fresh(), ["name"], [Question("", "涉及金额", "money")])
    made = answers.with_figure(body, title="涉及金额", event=WAY, amount_field=answers.amounts_of(body)[0][0])

    assert parse(made).figures[0].amount_field == "q2"
    assert problems(made) == [one for one in problems(body) if one.code == "PU603"]


def test_a_copy_has_codes_and_numbers_of_its_own() -> None:
    made = copied(fresh(), "p2", "另一种登记")

    assert "own.p1." not in str(made)
    assert made["number"] == "P2-{year}-{n:04}"
    assert made["forms"][0]["title"] == "另一种登记"
    assert problems(made) == []


def test_a_process_that_lost_a_step_is_no_longer_asked_about() -> None:
    body = fresh()
    del body["transitions"][1]

    assert not answers.fits(body)

"""A process of a city's own as its wizard makes it, and what people enter."""

from copy import deepcopy
from typing import Any

from saas import clock
from saas.cases import services
from saas.cases.models import Case, Step
from saas.identity.actor import citizen
from saas.workflow import drafts
from saas.workflow.queries import current_version, list_versions
from saas.workflow.sketch import questions
from saas.workflow.sketch.beginning import STEPS, begin
from saas.workflow.sketch.questions import Question
from tests.mediation.factory import actor

TODAY = clock.today()
KEY = "p1"
LINE = "own_p1"
TITLE = "矛盾纠纷线索登记"
ROLES = (("clerk", "窗口受理人员"), ("mediator", "人民调解员"), ("director", "调委会主任"))
BY = dict(zip(STEPS, (["director"], ["mediator", "director"], ["director"]), strict=True))
APPLIED = {
    "applicant_name": "冯春分",
    "applicant_phone": "13900006789",
    "area": "520303001",
    "q1": "楼道堆放杂物，邻居之间吵过几次。",
    "q2": "o1",
    "q3": 120_000,
    "q4_files": None,
}
RESULT = {"result": "已经上门劝导，杂物已经清走，双方没有新的争议。"}


def body() -> dict[str, Any]:
    """The whole body: five kinds of questions, besides what every new process has."""
    asked = [
        Question("q1", "请说明是什么事", "longtext", required=True),
        Question("", "急不急", "radio", required=True, options=("急", "不急")),
        Question("", "涉及金额", "money"),
        Question("", "现场照片", "file"),
    ]
    return questions.with_questions(begin(KEY, TITLE, ROLES, BY), ["name", "phone", "area"], asked)


def open_case(**changed: object) -> Case:
    """A clue as a citizen brings it."""
    values = APPLIED | changed
    return services.open_case(KEY, "apply", values, by=citizen(str(values["applicant_name"])))


def act(case: Case, action: str, values: dict[str, Any], username: str) -> Step:
    """Take a step as somebody of the city."""
    return services.act(case, action, values, by=actor(username))


def finished() -> Case:
    """A case that has come to its end."""
    case = open_case()
    act(case, "accept", {}, "shiqiang")
    act(case, "handle", RESULT, "wenjing")
    act(case, "finish", {}, "shiqiang")
    return case


def publish(body: dict[str, Any]) -> None:
    """Publish a body as the city's next version, by two people."""
    known = list_versions(body["key"])
    draft = drafts.start(body["key"], by=actor("luoyong")) if known else drafts.create(body, by=actor("luoyong"))
    if known:
        drafts.edit(draft, body, "修改", cursor=draft.cursor, by=actor("luoyong"))
    drafts.submit(draft, by=actor("luoyong"))
    accepted = {drafts.mark_of(one): "已经核对" for one in drafts.problems_of(draft)}
    drafts.publish(draft, valid_from=TODAY, by=actor("hejun"), accepted=accepted)


def publish_again(sentence: str) -> None:
    """A second version of the process, whose document says something else."""
    made = body()
    made["papers"][0]["paragraphs"][3] = sentence
    publish(made)


def add_receipt_to_mediation() -> None:
    """Let the city's mediation hand out a document of its own on acceptance."""
    made = deepcopy(current_version("mediation.dispute").body)
    said = "{party.applicant}：您关于{form.kind}的申请已经受理。"
    made["papers"] = [{"code": "own.receipt", "title": "受理回执", "paragraphs": [said]}]
    accept = next(step for step in made["transitions"] if step["id"] == "accept")
    accept["documents"] = [*accept["documents"], "own.receipt"]
    publish(made)

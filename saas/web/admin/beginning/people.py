"""Name, people and steps of a new process."""

from saas.web.admin.beginning.page import City, Group, Page, line, tick, ticks
from saas.web.admin.beginning.sent import Sent
from saas.workflow.sketch import answers
from saas.workflow.sketch.answers import Stages
from saas.workflow.sketch.beginning import STEPS, WAY, Body

NAME_MISSING = "请填写业务名称，例如“矛盾纠纷线索登记”。"
NOBODY = "请至少选择一个岗位，否则案件会停在这里。"
ORDER = ("第一步", "第二步", "第三步")


def ask_name(body: Body, city: City) -> list[Group]:
    """What it is called."""
    del city
    return [Group(None, [line("title", "业务名称", body["title"], "群众和工作人员都会看到这个名称。")])]


def take_name(body: Body, city: City, sent: Sent) -> Body:
    """Called as was sent."""
    del city
    title = sent.line("title", NAME_MISSING)
    sent.refuse()
    return answers.with_title(body, title)


def ask_people(body: Body, city: City) -> list[Group]:
    """Who registers and who takes each step."""
    chosen, titles = answers.people_of(body), answers.stages_of(body).titles
    named = zip(STEPS, ORDER, titles, strict=True)
    return [
        Group(
            None,
            [
                ticks(WAY, "谁可以替群众登记", city.roles, chosen[WAY]),
                *(ticks(step, f"{order}“{title}”由谁办理", city.roles, chosen[step]) for step, order, title in named),
            ],
        )
    ]


def take_people(body: Body, city: City, sent: Sent) -> Body:
    """Done by who was ticked."""
    by = {step: sent.some_of(step, city.roles, NOBODY) for step in STEPS}
    sent.refuse()
    return answers.with_people(body, {WAY: sent.some_of(WAY, city.roles), **by}, city.roles)


def ask_stages(body: Body, city: City) -> list[Group]:
    """What the steps are called, in the words of staff and of citizens."""
    del city
    stages = answers.stages_of(body)
    groups = [
        Group(
            order,
            [
                line(f"title_{step}", "这一步叫什么", title, "是按钮上的字，用动词，例如“受理”。", 12),
                line(f"words_{step}", "轮到这一步时，群众看到什么", words, longest=60),
            ],
        )
        for step, order, title, words in zip(STEPS, ORDER, stages.titles, stages.words, strict=True)
    ]
    ending = [
        line("words_done", "办结以后，群众看到什么", stages.done_words, longest=60),
        tick("other_person", "第三步要由另一个人办理，不能是办理第二步的人", stages.other_person),
    ]
    return [*groups, Group("办结", ending)]


def take_stages(body: Body, city: City, sent: Sent) -> Body:
    """Called as was sent; two steps of one name could not be told apart."""
    del city
    titles = tuple(sent.line(f"title_{step}", "请填写这一步的名称，例如“受理”。", 12) for step in STEPS)
    words = tuple(sent.line(f"words_{step}", "请填写给群众看的一句话。", 60) for step in STEPS)
    for at, title in enumerate(titles):
        if title in titles[:at]:
            sent.fault(f"title_{STEPS[at]}", f"前面已经有一步叫“{title}”，请换一个名称。")
    done = sent.line("words_done", "请填写给群众看的一句话。", 60)
    sent.refuse()
    return answers.with_stages(body, Stages(titles, words, done, sent.ticked("other_person")))


NAME = Page("name", "叫什么名称", "给这项业务起个名字。", "修改名称", ask_name, take_name)
PEOPLE = Page("people", "由谁办理", "每一步由哪些岗位的人办理，可以选几个岗位。", "选择办理人", ask_people, take_people)
STAGES = Page(
    "steps", "分哪三步", "三步的名称和给群众看的话。更多的环节以后可以在流程设计里添加。", "设置三个环节", ask_stages,
    take_stages,
)  # fmt: skip

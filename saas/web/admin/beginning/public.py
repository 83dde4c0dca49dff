"""What citizens read of a new process, and what is counted of it."""

from saas.web.admin.beginning.page import City, Group, Page, line, long, radio
from saas.web.admin.beginning.sent import Sent
from saas.workflow.sketch import answers
from saas.workflow.sketch.beginning import STEPS, WAY, Body

OPEN = {"yes": "可以，群众能在网上自己提出", "no": "不可以，只由工作人员登记"}
SHORT = 120
CASES = "cases"


def ask_page(body: Body, city: City) -> list[Group]:
    """Whether citizens apply themselves, and what they read before."""
    del city
    page = answers.page_of(body)
    said: Body = page or {}
    asked = [
        line("page_title", "页面标题", str(said.get("title", body["title"]))),
        line("summary", "一句话介绍", said.get("summary", f"可以在这里提出{body['title']}。"), longest=SHORT),
        long("who", "谁可以办", "\n".join(said.get("who", ())), "一行写一条。", 3),
        long("bring", "要带什么", "\n".join(said.get("bring", ())), "一行写一条。", 3),
        line("time", "多久办完", said.get("time", ""), longest=SHORT),
        line("fee", "收不收费", said.get("fee", ""), longest=SHORT),
        line("place", "到哪里办", said.get("place", ""), longest=SHORT),
        long("law", "依据", "\n".join(said.get("law", ())), "一行写一条。", 3),
    ]
    return [
        Group(None, [radio("open", "群众可以在网上自己申请吗", OPEN, "yes" if page else "no")]),
        Group("办事指南", asked, "群众申请以前先看到这一页。不对群众开放的，不必修改。"),
    ]


def take_page(body: Body, city: City, sent: Sent) -> Body:
    """Open with the page that was sent, or closed: then somebody has to register."""
    del city
    if sent.one_of("open", OPEN, "请选择群众可不可以在网上申请。") == "no":
        if not answers.people_of(body)[WAY]:
            sent.fault("open", "还没有选择由谁登记。请回到“由谁办理”选择以后，再关闭网上申请。")
        sent.refuse()
        return answers.with_page(body, None)
    words = {
        "title": sent.line("page_title", "请填写页面标题。"),
        "summary": sent.line("summary", "请用一句话说明这是什么事。", SHORT),
        "time": sent.line("time", "请写明多久办完，例如“10个工作日”。", SHORT),
        "fee": sent.line("fee", "请写明收不收费，例如“不收取任何费用”。", SHORT),
        "place": sent.line("place", "请写明到哪里办。", SHORT),
    }
    lists = {name: sent.lines(name) for name in ("who", "bring", "law")}
    sent.refuse()
    return answers.with_page(body, {**words, **lists})


def events_of(body: Body) -> dict[str, str]:
    """What can be counted: the application, and each step."""
    titles = dict(zip(STEPS, answers.stages_of(body).titles, strict=True))
    return {WAY: answers.way_of(body)["title"], **titles}


def measures_of(body: Body) -> dict[str, str]:
    """Cases, or the sum of an amount that is asked."""
    return {CASES: "件数", **{id_: f"合计“{label}”" for id_, label in answers.amounts_of(body)}}


def ask_figure(body: Body, city: City) -> list[Group]:
    """What is counted, and when it counts."""
    del city
    figure = answers.figure_of(body)
    asked = [
        line("figure_title", "指标名称", figure["title"]),
        radio("event", "办了哪一步算一件", events_of(body), figure["event"][0]),
        radio("measure", "统计什么", measures_of(body), figure.get("amount_field", CASES)),
    ]
    return [Group(None, asked, "按这一步办理的日期计入当月，在“统计”里查看。")]


def take_figure(body: Body, city: City, sent: Sent) -> Body:
    """Counted as was sent."""
    del city
    title = sent.line("figure_title", "请填写指标名称，例如“线索办结”。")
    event = sent.one_of("event", events_of(body), "请选择办了哪一步算一件。")
    measure = sent.one_of("measure", measures_of(body), "请选择统计什么。")
    sent.refuse()
    return answers.with_figure(body, title=title, event=event, amount_field=None if measure == CASES else measure)


PAGE = Page("page", "群众看到什么", "网上的办事指南和申请入口。", "设置群众的页面", ask_page, take_page)
FIGURE = Page("figure", "统计什么", "一个统计指标。更多的指标以后可以添加。", "设置统计指标", ask_figure, take_figure)

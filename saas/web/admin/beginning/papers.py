"""The document a new process makes, and how its cases are numbered."""

import re
from dataclasses import replace

from saas.web.admin.beginning.page import City, Group, Page, line, long, radio, tick
from saas.web.admin.beginning.sent import Sent
from saas.workflow import definition, papers
from saas.workflow.sketch import answers
from saas.workflow.sketch.beginning import STEPS, Body

HEAD = re.compile(r"[A-Z][A-Z0-9]{1,5}")
BODY_ROWS = 10


def known_names(body: Body) -> dict[str, str]:
    """What the document may name, with its name for people."""
    parsed = definition.parse(body)
    return papers.known_names(parsed, parsed.forms)


def ask_paper(body: Body, city: City) -> list[Group]:
    """Its title, text and moment."""
    del city
    paper, known = answers.paper_of(body), known_names(body)
    text = papers.in_words("\n".join(paper["paragraphs"]), known)
    # What is kept with the case is what a question asked: one name for it is enough to choose from.
    short = {name: word for name, word in known.items() if name in papers.NAMES or name.startswith(papers.FORM)}
    listed = "　".join(f"{{{word}}}" for word in papers.offered(short))
    hint = f"一行一段。花括号里的内容制作时自动填入，可以用：{listed}"
    steps = dict(zip(STEPS, answers.stages_of(body).titles, strict=True))
    asked = [
        line("paper_title", "文书标题", paper["title"], longest=40),
        replace(long("paragraphs", "正文", text, hint, BODY_ROWS), required=True),
        radio("step", "办到哪一步时制作", steps, answers.paper_step(body) or STEPS[-1]),
        tick("receipt", "文书末尾留签收的位置", bool(paper.get("receipt"))),
    ]
    return [Group(None, asked)]


def take_paper(body: Body, city: City, sent: Sent) -> Body:
    """With the document that was sent; what it cannot fill in is named."""
    del city
    title = sent.line("paper_title", "请填写文书标题，例如“办理结果告知书”。", 40)
    known = known_names(body)
    paragraphs = [papers.in_names(one, known) for one in sent.lines("paragraphs")]
    if not paragraphs:
        sent.fault("paragraphs", "请填写正文，一行一段。")
    strange = [name for one in paragraphs for name in papers.names_in(one) if name not in known]
    if strange:
        listed = "".join(f"“{{{name}}}”" for name in dict.fromkeys(strange))
        sent.fault("paragraphs", f"{listed}不是可以填入的内容，请从上面列出的当中选择。")
    if any(mark in papers.fill(one, {}) for one in paragraphs for mark in "{}"):
        sent.fault("paragraphs", "有的花括号没有成对，请补全或者删除。")
    steps = dict(zip(STEPS, answers.stages_of(body).titles, strict=True))
    step = sent.one_of("step", steps, "请选择办到哪一步时制作。")
    sent.refuse()
    return answers.with_paper(body, title=title, paragraphs=paragraphs, step=step, receipt=sent.ticked("receipt"))


def ask_number(body: Body, city: City) -> list[Group]:
    """The letters its numbers begin with."""
    del city
    head = answers.head_of(body)
    hint = f"二到六个大写字母或者数字，以字母开头。案件编号就像 {head or 'XS'}-2026-0001，每年从 1 开始。"
    return [Group(None, [line("head", "编号字头", head, hint, 6)])]


def take_number(body: Body, city: City, sent: Sent) -> Body:
    """Numbered as was sent; two processes never share their letters."""
    head = sent.line("head", "请填写编号字头，例如 XS。", 6).upper()
    if not HEAD.fullmatch(head):
        sent.fault("head", "请用二到六个大写字母或者数字，以字母开头，例如 XS。")
    made = answers.with_head(body, head)
    if made["number"] in city.numbers:
        sent.fault("head", f"“{city.numbers[made['number']]}”已经用了这个字头，请换一个。")
    sent.refuse()
    return made


PAPER = Page("document", "出什么文书", "办理中制作的一份文书，可以预览和打印。", "设置文书", ask_paper, take_paper)
NUMBER = Page("number", "怎样编号", "每件案件都有一个编号，群众凭它查进度。", "设置案件编号", ask_number, take_number)

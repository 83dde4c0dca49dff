"""What is wrong with the parts that make a process a line of work of the city's own: number, page, figures."""

import re
from collections.abc import Iterator

from saas.workflow import papers
from saas.workflow.papers import Fault, Forms
from saas.workflow.process import Definition
from saas.workflow.process_parts import Figure

NUMBER = re.compile(r"(?:[A-Z0-9-]|\{year\}|\{n(?::0[1-9])?\})+")
"""How a case number may be made up; it stands in addresses and is read aloud."""
CITIZEN = "citizen"


def faults(definition: Definition, forms: Forms) -> Iterator[Fault]:
    """Every fault and doubt of documents, number, page and figures."""
    yield from papers.faults(definition, forms)
    yield from _number(definition.number)
    yield from _page(definition)
    for figure in definition.figures:
        yield from _figure(definition, figure, forms)


def _number(pattern: str | None) -> Iterator[Fault]:
    if pattern is None:
        return
    if not NUMBER.fullmatch(pattern):
        yield "PP905", "error", "number", "案件编号只能用大写字母、数字、短横线、{year} 和 {n}，例如 XS{year}-{n:04}"
    elif "{n" not in pattern or "{year}" not in pattern:
        yield "PP905", "error", "number", "案件编号里要有年度 {year} 和流水号 {n}，否则编号会重复"


def _page(definition: Definition) -> Iterator[Fault]:
    page = definition.page
    if page is None:
        return
    way = definition.find_way(page.way)
    if way is None or CITIZEN not in way.by:
        yield (
            "PP906",
            "error",
            "page",
            f"群众不能用“{way.title if way else page.way}”提出申请，请改选一种群众可以用的方式",
        )


def _figure(definition: Definition, figure: Figure, forms: Forms) -> Iterator[Fault]:
    place = f"figures.{figure.code}"
    known = {step.id for step in papers.steps_of(definition)}
    for event in figure.event:
        if event not in known:
            yield "PP907", "error", place, f"没有环节“{event}”，指标“{figure.title}”数不出来，请改选"
    if figure.amount_field is None:
        return
    field = papers.fields_of(definition, forms).get(figure.amount_field)
    if field is None or field.type != "money" or field.store != "case" or field.sensitive:
        yield "PP908", "error", place, f"指标“{figure.title}”要合计的须是随案件保存、不设为敏感的金额，请改选"

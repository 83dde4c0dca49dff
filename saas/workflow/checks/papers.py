"""Whether a document of the city's own finds what it prints (PU603)."""

import re
from collections.abc import Iterator

from saas.workflow.checks.matter import Matter, Step
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process import Paper

_ANSWER = re.compile(r"\{form\.([A-Za-z0-9_]+)[^{}]*\}")


def check(matter: Matter) -> Iterator[Problem]:
    """Blanks that no step fills, or that may stay empty."""
    for paper in matter.definition.papers:
        steps = [step for _, step in matter.steps() if paper.code in step.documents]
        if not steps:
            yield warning("PU603", f"papers.{paper.code}", f"没有一个步骤出具“{paper.title}”，请在步骤中选用或者删除")
        for step in steps:
            yield from _blanks(matter, paper, step)


def _blanks(matter: Matter, paper: Paper, step: Step) -> Iterator[Problem]:
    fields = {one.id: one for one in matter.fields_of(step)}
    place = f"papers.{paper.code}"
    for name in sorted({name for text in paper.paragraphs for name in _ANSWER.findall(text)}):
        if name not in fields:
            words = f"“{paper.title}”要填“{name}”，但“{step.title}”的表单没有这个字段，请改正"
            yield error("PU603", place, words)
        elif not fields[name].required or fields[name].show_if:
            words = f"“{fields[name].label}”可以不填，“{paper.title}”里会留下空白，请改为必填"
            yield warning("PU603", place, words)

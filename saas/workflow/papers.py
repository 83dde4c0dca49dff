"""What a document of the city's own may name in its paragraphs, and what is wrong with what it names."""

import re
from collections.abc import Iterator, Mapping

from saas.fields.form import FieldDefinition, FormDefinition
from saas.workflow.process import Definition, Transition, Way
from saas.workflow.process_parts import Paper

NAMES: Mapping[str, str] = {
    "case.number": "案件编号",
    "case.title": "案件名称",
    "case.opened_on": "收件日期",
    "case.handler": "承办人",
    "case.area_name": "所在地区",
    "party.applicant": "申请人姓名",
    "party.respondent": "对方姓名",
    "document.number": "文书编号",
    "unit.name": "承办机构",
    "unit.phone": "承办机构电话",
    "today": "制作日期",
}
"""What documents may name, with its name for people; a side only where it is asked for. Besides, `form.` and an id."""
FORM = "form."
CASE = "case."
SURE = frozenset(NAMES) - {"party.applicant", "party.respondent"}
"""Names that always have a value."""
_NAME = re.compile(r"\{([^{}]*)\}")
_PARTY = {"party.applicant": "applicant", "party.respondent": "respondent"}

Fault = tuple[str, str, str, str]
"""Code, severity, place and sentence."""
Forms = Mapping[str, FormDefinition]
Step = Way | Transition


def names_in(paragraph: str) -> list[str]:
    """The names between braces, in their order, each as it is written."""
    return [found.strip() for found in _NAME.findall(paragraph)]


def fill(paragraph: str, values: Mapping[str, str]) -> str:
    """The paragraph with its names replaced; what has no value leaves a gap to be filled in by hand."""
    return _NAME.sub(lambda found: values.get(found[1].strip()) or "＿＿＿＿", paragraph)


def in_words(text: str, known: Mapping[str, str]) -> str:
    """The text with the names people know between the braces."""
    words = _words(known)
    return _NAME.sub(lambda found: "{" + words.get(found[1].strip(), found[1]) + "}", text)


def in_names(text: str, known: Mapping[str, str]) -> str:
    """The same the other way round; what is not known stays as it was written."""
    names = {word: name for name, word in _words(known).items()}
    return _NAME.sub(lambda found: "{" + names.get(found[1].strip(), found[1].strip()) + "}", text)


def offered(known: Mapping[str, str]) -> list[str]:
    """The names people can write between braces, each once."""
    return list(dict.fromkeys(_words(known).values()))


def _words(known: Mapping[str, str]) -> dict[str, str]:
    """A word for each name; where two would have the same word the later one's is its name."""
    words: dict[str, str] = {}
    for name, label in known.items():
        word = label.translate({ord("{"): None, ord("}"): None})
        words[name] = word if word not in words.values() else name
    return words


def fields_of(definition: Definition, forms: Forms) -> dict[str, FieldDefinition]:
    """The questions of all forms the process asks, by id; of those with one id the first."""
    found: dict[str, FieldDefinition] = {}
    for step in steps_of(definition):
        for field in fields_at(step, forms):
            found.setdefault(field.id, field)
    return found


def known_names(definition: Definition, forms: Forms) -> dict[str, str]:
    """Everything a document of the process may name, with its name for people."""
    fields = fields_of(definition, forms)
    sides = {(field.party, field.attr) for field in fields.values()}
    return {
        **{name: title for name, title in NAMES.items() if name in SURE or (_PARTY[name], "name") in sides},
        **{FORM + id_: field.label for id_, field in fields.items()},
        **{CASE + id_: field.label for id_, field in fields.items() if field.store == "case"},
    }


def steps_of(definition: Definition) -> tuple[Step, ...]:
    """The ways of opening, then every step."""
    return (*definition.opens, *definition.all_transitions)


def fields_at(step: Step, forms: Forms) -> tuple[FieldDefinition, ...]:
    """What a step asks."""
    return forms[step.form].fields if step.form is not None and step.form in forms else ()


def asking(definition: Definition, forms: Forms, name: str) -> Step | None:
    """The first step that asks for what a document names, if any does."""
    steps = steps_of(definition)
    return next((one for one in steps if any(_gives(field, field.id, name) for field in fields_at(one, forms))), None)


def faults(definition: Definition, forms: Forms) -> Iterator[Fault]:
    """Every fault and doubt of the documents, one place each."""
    known = known_names(definition, forms)
    for paper in definition.papers:
        place = f"papers.{paper.code}"
        if [one.code for one in definition.papers].count(paper.code) > 1:
            yield "PP902", "error", place, f"文书代码“{paper.code}”重复，请改用另一个代码"
        if all(paper.code not in step.documents for step in steps_of(definition)):
            yield "PP903", "warning", place, f"没有任何环节制作《{paper.title}》，请在一个环节选上它，或者删除"
        yield from _written(paper, place, known)
        yield from _empty(definition, paper, place, forms)


def _written(paper: Paper, place: str, known: Mapping[str, str]) -> Iterator[Fault]:
    for name in dict.fromkeys(name for text in paper.paragraphs for name in names_in(text)):
        if name not in known:
            yield "PP901", "error", place, f"《{paper.title}》里的“{{{name}}}”不是可以填入的内容，请从列表中选择"
    if any(mark in _NAME.sub("", text) for text in paper.paragraphs for mark in "{}"):
        yield "PP901", "error", place, f"《{paper.title}》里的花括号没有成对，请补全或者删除"
    if not any(text.strip() for text in paper.paragraphs):
        yield "PP904", "error", place, f"《{paper.title}》还没有正文，请填写"


def _empty(definition: Definition, paper: Paper, place: str, forms: Forms) -> Iterator[Fault]:
    """Names that may have no value yet where the document is made: it could not be issued then."""
    fields = fields_of(definition, forms)
    for name in dict.fromkeys(name for text in paper.paragraphs for name in names_in(text)):
        wanted = frozenset(id_ for id_, field in fields.items() if _gives(field, id_, name))
        for step in steps_of(definition):
            if paper.code in step.documents and wanted and _avoidable(definition, step, wanted, forms):
                said = (
                    f"办理“{step.title}”时“{fields[min(wanted)].label}”可能还没有填写，《{paper.title}》会制作不出来；"
                )
                yield "PU603", "warning", place, f"{said}请把它设为必填，或者从正文中去掉"


def _gives(field: FieldDefinition, id_: str, name: str) -> bool:
    party = _PARTY.get(name)
    return (field.party, field.attr) == (party, "name") if party else name in {FORM + id_, CASE + id_}


def _avoidable(definition: Definition, step: Step, wanted: frozenset[str], forms: Forms) -> bool:
    """Whether the step can be come to, and taken, without an answer to any of the questions."""

    def surely_asks(one: Step) -> bool:
        return any(f.id in wanted and f.required and not f.show_if for f in fields_at(one, forms))

    if surely_asks(step):
        return False
    if isinstance(step, Way):
        return True
    reached = {way.to for way in definition.opens if not surely_asks(way)}
    grown = True
    while grown:
        further = {one.to for one in definition.transitions if reached & {*one.sources} and not surely_asks(one)}
        grown = not further <= reached
        reached |= further
    return bool(reached & {*step.sources})

"""What is wrong with the questions of a process: every fault with its code and place, FM701 to FM714."""

import re
from collections.abc import Collection, Iterator, Mapping

from saas.fields.form import CHOICES, FieldDefinition, FormDefinition
from saas.workflow.forms import extended
from saas.workflow.papers import steps_of
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process import Definition

CITIZEN = "citizen"
MOST_ON_A_PAGE = 12
CITY_LIST = "own."
CITY_CODE = re.compile(r"x[0-9]+")
"""Lists and entries a city made itself are not known here."""
YES_NO = ("true", "false")
Lists = Mapping[str, Collection[str]]


def check_forms(
    definition: Definition,
    forms: Mapping[str, FormDefinition],
    form_codes: Collection[str],
    lists: Lists,
) -> Iterator[Problem]:
    """Every problem of the questions a process asks.

    Args:
        definition: What is to be published.
        forms: The forms of its line of work and its own, by key, without the questions a city adds.
        form_codes: The codes of the documents it can issue.
        lists: The codes of the code lists, by list.
    """
    steps = steps_of(definition)
    asked = {key: [step for step in steps if step.form == key] for key in (step.form for step in steps) if key}
    yield from _own_keys(definition, forms, asked)
    yield from _added(definition, forms, asked)
    whole = {key: _whole(definition, forms[key]) for key in asked if key in forms}
    for key, form in whole.items():
        own = _own_ids(definition, key)
        yield from _questions(form, own, form_codes, lists)
        if any(CITIZEN in step.by for step in asked[key]):
            yield from _crowded(form, own)


def _whole(definition: Definition, form: FormDefinition) -> FormDefinition:
    """The form with what the city adds."""
    return extended(form, definition.extra_fields.get(form.key, ()))


def _own_ids(definition: Definition, key: str) -> frozenset[str]:
    if key in definition.forms:
        return frozenset(definition.forms[key].field_ids)
    return frozenset(one.field.id for one in definition.extra_fields.get(key, ()))


def _own_keys(definition: Definition, forms: Mapping[str, FormDefinition], asked: Collection[str]) -> Iterator[Problem]:
    for key, form in definition.forms.items():
        place = f"forms.{key}"
        if forms.get(key, form) is not form:
            yield error("FM713", place, f"表单“{form.title}”的编号与规定的表单相同，不能代替它，请换一个编号")
        if key not in asked:
            yield warning("FM712", place, f"没有步骤使用表单“{form.title}”，请指定给某个步骤，或者删除它")


def _added(definition: Definition, forms: Mapping[str, FormDefinition], asked: Collection[str]) -> Iterator[Problem]:
    """Questions added to a form of the line of work: to one that is asked, in a place that is there, under a new id."""
    for key, extra in definition.extra_fields.items():
        form = forms.get(key)
        if form is None or key not in asked:
            yield error("FM707", f"forms.{key}", "给一份没有步骤使用的表单添加了问题，请改为添加到使用中的表单")
            continue
        taken = {name for other in forms.values() for name in other.field_ids}
        for one in extra:
            yield from _one_added(f"forms.{key}.{one.field.id}", one.page, one.field, form, taken)
            taken.add(one.field.id)


def _one_added(
    place: str, page: str, field: FieldDefinition, form: FormDefinition, taken: Collection[str]
) -> Iterator[Problem]:
    if field.id in taken:
        yield error("FM702", place, f"“{field.label}”的编号“{field.id}”与另一个问题相同，请删除后重新添加")
    if field.party:
        yield error("FM709", place, f"“{field.label}”不能填入当事人信息，规定的表单已经问过当事人，请改为普通问题")
    if page not in {one.id for one in form.pages}:
        yield warning("FM711", place, f"“{field.label}”原来所在的页已经没有了，会显示在最后一页，请重新放置")


def _questions(
    form: FormDefinition, own: Collection[str], form_codes: Collection[str], lists: Lists
) -> Iterator[Problem]:
    seen: dict[str, FieldDefinition] = {}
    labels: set[str] = set()
    for one in form.fields:
        if one.id in own:
            place = f"forms.{form.key}.{one.id}"
            yield from _words(place, one, labels)
            yield from _choices(place, one, lists)
            yield from _condition(place, one, seen, lists)
            yield from _prints(place, one, form_codes)
        seen[one.id] = one
        labels.add(one.label)


def _words(place: str, one: FieldDefinition, labels: Collection[str]) -> Iterator[Problem]:
    if not one.label.strip():
        yield error("FM701", place, "这个问题没有写明问什么，请填写")
    elif one.label in labels:
        yield warning("FM708", place, f"同一份表单里有两个“{one.label}”，请改名区分")


def _choices(place: str, one: FieldDefinition, lists: Lists) -> Iterator[Problem]:
    if one.type not in CHOICES:
        return
    if one.list and one.list not in lists and not one.list.startswith(CITY_LIST):
        yield error("FM710", place, f"“{one.label}”用的代码表“{one.list}”不存在，请另选")
    values = [value for value, _ in one.options]
    if len(set(values)) < len(values):
        yield error("FM702", place, f"“{one.label}”有两个选项的值相同，请删除其中一个")


def _condition(
    place: str, one: FieldDefinition, seen: Mapping[str, FieldDefinition], lists: Lists
) -> Iterator[Problem]:
    for name, wanted in (one.show_if or {}).items():
        if name not in seen:
            yield error("FM703", place, f"“{one.label}”的显示条件取决于“{name}”，它没有排在前面，请调整顺序或者条件")
            continue
        possible, other = _possible(seen[name], lists), seen[name].label
        if possible is not None and not any(value in possible or CITY_CODE.fullmatch(value) for value in wanted):
            yield error("FM704", place, f"“{one.label}”的显示条件永远不成立：“{other}”没有这个选项，请改正")


def _possible(field: FieldDefinition, lists: Lists) -> set[str] | None:
    """The values a question can have; None where they cannot be listed."""
    if field.type == "boolean":
        return set(YES_NO)
    if field.list:
        return set(lists[field.list]) if field.list in lists else None
    return {value for value, _ in field.options} or None


def _prints(place: str, one: FieldDefinition, form_codes: Collection[str]) -> Iterator[Problem]:
    for code in one.documents or ():
        if code not in form_codes:
            yield error("FM705", place, f"“{one.label}”要印在文书“{code}”上，没有这种文书，请另选")


def _crowded(form: FormDefinition, own: Collection[str]) -> Iterator[Problem]:
    """A page that a citizen meets; what the line of work itself asks there is its own affair."""
    for page in form.pages:
        if len(page.fields) > MOST_ON_A_PAGE and any(one.id in own for one in page.fields):
            said = f"“{page.title}”页有{len(page.fields)}个问题，群众一页最多填{MOST_ON_A_PAGE}个，请分成两页"
            yield warning("FM714", f"forms.{form.key}", said)

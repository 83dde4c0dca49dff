"""Whether the answers of a played step are answers its form could have given."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from saas.fields.form import CHOICES, FieldDefinition, FormDefinition
from saas.workflow.engine import Reason
from saas.workflow.simulation.acts import FILES

# Neither is a question of a form: the remark every step may carry, and the material that is there.
_ALWAYS = frozenset({"comment", FILES})


def faults(form: FormDefinition | None, answers: Mapping[str, Any]) -> list[Reason]:
    """What no browser could have sent: a question the form has not, a value its type does not know.

    Questions left open are no fault: an example says only what matters to it.
    """
    asked = {field.id: field for field in form.fields} if form else {}
    found = [_fault(asked.get(name), name, value) for name, value in answers.items() if name not in _ALWAYS]
    return [reason for reason in (*found, _of_files(answers.get(FILES))) if reason is not None]


def _fault(field: FieldDefinition | None, name: str, value: object) -> Reason | None:
    if field is None:
        return Reason("answer", f"这一步的表单里没有“{name}”这一项，请从场景中删去，或者改用现有的项目。", field=name)
    if value is None or _fits(field, value):
        return None
    return Reason("answer", f"“{field.label}”不能是“{value}”，请按表单的要求改正。", field=name)


def _of_files(value: object) -> Reason | None:
    if value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return None
    return Reason("answer", "材料请写成类别的列表。", field=FILES)


def _fits(field: FieldDefinition, value: object) -> bool:
    if field.type in CHOICES and field.options:
        return _chosen(field, value)
    return _KINDS.get(field.type, _is_text)(value)


def _chosen(field: FieldDefinition, value: object) -> bool:
    several = field.type == "multichoice"
    given = value if several and isinstance(value, list) else [value]
    return isinstance(value, list) == several and {str(one) for one in given} <= {one for one, _ in field.options}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_day(value: object) -> bool:
    return _reads(date.fromisoformat, value)


def _is_moment(value: object) -> bool:
    return _reads(datetime.fromisoformat, value)


def _reads(read: Callable[[str], object], value: object) -> bool:
    try:
        return isinstance(value, str) and bool(read(value))
    except ValueError:
        return False


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "integer": _is_number,
    "money": _is_number,
    "boolean": _is_yes_or_no,
    "date": _is_day,
    "birth": _is_day,
    "datetime": _is_moment,
    "multichoice": _are_texts,
    "person": _are_texts,
    "file": _are_texts,
}

"""The questions of the administrators' forms, as the field component draws them."""

from collections.abc import Sequence

from saas.fields.views import FieldView
from saas.identity.models import Role
from saas.organisation import queries as organisation
from saas.organisation.models import Unit

LABELS = (("0", "一般"), ("1", "敏感"), ("2", "重要"))
LONGEST = 60  # characters of a name
REASON = 200  # characters of a reason


def text(name: str, label: str, value: str = "", *, hint: str | None = None, longest: int = LONGEST) -> FieldView:
    """A line of text that has to be filled in."""
    return FieldView(name, name, label, "text", value, hint=hint, required=True, maxlength=longest)


def reason(value: str = "") -> FieldView:
    """Why something is asked for."""
    hint = "审批人据此决定是否同意，例如“新任所长，见任职文件”。"
    return text("reason", "理由", value, hint=hint, longest=REASON)


def choice(name: str, label: str, options: Sequence[tuple[str, str]], value: str = "") -> FieldView:
    """A choice from a list."""
    return FieldView(name, name, label, "choice", value, options=[("", "请选择"), *options], required=True)


def ticks(name: str, label: str, options: Sequence[tuple[str, str]], value: list[str]) -> FieldView:
    """Several of a list."""
    return FieldView(name, name, label, "multichoice", value, options=options, required=True)


def units(scopes: Sequence[str]) -> list[tuple[str, str]]:
    """The bodies inside some units by code and name."""
    return [(unit.code, unit.name) for unit in bodies(scopes)]


def bodies(scopes: Sequence[str]) -> list[Unit]:
    """The bodies inside some units."""
    return [unit for scope in scopes for unit in organisation.list_bodies(scope)]


def roles(known: Sequence[Role]) -> list[tuple[str, str]]:
    """Roles by code and title."""
    return [(role.code, role.title) for role in known]


def shown(field: FieldView, errors: dict[str, str]) -> FieldView:
    """The field with its fault, when it has one."""
    return FieldView(**{**vars(field), "error": errors.get(field.name)})

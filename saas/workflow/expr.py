"""Guards in CEL: typed when compiled, bounded when run, and only a real yes counts as yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from saas.workflow import expr_words

TYPES = ("int", "bool", "string", "date", "list")
MOST_CHARACTERS = 1000
_MOST_ITEMS = 1000
# Without `map` a short expression cannot build a long list, without `matches` no pattern is run.
_CONFIG = "stdlib: {exclude_macros: [map], exclude_functions: [{name: matches}]}"
_EMPTY: dict[str, Any] = {"int": 0, "bool": False, "string": "", "date": "", "list": []}


class GuardError(ValueError):
    """A guard that does not compile, or does not come to yes or no; the message is Chinese.

    `kind` is `name` or `type` for what it names, `size` for bombs, `result`, `syntax`, or `run`.
    """

    def __init__(self, message: str, kind: str = "run") -> None:
        """Refuse with a sentence."""
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Guard:
    """A compiled expression over declared variables (name → one of `TYPES`)."""

    source: str
    variables: tuple[tuple[str, str], ...]
    expression: cel.Expression


def compile_guard(source: str, variables: Mapping[str, str]) -> Guard:
    """Compile an expression; unknown names and wrong types are a GuardError with the place."""
    found = _compile(source, tuple(sorted(variables.items())))
    if isinstance(found, GuardError):
        raise GuardError(str(found), found.kind)
    return found


@lru_cache(maxsize=4096)
def _compile(source: str, variables: tuple[tuple[str, str], ...]) -> Guard | GuardError:
    """The guard or its fault, which is remembered too: a run over many cases asks for names it does not have."""
    try:
        return _compiled(source, variables)
    except GuardError as error:
        return GuardError(str(error), error.kind)


def _compiled(source: str, variables: tuple[tuple[str, str], ...]) -> Guard:
    if len(source) > MOST_CHARACTERS:
        raise GuardError(f"条件太长，最多{MOST_CHARACTERS}个字，请拆成几条", "size")
    try:
        expression = _environment(variables).compile(source)
    except RuntimeError as error:
        raise GuardError(*expr_words.translate(str(error), source, [name for name, _ in variables])) from error
    if expression.return_type() != cel.Type.BOOL:
        raise GuardError("算出来的不是“是”或“否”，请写成一个判断，例如 case.n > 0", "result")
    return Guard(source, variables, expression)


@lru_cache(maxsize=64)
def _environment(variables: tuple[tuple[str, str], ...]) -> cel.Env:
    declared = {name: _cel_type(kind) for name, kind in variables}
    declared |= {f"has.{name}": cel.Type.BOOL for name, _ in variables}
    return cel.NewEnv(config=cel.NewEnvConfigFromYaml(_CONFIG), variables=declared)


def _cel_type(kind: str) -> cel.Type:
    """Days are compared as their ISO text, which sorts as days do."""
    if kind == "list":
        return cel.Type.List(cel.Type.STRING)
    return {"int": cel.Type.INT, "bool": cel.Type.BOOL}.get(kind, cel.Type.STRING)


def evaluate(guard: Guard, values: Mapping[str, Any]) -> bool:
    """Whether the guard holds; a value that is missing is empty, and `has.<name>` says so.

    A fault while running is a GuardError, never a yes.
    """
    data: dict[str, Any] = {}
    for name, kind in guard.variables:
        value = values.get(name)
        data[f"has.{name}"] = value is not None
        data[name] = _EMPTY[kind] if value is None else value
        if kind == "list" and len(data[name]) > _MOST_ITEMS:
            raise GuardError(f"{name}超过{_MOST_ITEMS}项，无法核对")
    try:
        result = guard.expression.eval(data=data)
    except (RuntimeError, TypeError) as error:
        raise GuardError(str(error)) from error
    # A fault comes back as a value, and its text would be true in Python.
    if result.type() != cel.Type.BOOL:
        raise GuardError(str(result.plain_value()))
    return bool(result.plain_value())

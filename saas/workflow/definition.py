"""Reads process definitions of the format casework/1: shape only, the sense is checked by `checks`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from saas import strict_yaml
from saas.workflow import expr, shape
from saas.workflow.checks import check
from saas.workflow.definition_clocks import ClockSchema, InvariantSchema
from saas.workflow.definition_parts import (
    ID,
    DecisionSchema,
    ExtraFieldSchema,
    FigureSchema,
    OwnForm,
    PaperSchema,
    ParamSchema,
    Part,
    PublicPageSchema,
    ScenarioSchema,
    words,
)
from saas.workflow.definition_steps import StateSchema, TransitionSchema, WaySchema, verbs
from saas.workflow.merge import OverlayError, merge
from saas.workflow.problem import Problem, error
from saas.workflow.process import OWN, Definition, Region, State, Way, own_line

__all__ = ["Definition", "DefinitionError", "OverlayError", "Problem", "check", "load", "merge", "parse", "read_text"]

FORMAT = "casework/1"
MOST_STEPS = 1000
"""More steps than any office has; a definition with more is a mistake or an attack."""
_FROM = re.compile(r"""(?:^|[\s{,"'])from["']?\s*:""")
"""What every step has once."""


class DefinitionError(ValueError):
    """A definition whose shape is wrong; the message names the places, `problems` tells each of them."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        """Refuse with all the places at once."""
        super().__init__(message)
        self.problems = list(problems) or [error("WF000", "definition", message)]


def load(path: Path) -> dict[str, Any]:
    """The plain body of a definition or of a local overlay."""
    try:
        return strict_yaml.read(path)
    except strict_yaml.StrictYamlError as fault:
        raise _unreadable(fault) from fault


def read_text(text: str) -> dict[str, Any]:
    """The plain body in a text somebody handed in; bounded in size and depth.

    Raises:
        DefinitionError: It is not YAML, or repeats keys, or uses aliases; every place is told.
    """
    _check_count("transitions", len(_FROM.findall(text)))  # before reading, which takes long then
    try:
        return strict_yaml.read_text(text)
    except strict_yaml.StrictYamlError as fault:
        raise _unreadable(fault) from fault


def _unreadable(fault: strict_yaml.StrictYamlError) -> DefinitionError:
    return DefinitionError(str(fault), [error("WF000", place, f"{what}。") for place, what in fault.places])


def parse(body: dict[str, Any]) -> Definition:
    """The typed definition of a merged body; unknown keys and missing ones are a DefinitionError."""
    _check_size(body)
    try:
        definition: Definition = _DefinitionSchema().load(body)
    except ValidationError as fault:
        problems = shape.problems(fault.messages, body, _known_names())
        told = "；".join(f"{problem.place}：{problem.message}" for problem in problems)
        raise DefinitionError(f"{body.get('key')}：{told}", problems) from fault
    return replace(definition, body=body)


def _check_size(body: dict[str, Any]) -> None:
    for name in ("transitions", "states"):
        part = body.get(name)
        if isinstance(part, list | dict):
            _check_count(name, len(part))


def _check_count(name: str, count: int) -> None:
    if count > MOST_STEPS:
        message = f"共有{count}项，一个流程最多{MOST_STEPS}项，请拆成几个流程"
        raise DefinitionError(f"{name}：{message}", [error("WF000", name, message)])


@cache
def _known_names() -> frozenset[str]:
    """All names the format has."""
    waiting, names = [Part], set[str]()
    while waiting:
        schema = waiting.pop()
        waiting += schema.__subclasses__()
        names |= {field.data_key or name for name, field in schema().fields.items()}
    return frozenset(names)


class _BaseSchema(Part):
    key = fields.String(required=True)
    version = fields.Integer(required=True, strict=True)


class _DefinitionSchema(Part):
    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    key = fields.String(required=True)
    title = fields.String(required=True)
    version = fields.Integer(required=True, strict=True)
    base = fields.Nested(_BaseSchema)
    law = fields.String(load_default=None)
    initial = fields.String(required=True)
    domain = fields.String(required=True)
    roles = fields.Dict(keys=fields.String(validate=ID), values=fields.String(), required=True)
    opens = fields.List(fields.Nested(WaySchema), required=True)
    states = fields.Dict(keys=fields.String(validate=ID), values=fields.Nested(StateSchema), required=True)
    transitions = fields.List(fields.Nested(TransitionSchema), required=True)
    clocks = fields.Dict(keys=fields.String(validate=ID), values=fields.Nested(ClockSchema))
    invariants = fields.List(fields.Nested(InvariantSchema))
    phases = words()
    variables = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf(expr.TYPES)), data_key="fields"
    )
    verbs = verbs()
    decisions = fields.Dict(keys=fields.String(validate=ID), values=fields.Nested(DecisionSchema))
    params = fields.Dict(keys=fields.String(validate=ID), values=fields.Nested(ParamSchema))
    forms = fields.List(OwnForm())
    extra_fields = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(ExtraFieldSchema)))
    papers = fields.List(fields.Nested(PaperSchema))
    figures = fields.List(fields.Nested(FigureSchema))
    page = fields.Nested(PublicPageSchema)
    number = fields.String()
    scenarios = fields.List(fields.Nested(ScenarioSchema))
    layout = fields.Dict(keys=fields.String(), values=fields.Tuple((fields.Integer(), fields.Integer())))

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Definition:
        keys = [form.key for form in data.get("forms", ())]
        if repeated := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValidationError(f"表单编号“{'、'.join(repeated)}”重复，请改用另一个编号", "forms")
        plain = self.tupled(data)
        del plain["format"]
        ways = (self.tupled(way) for way in data["opens"])
        named = {
            name: {id_: replace(part, id=id_) for id_, part in plain.pop(name, {}).items()}
            for name in ("decisions", "params")
        }
        return Definition(
            fields=plain.pop("variables", {}),
            domain=own_line(data["key"]) if plain.pop("domain") == OWN else data["domain"],
            forms={form.key: form for form in plain.pop("forms", ())},
            extra_fields={key: tuple(some) for key, some in plain.pop("extra_fields", {}).items()},
            **plain
            | named
            | {
                "opens": tuple(Way(**{"to": data["initial"]} | way) for way in ways),
                "states": {id_: self._state(id_, part) for id_, part in data["states"].items()},
            },
        )

    def _state(self, id_: str, part: dict[str, Any]) -> State:
        regions = {one: self._region(one, inner) for one, inner in part.get("regions", {}).items()}
        return State(id=id_, **self.tupled(part) | {"regions": regions})

    def _region(self, id_: str, part: dict[str, Any]) -> Region:
        states = {one: State(id=one, **self.tupled(inner)) for one, inner in part["states"].items()}
        return Region(id=id_, **self.tupled(part) | {"states": states})

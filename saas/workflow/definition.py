"""Reads process definitions of the format casework/1: shape only, the sense is checked by `checks`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load, validate

from saas import strict_yaml
from saas.workflow import expr, shape
from saas.workflow.checks import check
from saas.workflow.definition_parts import (
    DecisionSchema,
    ExtraFieldSchema,
    FigureSchema,
    OwnForm,
    PaperSchema,
    ParamSchema,
    Part,
    PublicPageSchema,
    ScenarioSchema,
)
from saas.workflow.merge import OverlayError, merge
from saas.workflow.problem import Problem, error
from saas.workflow.process import (
    OWN,
    VERBS,
    Assignment,
    Definition,
    Guard,
    Invariant,
    Message,
    Region,
    Sign,
    State,
    Transition,
    Way,
    own_line,
)

__all__ = ["Definition", "DefinitionError", "OverlayError", "Problem", "check", "load", "merge", "parse", "read_text"]

FORMAT = "casework/1"
MOST_STEPS = 1000
"""More steps than any office has; a definition with more is a mistake or an attack."""
_FROM = re.compile(r"""(?:^|[\s{,"'])from["']?\s*:""")
"""What every step has once."""
_ID = validate.Regexp(r"[a-z][a-z0-9_]*\Z")
_PERCENT = validate.Regexp(r"(100|[1-9]?[0-9])%\Z")


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


def _words(**options: Any) -> fields.List[str]:  # noqa: ANN401  marshmallow's own options
    return fields.List(fields.String(), **options)


class _GuardSchema(Part):
    that = fields.String(required=True)
    refuse = fields.String(required=True)
    law = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Guard:
        return Guard(**data)


class _MessageSchema(Part):
    to = fields.String(required=True, validate=validate.OneOf(["citizen", "handler", "queue"]))
    title = fields.String(required=True)
    body = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Message:
        return Message(**data)


def _verbs() -> fields.List[str]:
    return fields.List(fields.String(validate=validate.OneOf(VERBS)))


class _InnerStateSchema(Part):
    """A state inside a region; a state of the process may have regions besides."""

    title = fields.String(required=True)
    public = fields.String()
    next = fields.String()
    queue = _words()
    handler = fields.Boolean()
    end = fields.Boolean()
    phase = fields.String()
    outcome = fields.String()
    verbs = _verbs()


class _StepSchema(Part):
    """What ways and transitions have in common."""

    id = fields.String(required=True, validate=_ID)
    title = fields.String(required=True)
    by = _words(required=True, validate=validate.Length(min=1))
    form = fields.String()
    documents = _words()
    when = fields.List(fields.Nested(_GuardSchema))
    law = fields.String()
    checks = _words()
    message = fields.Nested(_MessageSchema)

    @pre_load
    def one_guard(self, data: dict[str, Any], **_kwargs: object) -> dict[str, Any]:
        """A bare expression is short for one guard with a plain refusal."""
        if isinstance(data.get("when"), str):
            refuse = f"还不具备办理“{data.get('title')}”的条件。"
            return {**data, "when": [{"that": data["when"], "refuse": refuse}]}
        return data


class _WaySchema(_StepSchema):
    form = fields.String(required=True)
    to = fields.String()
    source = fields.String()


class _FlagsSchema(Part):
    set = _words()
    clear = _words()


class _SignSchema(Part):
    by = _words(required=True, validate=validate.Length(min=1))
    mode = fields.String(load_default="all", validate=validate.OneOf(["all", "any", "sequence", "ratio"]))
    ratio = fields.Integer(strict=True, load_default=100, validate=validate.Range(min=1, max=100))

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Sign:
        return Sign(**self.tupled(data))


class _AssignmentSchema(Part):
    role = fields.String(required=True)
    strategy = fields.String(load_default="load", validate=validate.OneOf(["load", "rotation", "draw"]))
    skill = fields.String()
    area = fields.Boolean(load_default=False)
    cap = fields.Integer(strict=True, validate=validate.Range(min=1))

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Assignment:
        return Assignment(**data)


class _TransitionSchema(_StepSchema):
    sources = fields.Raw(required=True, data_key="from")
    to = fields.String(required=True)
    reserved = fields.String(data_key="only", validate=validate.Equal("handler"))
    not_same_as = _words()
    assign = fields.String()
    flags = fields.Nested(_FlagsSchema)
    confirm = fields.String()
    primary = fields.Boolean()
    quiet = fields.Boolean()
    comment = fields.String(validate=validate.OneOf(["required", "optional"]))
    file = fields.String()
    sign = fields.Nested(_SignSchema)
    propose = fields.Nested(_AssignmentSchema)
    cancel = fields.Boolean()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Transition:
        flags = data.pop("flags", {})
        plain = self.tupled(data)
        sources = plain.pop("sources")
        return Transition(
            sources=(sources,) if isinstance(sources, str) else sources,
            only=plain.pop("reserved", None),
            set_flags=tuple(flags.get("set", ())),
            clear_flags=tuple(flags.get("clear", ())),
            **plain,
        )


class _RegionSchema(Part):
    title = fields.String(required=True)
    initial = fields.String(required=True)
    final = _words(required=True, validate=validate.Length(min=1))
    states = fields.Dict(keys=fields.String(validate=_ID), values=fields.Nested(_InnerStateSchema), required=True)
    transitions = fields.List(fields.Nested(_TransitionSchema), required=True)


class _StateSchema(_InnerStateSchema):
    regions = fields.Dict(keys=fields.String(validate=_ID), values=fields.Nested(_RegionSchema))


class _ExtendSchema(Part):
    on = fields.String(required=True)
    field = fields.String()
    max = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    times = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=1))
    law = fields.String()


class _AlsoSchema(Part):
    n = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=3660))
    unit = fields.String(required=True, validate=validate.OneOf(["day", "workday", "month"]))
    law = fields.String(required=True)


class _PromiseSchema(Part):
    n = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=3660))
    on = _words(required=True, validate=validate.Length(min=1))
    law = fields.String()


class _ClockSchema(Part):
    title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["duty", "right", "notice", "fixed"]))
    n = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=0, max=3660))
    setting = fields.String()
    unit = fields.String(required=True, validate=validate.OneOf(["day", "workday", "month", "hour"]))
    start = _words(required=True, validate=validate.Length(min=1))
    stop = _words(load_default=list)
    pause = _words(load_default=list)
    resume = _words(load_default=list)
    extend = fields.Nested(_ExtendSchema)
    also = fields.Nested(_AlsoSchema)
    promise = fields.Nested(_PromiseSchema)
    since = fields.String(data_key="from")
    until = fields.String()
    given = fields.Dict(keys=fields.String(validate=_ID), values=fields.String())
    warn = fields.List(fields.String(validate=_PERCENT), load_default=list)
    law = fields.String()
    verified = fields.Boolean(load_default=False)
    roll = fields.Boolean(load_default=True)
    public = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> dict[str, Any]:
        """The rule stays a plain mapping: a running clock keeps its own copy of it."""
        if data.get("n") is None and "setting" not in data:
            raise ValidationError("n or setting is needed", "n")
        if "promise" in data and data.get("n") is not None and data["promise"]["n"] > data["n"]:
            raise ValidationError("what is promised is later than the limit", "promise")
        since = data.pop("since", None)
        return data if since is None else {**data, "from": since}


class _InvariantSchema(Part):
    must_pass = fields.Raw()
    must_pass_any = _words()
    before = fields.String()
    separate = _words(validate=validate.Length(equal=2))
    never = fields.Dict(keys=fields.String(validate=validate.OneOf(["by", "to"])), values=fields.String())
    why = fields.String()
    law = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Invariant:
        passed = [data["must_pass"]] if "must_pass" in data else data.get("must_pass_any", [])
        never = data.get("never", {})
        separate = tuple(data.get("separate", ()))
        if [bool(passed) and "before" in data, set(never) == {"by", "to"}, bool(separate)].count(True) != 1:
            raise ValidationError("one of: must_pass with before, never with by and to, separate")
        why, law = data.get("why"), data.get("law")
        return Invariant(tuple(passed), data.get("before"), **never, separate=separate, why=why, law=law)


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
    roles = fields.Dict(keys=fields.String(validate=_ID), values=fields.String(), required=True)
    opens = fields.List(fields.Nested(_WaySchema), required=True)
    states = fields.Dict(keys=fields.String(validate=_ID), values=fields.Nested(_StateSchema), required=True)
    transitions = fields.List(fields.Nested(_TransitionSchema), required=True)
    clocks = fields.Dict(keys=fields.String(validate=_ID), values=fields.Nested(_ClockSchema))
    invariants = fields.List(fields.Nested(_InvariantSchema))
    phases = _words()
    variables = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf(expr.TYPES)), data_key="fields"
    )
    verbs = _verbs()
    decisions = fields.Dict(keys=fields.String(validate=_ID), values=fields.Nested(DecisionSchema))
    params = fields.Dict(keys=fields.String(validate=_ID), values=fields.Nested(ParamSchema))
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

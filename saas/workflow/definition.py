"""Reads process definitions of the format casework/1: shape only, the sense is checked by `checks`."""

from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate

from saas import strict_yaml
from saas.workflow import expr
from saas.workflow.checks import Problem, check
from saas.workflow.merge import OverlayError, merge
from saas.workflow.process import (
    Definition,
    Guard,
    Invariant,
    Message,
    State,
    Transition,
    Way,
)

__all__ = ["Definition", "DefinitionError", "OverlayError", "Problem", "check", "load", "merge", "parse"]

FORMAT = "casework/1"
_ID = validate.Regexp(r"[a-z][a-z0-9_]*\Z")
_PERCENT = validate.Regexp(r"(100|[1-9]?[0-9])%\Z")


class DefinitionError(ValueError):
    """A definition whose shape is wrong; the message names the places."""


def load(path: Path) -> dict[str, Any]:
    """The plain body of a definition or of a local overlay."""
    try:
        return strict_yaml.read(path)
    except strict_yaml.StrictYamlError as error:
        raise DefinitionError(str(error)) from error


def parse(body: dict[str, Any]) -> Definition:
    """The typed definition of a merged body; unknown keys and missing ones are a DefinitionError."""
    try:
        definition: Definition = _DefinitionSchema().load(body)
    except ValidationError as error:
        raise DefinitionError(f"{body.get('key')}: {error.messages}") from error
    return definition


def _words(**options: Any) -> fields.List[str]:  # noqa: ANN401  marshmallow's own options
    return fields.List(fields.String(), **options)


class _Part(Schema):
    """A schema whose lists come out as tuples, as frozen values need them."""

    def tupled(self, data: dict[str, Any]) -> dict[str, Any]:
        return {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}


class _GuardSchema(_Part):
    that = fields.String(required=True)
    refuse = fields.String(required=True)
    law = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Guard:
        return Guard(**data)


class _MessageSchema(_Part):
    to = fields.String(required=True, validate=validate.OneOf(["citizen", "handler", "queue"]))
    title = fields.String(required=True)
    body = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Message:
        return Message(**data)


class _StateSchema(_Part):
    title = fields.String(required=True)
    public = fields.String()
    next = fields.String()
    queue = _words()
    handler = fields.Boolean()
    end = fields.Boolean()
    phase = fields.String()
    outcome = fields.String()


class _StepSchema(_Part):
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


class _FlagsSchema(_Part):
    set = _words()
    clear = _words()


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


class _ExtendSchema(_Part):
    on = fields.String(required=True)
    field = fields.String()
    max = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    times = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=1))
    law = fields.String()


class _ClockSchema(_Part):
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
        since = data.pop("since", None)
        return data if since is None else {**data, "from": since}


class _InvariantSchema(_Part):
    must_pass = fields.Raw()
    must_pass_any = _words()
    before = fields.String()
    never = fields.Dict(keys=fields.String(validate=validate.OneOf(["by", "to"])), values=fields.String())
    why = fields.String()
    law = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Invariant:
        passed = [data["must_pass"]] if "must_pass" in data else data.get("must_pass_any", [])
        never = data.get("never", {})
        if (bool(passed) and "before" in data) == (set(never) == {"by", "to"}):
            raise ValidationError("either must_pass with before, or never with by and to")
        return Invariant(tuple(passed), data.get("before"), **never, why=data.get("why"), law=data.get("law"))


class _BaseSchema(_Part):
    key = fields.String(required=True)
    version = fields.Integer(required=True, strict=True)


class _DefinitionSchema(_Part):
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

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Definition:
        plain = self.tupled(data)
        del plain["format"]
        ways = (self.tupled(way) for way in data["opens"])
        return Definition(
            fields=plain.pop("variables", {}),
            **plain
            | {
                "opens": tuple(Way(**{"to": data["initial"]} | way) for way in ways),
                "states": {id_: State(id=id_, **self.tupled(part)) for id_, part in data["states"].items()},
            },
        )

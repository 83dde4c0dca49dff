"""Shapes of what a definition draws: states with their regions, ways of opening, steps and what they ask for."""

from typing import Any

from marshmallow import fields, post_load, pre_load, validate

from saas.workflow.definition_parts import ID, Part, words
from saas.workflow.process import VERBS, Assignment, Guard, Message, Sign, Transition


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


def verbs() -> fields.List[str]:
    """Which verbs are on."""
    return fields.List(fields.String(validate=validate.OneOf(VERBS)))


class _InnerStateSchema(Part):
    """A state inside a region; a state of the process may have regions besides."""

    title = fields.String(required=True)
    public = fields.String()
    next = fields.String()
    queue = words()
    handler = fields.Boolean()
    end = fields.Boolean()
    phase = fields.String()
    outcome = fields.String()
    verbs = verbs()


class _StepSchema(Part):
    """What ways and transitions have in common."""

    id = fields.String(required=True, validate=ID)
    title = fields.String(required=True)
    by = words(required=True, validate=validate.Length(min=1))
    form = fields.String()
    documents = words()
    when = fields.List(fields.Nested(_GuardSchema))
    law = fields.String()
    checks = words()
    message = fields.Nested(_MessageSchema)

    @pre_load
    def one_guard(self, data: dict[str, Any], **_kwargs: object) -> dict[str, Any]:
        """A bare expression is short for one guard with a plain refusal."""
        if isinstance(data.get("when"), str):
            refuse = f"还不具备办理“{data.get('title')}”的条件。"
            return {**data, "when": [{"that": data["when"], "refuse": refuse}]}
        return data


class WaySchema(_StepSchema):
    """A way to open a case; made a value where it is known where it leads without saying so."""

    form = fields.String(required=True)
    to = fields.String()
    source = fields.String()


class _FlagsSchema(Part):
    set = words()
    clear = words()


class _SignSchema(Part):
    by = words(required=True, validate=validate.Length(min=1))
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


class TransitionSchema(_StepSchema):
    """A step of the process or of a region."""

    sources = fields.Raw(required=True, data_key="from")
    to = fields.String(required=True)
    reserved = fields.String(data_key="only", validate=validate.Equal("handler"))
    not_same_as = words()
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
        """Freeze the values; one state to leave may be written as a word."""
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
    final = words(required=True, validate=validate.Length(min=1))
    states = fields.Dict(keys=fields.String(validate=ID), values=fields.Nested(_InnerStateSchema), required=True)
    transitions = fields.List(fields.Nested(TransitionSchema), required=True)


class StateSchema(_InnerStateSchema):
    """A state of the process; its id is the key it stands under."""

    regions = fields.Dict(keys=fields.String(validate=ID), values=fields.Nested(_RegionSchema))

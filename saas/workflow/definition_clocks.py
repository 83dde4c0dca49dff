"""Shapes of the limits of a definition, and of the rules that no version may break."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from saas.workflow.definition_parts import ID, Part, words
from saas.workflow.process import Invariant

_PERCENT = validate.Regexp(r"(100|[1-9]?[0-9])%\Z")


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
    on = words(required=True, validate=validate.Length(min=1))
    law = fields.String()


class ClockSchema(Part):
    """A limit; its id is the key it stands under."""

    title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["duty", "right", "notice", "fixed"]))
    n = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=0, max=3660))
    setting = fields.String()
    unit = fields.String(required=True, validate=validate.OneOf(["day", "workday", "month", "hour"]))
    start = words(required=True, validate=validate.Length(min=1))
    stop = words(load_default=list)
    pause = words(load_default=list)
    resume = words(load_default=list)
    extend = fields.Nested(_ExtendSchema)
    also = fields.Nested(_AlsoSchema)
    promise = fields.Nested(_PromiseSchema)
    since = fields.String(data_key="from")
    until = fields.String()
    given = fields.Dict(keys=fields.String(validate=ID), values=fields.String())
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


class InvariantSchema(Part):
    """One of the three rules that every version has to keep."""

    must_pass = fields.Raw()
    must_pass_any = words()
    before = fields.String()
    separate = words(validate=validate.Length(equal=2))
    never = fields.Dict(keys=fields.String(validate=validate.OneOf(["by", "to"])), values=fields.String())
    why = fields.String()
    law = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_kwargs: object) -> Invariant:
        """Freeze the values of the one rule it is."""
        passed = [data["must_pass"]] if "must_pass" in data else data.get("must_pass_any", [])
        never = data.get("never", {})
        separate = tuple(data.get("separate", ()))
        if [bool(passed) and "before" in data, set(never) == {"by", "to"}, bool(separate)].count(True) != 1:
            raise ValidationError("one of: must_pass with before, never with by and to, separate")
        why, law = data.get("why"), data.get("law")
        return Invariant(tuple(passed), data.get("before"), **never, separate=separate, why=why, law=law)

"""The small forms of the citizens' pages that belong to no line of work."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from saas.cases.services import CODE_ALPHABET
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.text import halfwidth, normalise_phone

LONGEST = 40
TAIL_PATTERN = r"[0-9]{4}\Z"
TAIL_WRONG = "请填写手机号码的最后四位数字，例如 5678"
MOBILE_PATTERN = r"1[3-9][0-9]{9}"
PHONE_WRONG = "请填写11位手机号码，例如 13900005678"
CODE_PATTERN = r"[0-9]{6}\Z"
CODE_WRONG = "请填写短信里的六位数字"


def _compact(text: str) -> str:
    return halfwidth(text).replace(" ", "").replace("-", "").upper()


class _Form(Schema):
    """Fields of the shell are not the form's."""

    class Meta:
        """As above."""

        unknown = EXCLUDE


class ProgressSchema(_Form):
    """A case's number and what proves the interest in it."""

    number = fields.String(required=True, validate=validate.Length(1, LONGEST, error="请填写受理编号"))
    secret = fields.String(required=True, validate=validate.Length(1, LONGEST, error="请填写查询码或者手机号码后四位"))

    @post_load
    def tidy(self, data: dict[str, str], **_kwargs: object) -> dict[str, str]:
        """Full-width letters and spaces do no harm; a number may hold hyphens."""
        number = halfwidth(data["number"]).replace(" ", "").upper()
        return {"number": number, "secret": _compact(data["secret"])}


class ResumeSchema(_Form):
    """The code of a draft and the last digits of the phone given in it."""

    code = fields.String(required=True, validate=validate.Length(1, LONGEST, error="请填写续填码"))
    tail = fields.String(required=True, validate=validate.Regexp(TAIL_PATTERN, error=TAIL_WRONG))

    @post_load
    def tidy(self, data: dict[str, str], **_kwargs: object) -> dict[str, str]:
        """The code is read aloud and copied by hand: spaces and small letters do no harm."""
        allowed = set(CODE_ALPHABET)
        return {"code": "".join(letter for letter in _compact(data["code"]) if letter in allowed), "tail": data["tail"]}


class _Mobile(fields.String):
    """A mobile number; spaces, hyphens and the country's code do no harm, a landline gets no messages."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401 - the base class's types
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            phone = normalise_phone(text)
        except ValueError as error:
            raise ValidationError(PHONE_WRONG) from error
        if not re.fullmatch(MOBILE_PATTERN, phone):
            raise ValidationError(PHONE_WRONG)
        return phone


class PhoneSchema(_Form):
    """The phone that a code is sent to."""

    phone = _Mobile(required=True)


class CodeSchema(PhoneSchema):
    """The code that came to the phone."""

    code = fields.String(required=True, validate=validate.Regexp(CODE_PATTERN, error=CODE_WRONG))


class TailSchema(_Form):
    """The last digits of a phone, where the draft has none yet."""

    tail = fields.String(required=True, validate=validate.Regexp(TAIL_PATTERN, error=TAIL_WRONG))


def read(schema: Schema, sent: Mapping[str, str]) -> dict[str, Any]:
    """The values of a small form.

    Raises:
        InvalidInputError: one sentence for each field at fault.
    """
    plain = {name: halfwidth(text).strip() for name, text in sent.items()}
    try:
        values: dict[str, Any] = schema.load({name: plain.get(name, "") for name in schema.fields})
    except ValidationError as error:
        faults = {name: str(sentences[0]) for name, sentences in error.messages_dict.items()}
        raise InvalidInputError(faults) from error
    return values


def progress_fields(sent: Mapping[str, str], errors: Mapping[str, str]) -> list[FieldView]:
    """The questions of the progress page."""
    return [
        FieldView(
            "number", "number", "受理编号", "text", sent.get("number", ""), "印在回执上，例如 2026000001",
            errors.get("number"), required=True, autocomplete="off", maxlength=LONGEST,
        ),
        FieldView(
            "secret", "secret", "查询码，或者申请时所留手机号码的后四位", "text", "",
            "查询码印在回执上，是六位字母和数字", errors.get("secret"),
            required=True, autocomplete="off", maxlength=LONGEST,
        ),
    ]  # fmt: skip


def resume_fields(sent: Mapping[str, str], errors: Mapping[str, str]) -> list[FieldView]:
    """The questions of the page that opens a draft again."""
    return [
        FieldView(
            "code", "code", "续填码", "text", sent.get("code", ""), "保存时给您的八位字母和数字",
            errors.get("code"), required=True, autocomplete="off", maxlength=LONGEST,
        ),
        tail_field(sent, errors),
    ]  # fmt: skip


def tail_field(sent: Mapping[str, str], errors: Mapping[str, str]) -> FieldView:
    """The question for the last digits of a phone."""
    return FieldView(
        "tail", "tail", "手机号码的后四位", "text", sent.get("tail", ""), "和续填码一起使用，防止别人打开您的申请",
        errors.get("tail"), required=True, autocomplete="off", inputmode="numeric", maxlength=4,
    )  # fmt: skip


def phone_fields(sent: Mapping[str, str], errors: Mapping[str, str]) -> list[FieldView]:
    """The question for the phone that a code is sent to."""
    return [
        FieldView(
            "phone", "phone", "手机号码", "phone", sent.get("phone", ""), "申请时留的手机号码，验证码会发到这里",
            errors.get("phone"), required=True, autocomplete="tel", maxlength=20,
        ),
    ]  # fmt: skip


def code_fields(errors: Mapping[str, str]) -> list[FieldView]:
    """The question for the code that came."""
    return [
        FieldView(
            "code", "code", "短信验证码", "text", "", "六位数字，5 分钟内有效", errors.get("code"),
            required=True, autocomplete="one-time-code", inputmode="numeric", maxlength=12,
        ),
    ]  # fmt: skip

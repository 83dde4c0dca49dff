"""The texts of short messages: anybody may see the screen they appear on, so they say nothing about a person."""

from string import Formatter

ALLOWED = frozenset({"bureau", "code", "minutes"})
"""What may stand in a short message: neither names, numbers and titles of cases, nor what they are about."""

TEXTS: dict[str, str] = {
    "phone_code": "【{bureau}】验证码 {code}，{minutes} 分钟内有效。请不要告诉任何人，工作人员也不会向您询问。",
}


def write(purpose: str, **values: object) -> str:
    """The text for a purpose.

    Raises:
        KeyError: There is no such text, or a value is missing.
    """
    return TEXTS[purpose].format(**values)


def forbidden_fields(text: str) -> list[str]:
    """The fields of a text that may not be in it."""
    named = {name for _before, name, _format, _conversion in Formatter().parse(text) if name is not None}
    return sorted(named - ALLOWED)

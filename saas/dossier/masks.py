"""Finds personal values wherever they stand in a text, and puts their masks in their place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from saas import text

HIDDEN = "****"
WIDE = 0xFEE0  # how far behind a plain sign its full-width twin stands
SHORTEST = 2  # letters and digits of a value that is looked for: "——" and "无" tell nobody, and stand everywhere
SHORTEST_PIECE = 2  # signs of a value that count as a part of it where a text was cut off
CUT = "…"
# Numbers that nobody entered as such, in free text: identity cards, mobile telephones, bank cards. A sign before or
# behind means that they are part of something else, such as a checksum.
NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<id>\d{17}[0-9Xx])|(?P<phone>(?:86)?1[3-9]\d(?:[ -]?\d{4}){2})"
    r"|(?P<card>\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?))(?![0-9A-Za-z])"
)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Secret:
    """A personal value and what is shown of it."""

    value: str
    mask: str


@dataclass(frozen=True)
class Masks:
    """Known personal values; the longest is looked for first, so that no part of one is taken for another."""

    secrets: tuple[Secret, ...]

    @classmethod
    def of(cls, secrets: Iterable[Secret]) -> "Masks":
        """Each value once; a mask that would tell the whole value is replaced by one that tells nothing."""
        known = {one.value.strip(): one.mask for one in secrets if sum(map(str.isalnum, one.value)) >= SHORTEST}
        safe = (Secret(value, HIDDEN if value in mask else mask) for value, mask in known.items())
        return cls(tuple(sorted(safe, key=lambda one: (-len(one.value), one.value))))

    def text(self, written: str) -> str:
        """A text with every known value masked, and every number that looks like a person's."""
        shown = self._cut_off(written)
        if self.secrets:
            shown = self._pattern.sub(self._masked, shown)
        return NUMBERS.sub(_masked_number, shown)

    def walk(self, value: Value) -> Value:
        """The same of every text in lists, mappings and frozen values, at any depth."""
        return self._walk(value)  # type: ignore[no-any-return]

    def _walk(self, value: Any) -> Any:  # noqa: ANN401 - any plain value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self._walk(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self._walk(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: self._walk(getattr(value, one.name)) for one in fields(value)})
        return value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({_loose(one.value)})" for one in self.secrets), re.IGNORECASE)

    def _masked(self, found: re.Match[str]) -> str:
        assert found.lastindex is not None, "every alternative is a group"
        return self.secrets[found.lastindex - 1].mask

    def _cut_off(self, written: str) -> str:
        """A text that ends in the middle of a value, without that piece."""
        if not written.endswith(CUT):
            return written
        body = written.removesuffix(CUT)
        places = [place for place, sign in enumerate(body) if _plain(sign)]
        signs = _plain(body)
        for one in self.secrets:
            value = _plain(one.value)
            for length in range(len(value) - 1, SHORTEST_PIECE - 1, -1):
                if signs.endswith(value[:length]):
                    return f"{body[: places[-length]]}{CUT}"
        return written


def _loose(value: str) -> str:
    """A value as people write it: with spaces, line ends or dashes between its signs, in plain or full-width signs."""
    return r"[\s\-]*".join(map(_sign, _plain(value)))


def _plain(value: str) -> str:
    """A value without spaces and dashes, in plain signs."""
    narrow = (chr(ord(sign) - WIDE) if "！" <= sign <= "～" else sign for sign in value)
    return "".join(sign for sign in narrow if not sign.isspace() and sign != "-")


def _sign(sign: str) -> str:
    plain = re.escape(sign)
    return f"[{plain}{chr(ord(sign) + WIDE)}]" if "!" <= sign <= "~" else plain


def _masked_number(found: re.Match[str]) -> str:
    number = re.sub("[ -]", "", found[0])
    return text.mask_phone(number) if found["phone"] else text.mask_id_number(number)

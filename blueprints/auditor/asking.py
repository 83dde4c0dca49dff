"""The question who saw a person, as its form asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.oversight.seeing import Question

MOST = 200  # events shown at once
LONGEST = 30  # characters
FIELDS = (
    ("id_number", "身份证号码", "text", "18 位，末位 X 大小写都可以"),
    ("phone", "手机号码", "text", "两项都填时，查到任意一项即可"),
    ("first_day", "日期从", "date", None),
    ("last_day", "日期到", "date", None),
)
WRONG_DAY = "请按“年-月-日”填写日期，例如 2026-03-01。"


@dataclass(frozen=True)
class Asked:
    """What was typed, kept as it was when something has to be put right."""

    id_number: str = ""
    phone: str = ""
    first_day: str = ""
    last_day: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "Asked":
        """What a form brings."""
        return cls(*(form.get(name, "").strip()[:LONGEST] for name, *_ in FIELDS))

    def question(self) -> Question:
        """The question that was asked.

        Raises:
            InvalidInputError: A day is none.
        """
        errors = {name: WRONG_DAY for name in ("first_day", "last_day") if not _is_day(getattr(self, name))}
        if errors:
            raise InvalidInputError(errors)
        days = (date.fromisoformat(text) if text else None for text in (self.first_day, self.last_day))
        return Question(self.id_number.upper() or None, self.phone or None, *days)

    def fields(self, errors: Mapping[str, str]) -> list[FieldView]:
        """The form's fields with what was typed."""
        return [
            FieldView(name, name, label, kind, getattr(self, name), hint, errors.get(name), maxlength=LONGEST)
            for name, label, kind, hint in FIELDS
        ]


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False

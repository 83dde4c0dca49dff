"""What a browser sent for a page of the wizard; every fault is gathered, each at its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from saas.errors import InvalidInputError
from saas.fields.views import FieldView

TITLE = 30  # characters of a title
LONG = 2000  # characters of a longer text
LINES = 40


@dataclass
class Sent:
    """The texts of a form, read one by one; :meth:`refuse` ends the reading."""

    form: MultiDict[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def fault(self, name: str, sentence: str) -> None:
        """Remember what is wrong with a field; the first fault of a field is the one that is told."""
        self.faults.setdefault(name, sentence)

    def refuse(self) -> None:
        """End the reading.

        Raises:
            InvalidInputError: Something was wrong; every fault at its field.
        """
        if self.faults:
            raise InvalidInputError(self.faults)

    def entered(self, name: str) -> str:
        """A line of text as it was sent, without needless spaces."""
        return " ".join(self.form.get(name, "").split())

    def line(self, name: str, missing: str, longest: int = TITLE) -> str:
        """A line of text that has to be there."""
        text = self.entered(name)
        if not text:
            self.fault(name, missing)
        if len(text) > longest:
            self.fault(name, f"最多 {longest} 个字，现在有 {len(text)} 个。")
        return text

    def lines(self, name: str) -> list[str]:
        """The lines of a longer text that say something."""
        text = self.form.get(name, "")
        found = [one.strip() for one in text.splitlines() if one.strip()]
        if len(text) > LONG or len(found) > LINES:
            self.fault(name, f"最多 {LINES} 行、{LONG} 个字，请精简。")
        return found

    def number(self, name: str, low: int, high: int) -> int:
        """A whole number between two others."""
        text = self.entered(name)
        value = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(high)) else low - 1
        if not low <= value <= high:
            self.fault(name, f"请填写 {low} 到 {high} 之间的数字。")
        return value

    def one_of(self, name: str, known: Mapping[str, str], missing: str) -> str:
        """One of some codes."""
        code = self.form.get(name, "")
        if code not in known:
            self.fault(name, missing)
        return code

    def some_of(self, name: str, known: Mapping[str, str], missing: str | None = None) -> list[str]:
        """Several of some codes, in the order of these; ``missing`` where there has to be one."""
        chosen = [code for code in known if code in self.form.getlist(name)]
        if missing and not chosen:
            self.fault(name, missing)
        return chosen

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.form.get(name) == "true"

    def typed(self, fields: Sequence[FieldView], errors: Mapping[str, str]) -> list[FieldView]:
        """The fields as they were sent, each with its fault."""
        return [
            replace(
                one,
                value=self.form.getlist(one.name) if one.kind == "multichoice" else self.form.get(one.name, ""),
                error=errors.get(one.name),
            )
            for one in fields
        ]

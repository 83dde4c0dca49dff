"""A register as a line of work declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Register:
    """A list of institutions, people or places that a line of work supervises or keeps.

    ``form`` says what an entry holds, ``name_field`` what it is called by; ``statuses`` are codes with titles, of
    which a new entry gets the first and only entries in the first are active. ``kind_field`` is the choice by which
    entries are counted and filtered, ``expires_field`` the day on which licence, term or certificate ends, told from
    ``warn_days`` before. ``public`` are the fields that anybody may read of active entries. ``read`` and ``write``
    are permissions of the line. ``record_forms`` are the forms of dated records on an entry by what they are called.
    ``key_field`` is unique among the entries: what is imported again updates the entry that has it.
    """

    key: str
    title: str
    form: str
    name_field: str
    statuses: tuple[tuple[str, str], ...]
    kind_field: str | None = None
    expires_field: str | None = None
    warn_days: int = 60
    public: tuple[str, ...] = ()
    read: str = ""
    write: str = ""
    record_forms: Mapping[str, str] = field(default_factory=dict)
    key_field: str | None = None
    law: str = ""

    @property
    def active(self) -> str:
        """The status in which an entry counts, may be chosen and is shown to everybody."""
        return self.statuses[0][0]

    def status_title(self, code: str) -> str:
        """A status in words; a code that the register never had is shown as it is."""
        return dict(self.statuses).get(code, code)

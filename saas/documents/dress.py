"""What a city puts around the forms of the state: letterhead and seal of who issues them, a foot, its own words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saas.organisation.models import Unit


@dataclass(frozen=True)
class Issuer:
    """The body that issues a document: the id of its unit as text, and its name."""

    id: str
    name: str

    @classmethod
    def of(cls, unit: "Unit") -> "Issuer":
        """A unit as the one that issues."""
        return cls(str(unit.id), unit.name)


@dataclass(frozen=True)
class Dress:
    """One version of it as one body wears it, frozen with every document issued under it.

    Attributes:
        version: Which published version; 0 is a city that changed nothing.
        letterhead: 发文机关标志, printed in red above letters; empty prints none.
        footer: The lines of the 版记 at the foot of the last page.
        seal: The key in the city's store of the picture of the issuing body's seal, a transparent PNG; empty prints the
            place for one.
        wording: The city's words by the name of the block; a block it does not name keeps the words of the template.
    """

    version: int = 0
    letterhead: str = ""
    footer: tuple[str, ...] = ()
    seal: str = ""
    wording: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Dress":
        """The dress as it was frozen; what an older version of the platform did not know is as nobody changed it."""
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        return cls(**{**known, "footer": tuple(known.get("footer", ()))})

    def of_form(self, code: str) -> "Dress":
        """The dress with the words of one form only: the others are never printed on its documents."""
        own = {key: text for key, text in self.wording.items() if key.startswith(f"{code}.")}
        return replace(self, wording=own)

    def frozen(self) -> dict[str, Any]:
        """The dress as JSON values."""
        return asdict(self) if self != PLAIN else {}


PLAIN = Dress()

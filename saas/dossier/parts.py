"""What is bound into a file: parts that lie on the disk one by one, and where each came to lie."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from saas.errors import AppError

PDF = "application/pdf"

VolumeCode = Literal["main", "sub", "appendix"]
"""正卷, 副卷, and what the system adds behind both."""


class PartError(AppError):
    """A part cannot be bound; the message names it."""

    title = "卷宗不能制作"


@dataclass(frozen=True)
class Original:
    """What was filed, where something made from it is bound in its place.

    ``enclosed`` is the file on the disk that travels inside the PDF because it cannot be shown as pages.
    """

    digest: str
    media_type: str
    enclosed: Path | None = None


@dataclass(frozen=True)
class Part:
    """Something to be bound, with the title the catalogue prints.

    Attributes:
        title: As people know it.
        path: The bytes that are bound.
        digest: Their SHA-256.
        media_type: PDF, whose pages are bound as they are, or a picture.
        own: Whether this platform printed the pages; others are sheets made of what people filed.
        note: The remark of the catalogue.
        kind: ``document``, ``file``, or what the pages are for.
        name: The code of the form or the name of the file.
        original: What was filed, where that is not what is bound.
    """

    title: str
    path: Path
    digest: str
    media_type: str = PDF
    own: bool = True
    note: str = ""
    kind: str = "document"
    name: str = ""
    original: Original | None = None

    @property
    def filed(self) -> Original:
        """Digest and kind of what was filed, as the embedded data tells them."""
        return self.original or Original(self.digest, self.media_type)


@dataclass(frozen=True)
class Span:
    """Where a part came to lie in its volume: its first and last numbered page."""

    part: Part
    first: int
    last: int


@dataclass(frozen=True)
class Place:
    """A part with the index of its first page in the file, its length, and its first page number if it has any."""

    part: Part
    volume: VolumeCode
    start: int
    length: int
    number: int | None

    @property
    def label(self) -> str:
        """What the bookmark says."""
        return self.part.title if self.number is None else f"{self.part.title}（第{self.number}页）"


@dataclass(frozen=True)
class Obstacle:
    """Why the file cannot be called PDF/A: the part, and what is in it."""

    part: str
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """For a person."""
        return f"“{self.part}”{'、'.join(self.reasons)}"


@dataclass
class Body:
    """The numbered pages of a volume in sheaves on the disk: laid out, not yet bound."""

    folder: Path
    name: str
    spans: list[Span] = field(default_factory=list)
    sheaves: list[Path] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many numbered pages there are."""
        return self.spans[-1].last if self.spans else 0


def printed(title: str, data: bytes, folder: Path, *, kind: str, name: str = "") -> Part:
    """A part made of pages that were printed just now; they are put down in the folder."""
    digest = hashlib.sha256(data).hexdigest()
    path = folder / f"{kind}-{digest[:16]}.pdf"
    path.write_bytes(data)
    return Part(title, path, digest, kind=kind, name=name or kind)


def digest_of_path(path: Path) -> str:
    """The SHA-256 of a file on the disk, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

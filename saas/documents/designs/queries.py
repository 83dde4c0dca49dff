"""Reading designs: what is in force, remembered by city, and what is being shaped."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, select

from saas.db.session import db
from saas.documents.designs.body import EMPTY, dress_of
from saas.documents.designs.keeping import IN_REVIEW, OPEN
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.volumes import arranged
from saas.documents.dress import PLAIN, Dress, Issuer
from saas.documents.form import Form
from saas.errors import NotFoundError
from saas.settings import services as settings
from saas.settings.remembering import remembered

PATTERN = "documents.number_pattern"
PATTERN_WORDS = ("series", "kind", "year", "n")


class Line(Protocol):
    """What is needed of a line of work, which stands above this package."""

    @property
    def name(self) -> str:
        """The name of the line."""

    @property
    def volume(self) -> Sequence[Any]:
        """Its places in order."""


def body_in_force() -> Mapping[str, Any]:
    """What the city published last; where it published nothing, nothing is changed. It must not be changed."""
    return _in_force()[1]


def dress_in_force(issuer: Issuer) -> Dress:
    """The dress that documents of a body are issued in now: its seal if it has one, never another's."""
    version, body = _in_force()
    return dress_of(body, version, issuer) if version else PLAIN


def version_in_force() -> int:
    """The number of what is in force, 0 where the city changed nothing."""
    return _in_force()[0]


def number_pattern(form: Form) -> str:
    """The pattern of a form's numbers: the city's for it, else the prescribed one, else the city's for all of them."""
    return str(body_in_force()["numbers"].get(form.code) or form.number_pattern or settings.get(PATTERN))


def volume(domain: Line) -> list[Any]:
    """The places of a line's file in the city's order, else in the line's own."""
    return arranged(domain.volume, body_in_force()["volume"].get(domain.name, ()))


def _in_force() -> tuple[int, Mapping[str, Any]]:
    return remembered("design", _read)


def _read() -> tuple[int, Mapping[str, Any]]:
    query = select(DocumentDesign.version, DocumentDesign.body).where(DocumentDesign.state == "published")
    row = db.session.execute(query).first()
    return (row.version or 0, row.body) if row else (0, EMPTY)


def find_open() -> DocumentDesign | None:
    """The draft that is worked on or waits for review; a city has one at a time."""
    return db.session.scalar(select(DocumentDesign).where(DocumentDesign.state.in_((OPEN, IN_REVIEW))))


def get_design(design_id: UUID) -> DocumentDesign:
    """A draft or version by its id; one that was given up is gone.

    Raises:
        NotFoundError: the city has none of that id.
    """
    design = db.session.get(DocumentDesign, design_id)
    if design is None or design.state == "discarded":
        raise NotFoundError
    return design


def find_version(version: int) -> DocumentDesign | None:
    """The published version of a number."""
    return db.session.scalar(select(DocumentDesign).where(DocumentDesign.version == version))


def list_versions() -> Sequence[DocumentDesign]:
    """Everything that was ever published, newest first."""
    query = select(DocumentDesign).where(DocumentDesign.version.is_not(None))
    return db.session.scalars(query.order_by(DocumentDesign.version.desc())).all()


def last_version() -> int:
    """The number of the version published last, 0 where none was."""
    return db.session.scalar(select(func.max(DocumentDesign.version))) or 0

"""The register of numbers: every document that was issued where the reader may look, the void ones too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased, defer, load_only

from saas import clock
from saas.cases import access, queries
from saas.cases.models import Case
from saas.db.session import db
from saas.documents.models import Document
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.numbering.models import Counter

STATES = ("ready", "queued", "failed", "void", "replaced")
_later = aliased(Document)
# A long register opens nothing that is sealed.
_SHOWN = (defer(Document.values_sealed), load_only(Case.number, Case.unit_path, Case.label))


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to; empty values do not narrow. ``state`` is one of :data:`STATES`."""

    form: str = ""
    year: int | None = None
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the register: a document, its case, and the number of what stands in for it."""

    document: Document
    case: Case
    replaced_by: str | None


Register = Select[Document, Case, str | None]


def register_of(actor: Actor, wanted: Wanted, *, permission: str = KernelPermission.DOCUMENT_READ) -> Register:
    """The documents of the cases on which the actor may use the permission, newest first."""
    entries = select(Document, Case, _later.number).select_from(Document).join(Case, Document.case_id == Case.id)
    entries = entries.outerjoin(_later, _later.replaces_id == Document.id).options(*_SHOWN)
    reached = entries.where(access.reach(actor, permission), *_conditions(wanted))
    return reached.order_by(Document.issued_at.desc(), Document.id.desc())


def count(query: Register) -> int:
    """How many lines the register has in all."""
    return queries.count(query, Document.id)


def list_entries(query: Register, *, offset: int, limit: int) -> list[Entry]:
    """A page of the register."""
    rows = db.session.execute(query.offset(offset).limit(limit))
    return [Entry(document, case, later) for document, case, later in rows]


def forms() -> Sequence[tuple[str, str]]:
    """Code and a title of every form of which the city gave a number, by title; nothing but its counters is walked."""
    title = select(Document.title).where(Document.form_code == Counter.kind).limit(1).scalar_subquery()
    found = {code: name for code, name in db.session.execute(select(Counter.kind, title).distinct()) if name}
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def years() -> Sequence[int]:
    """The years in which the city gave numbers, the latest first."""
    return db.session.scalars(select(Counter.year).distinct().order_by(Counter.year.desc())).all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.form:
        found.append(Document.form_code == wanted.form)
    if wanted.year:
        first, beyond = (datetime(year, 1, 1, tzinfo=clock.ZONE) for year in (wanted.year, wanted.year + 1))
        found += [Document.issued_at >= first, Document.issued_at < beyond]
    if wanted.state == "replaced":
        found.append(_later.id.is_not(None))
    elif wanted.state:
        found.append(Document.state == wanted.state)
    if wanted.text:
        found.append(Document.number.contains(wanted.text, autoescape=True))
    return found

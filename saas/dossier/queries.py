"""Reading exports, and what the file of a case is made of."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, column, or_, select, table
from sqlalchemy.orm import contains_eager, joinedload

from saas.audit.models import AuditEvent, AuditSeal, AuditSealed
from saas.audit.seals import is_sealed
from saas.cases.models import Case
from saas.db.base import PLATFORM_SCHEMA
from saas.db.session import current_tenant, db
from saas.documents.designs import queries as designs
from saas.documents.models import Document
from saas.documents.queries import list_documents
from saas.domain import get_domain
from saas.dossier.changes import OWN, READING, Sealed, sealed
from saas.dossier.history import History, Rows, history
from saas.dossier.models import DossierCopy, DossierExport
from saas.dossier.variants import FULL
from saas.dossier.verify import Copy, Record, Successor
from saas.dossier.volume import Place, arrange
from saas.errors import NotFoundError
from saas.files.models import File, FileDerivative
from saas.files.queries import list_files
from saas.organisation.models import Unit
from saas.workflow.queries import get_definition


def list_exports(case_id: UUID) -> Sequence[DossierExport]:
    """The exports of a case, newest first."""
    statement = select(DossierExport).where(DossierExport.case_id == case_id)
    return db.session.scalars(statement.order_by(DossierExport.requested_at.desc(), DossierExport.id.desc())).all()


def get_export(export_id: UUID) -> DossierExport:
    """One export with its case, as the database has it now.

    Raises:
        NotFoundError: This city has no such export.
    """
    statement = select(DossierExport).where(DossierExport.id == export_id).options(joinedload(DossierExport.case))
    export = db.session.scalar(statement.execution_options(populate_existing=True))
    if export is None:
        raise NotFoundError
    return export


def find_newest(number: str) -> DossierExport | None:
    """The full export of a case that was finished last, for who runs the deployment."""
    statement = select(DossierExport).join(DossierExport.case).options(contains_eager(DossierExport.case))
    full = (Case.number == number, DossierExport.variant == FULL.code, DossierExport.state == "ready")
    return db.session.scalars(
        statement.where(*full).order_by(DossierExport.finished_at.desc(), DossierExport.id.desc())
    ).first()


def find_case(number: str) -> Case | None:
    """The case of a number, for who runs the deployment; pages ask within a person's units instead."""
    return db.session.scalar(select(Case).where(Case.number == number))


def list_places(case: Case) -> list[Place]:
    """The prescribed places of the case's file with what stands in them."""
    return places_of(case, list_documents(case.id), list_files(case.id))


def places_of(case: Case, documents: Sequence[Document], files: Sequence[File]) -> list[Place]:
    """The same of documents and files that are loaded; the page of its materials asks so."""
    domain = get_domain(case.domain)
    volume = (item for item in designs.volume(domain) if not item.processes or case.process_key in item.processes)
    return arrange(replace(domain, volume=tuple(volume)), documents, files)


def list_changes(case_id: UUID) -> Sequence[AuditEvent]:
    """The audited changes of a case, oldest first; reading and exporting change nothing and would differ every time."""
    statement = select(AuditEvent).where(AuditEvent.case_id == case_id, *_changing())
    return db.session.scalars(statement.order_by(AuditEvent.recorded_at, AuditEvent.id)).all()


def list_sealed(case_id: UUID) -> Sealed:
    """The seals over the changes of a case, and the place each change has under its seal."""
    of_case = select(AuditEvent.id).where(AuditEvent.case_id == case_id, *_changing())
    places = db.session.scalars(select(AuditSealed).where(AuditSealed.event_id.in_(of_case))).all()
    numbers = {place.seal_n for place in places}
    seals = db.session.scalars(select(AuditSeal).where(AuditSeal.n.in_(numbers)).order_by(AuditSeal.n)).all()
    return sealed(places, seals, current_tenant().origin_id)


def has_unsealed(case_id: UUID) -> bool:
    """Whether a change of the case is under no seal yet."""
    waiting = select(AuditEvent.id).where(AuditEvent.case_id == case_id, *_changing(), ~is_sealed())
    return db.session.scalar(select(waiting.exists())) or False


def list_without_sheets(case_id: UUID) -> Sequence[File]:
    """The attachments of a case of which sheets are still to be made, or could not be made when that was tried."""
    open_ones = or_(FileDerivative.state.is_(None), FileDerivative.state.in_(("queued", "none")))
    statement = select(File).outerjoin(FileDerivative, FileDerivative.file_id == File.id)
    return db.session.scalars(statement.where(File.case_id == case_id, open_ones).order_by(File.id)).all()


def list_sheets(case_id: UUID) -> Sequence[tuple[UUID, str, str | None]]:
    """Of which attachments of a case there are sheets: file, state, digest."""
    statement = select(FileDerivative.file_id, FileDerivative.state, FileDerivative.digest)
    joined = statement.join(File, File.id == FileDerivative.file_id).where(File.case_id == case_id)
    return [(row.file_id, row.state, row.digest) for row in db.session.execute(joined.order_by(File.id))]


def find_made(case_id: UUID, variant: str, source: str) -> DossierExport | None:
    """The newest finished export of a case that was made of the same things."""
    statement = (
        select(DossierExport)
        .where(
            DossierExport.case_id == case_id,
            DossierExport.variant == variant,
            DossierExport.source_digest == source,
            DossierExport.state == "ready",
        )
        .order_by(DossierExport.finished_at.desc(), DossierExport.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def read_history(case: Case) -> History:
    """How a case went, from its steps, limits, audited changes and documents."""
    rows = Rows(get_definition(case.process_id), list_changes(case.id), list_sealed(case.id), list_documents(case.id))
    return history(case, rows)


def _changing() -> tuple[ColumnElement[bool], ...]:
    """What :func:`saas.dossier.changes.is_change` says, for the database."""
    reading = or_(*(AuditEvent.action.endswith(end, autoescape=True) for end in READING))
    return ~AuditEvent.action.startswith(OWN, autoescape=True), ~reading


def find_record(digests: Sequence[str]) -> Record | None:
    """What is known of a file by its digest, or by the digest of what it was before it was signed.

    Args:
        digests: Of the file and of its earlier revisions.
    """
    copy = _copy(digests)
    whole = DossierExport.digest.in_(digests)
    known = whole | DossierExport.content_digest.in_(digests)
    statement = (
        select(DossierExport, Case.number, Unit.name)
        .join(Case, Case.id == DossierExport.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(known if copy is None else DossierExport.id == copy.export_id, DossierExport.state == "ready")
        .order_by(whole.desc(), DossierExport.finished_at, DossierExport.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    if row is None:
        return None
    export, number, unit = row
    assert export.pages is not None
    assert export.finished_at is not None
    return Record(
        number=number,
        pages=export.pages,
        exported_by=export.requested_by,
        exported_at=export.finished_at,
        unit=unit,
        digest=export.digest,
        content_digest=export.content_digest,
        superseded_by=_successor(export),
        copy=Copy(copy.taken_by, copy.taken_at, copy.digest) if copy else None,
    )


def _copy(digests: Sequence[str]) -> DossierCopy | None:
    """The copy of one of these digests, if one was taken away."""
    statement = select(DossierCopy).where(DossierCopy.digest.in_(digests))
    return db.session.scalars(statement.order_by(DossierCopy.taken_at, DossierCopy.id).limit(1)).first()


def _successor(export: DossierExport) -> Successor | None:
    """The newest export of the same case and variant, where it has another content."""
    newest = db.session.scalars(
        select(DossierExport)
        .where(
            DossierExport.case_id == export.case_id,
            DossierExport.variant == export.variant,
            DossierExport.state == "ready",
        )
        .order_by(DossierExport.finished_at.desc(), DossierExport.id.desc())
        .limit(1)
    ).one()
    if newest.content_digest == export.content_digest or newest.digest is None or newest.finished_at is None:
        return None
    return Successor(newest.digest, newest.finished_at)


def list_schemas(platform: Engine) -> list[tuple[str, str]]:
    """Code and schema of every city that can be asked, by code.

    The table belongs to the layer above, so it is named here instead of imported.
    """
    tenant = table("tenant", column("code"), column("schema"), column("state"), schema=PLATFORM_SCHEMA)
    asked = tenant.c.state.not_in(["provisioning", "failed"])
    statement = select(tenant.c.code, tenant.c.schema).where(asked).order_by(tenant.c.code)
    with platform.connect() as connection:
        return [(row.code, row.schema) for row in connection.execute(statement)]

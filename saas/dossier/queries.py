"""Reading exports, and what the file of a case is made of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, column, or_, select, table
from sqlalchemy.orm import joinedload

from saas.audit.models import AuditEvent, AuditSeal, AuditSealed
from saas.audit.seals import is_sealed
from saas.cases.models import Case
from saas.db.base import PLATFORM_SCHEMA
from saas.db.session import current_tenant, db
from saas.documents.queries import list_documents
from saas.domain import get_domain
from saas.dossier.changes import OWN, READING, Sealed, sealed
from saas.dossier.models import DossierExport
from saas.dossier.verify import Record
from saas.dossier.volume import Place, arrange
from saas.errors import NotFoundError
from saas.files.models import File, FileDerivative
from saas.files.queries import list_files


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


def find_case(number: str) -> Case | None:
    """The case of a number, for who runs the deployment; pages ask within a person's units instead."""
    return db.session.scalar(select(Case).where(Case.number == number))


def list_places(case: Case) -> list[Place]:
    """The prescribed places of the case's file with what stands in them; for the page of its materials."""
    return arrange(get_domain(case.domain), list_documents(case.id), list_files(case.id))


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


def _changing() -> tuple[ColumnElement[bool], ...]:
    """What :func:`saas.dossier.changes.is_change` says, for the database."""
    reading = or_(*(AuditEvent.action.endswith(end, autoescape=True) for end in READING))
    return ~AuditEvent.action.startswith(OWN, autoescape=True), ~reading


def find_record(digest: str) -> Record | None:
    """What this city's register of exports knows of a digest."""
    statement = (
        select(Case.number, DossierExport.pages, DossierExport.requested_by, DossierExport.finished_at)
        .join(DossierExport.case)
        .where(DossierExport.digest == digest, DossierExport.state == "ready")
        .order_by(DossierExport.finished_at, DossierExport.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    if row is None:
        return None
    number, pages, exported_by, exported_at = row
    assert pages is not None
    assert exported_at is not None
    return Record(number, pages, exported_by, exported_at)


def list_schemas(platform: Engine) -> list[tuple[str, str]]:
    """Code and schema of every city that can be asked, by code.

    The table belongs to the layer above, so it is named here instead of imported.
    """
    tenant = table("tenant", column("code"), column("schema"), column("state"), schema=PLATFORM_SCHEMA)
    asked = tenant.c.state.not_in(["provisioning", "failed"])
    statement = select(tenant.c.code, tenant.c.schema).where(asked).order_by(tenant.c.code)
    with platform.connect() as connection:
        return [(row.code, row.schema) for row in connection.execute(statement)]

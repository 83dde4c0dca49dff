"""Reading exports, and what the file of a case is made of."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Engine, column, select, table
from sqlalchemy.orm import joinedload

from saas.cases.models import Case
from saas.db.base import PLATFORM_SCHEMA
from saas.db.session import db
from saas.documents.designs import queries as designs
from saas.documents.queries import list_documents
from saas.domain import get_domain
from saas.dossier.models import DossierExport
from saas.dossier.verify import Record
from saas.dossier.volume import Place, arrange
from saas.errors import NotFoundError
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
    domain = get_domain(case.domain)
    ordered = replace(domain, volume=tuple(designs.volume(domain)))
    return arrange(ordered, list_documents(case.id), list_files(case.id))


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

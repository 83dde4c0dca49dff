"""Reading the attachments of a case."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from saas.db.session import db
from saas.errors import NotFoundError
from saas.files.models import File, FileDerivative


def list_files(case_id: UUID) -> Sequence[File]:
    """The attachments of a case in the order they were added."""
    statement = select(File).where(File.case_id == case_id).order_by(File.happened_at, File.id)
    return db.session.scalars(statement).all()


def get_file(file_id: UUID) -> File:
    """One attachment.

    Raises:
        NotFoundError: This city has no such attachment.
    """
    file = db.session.get(File, file_id)
    if file is None:
        raise NotFoundError
    return file


def list_derivatives(case_id: UUID) -> Mapping[UUID, FileDerivative]:
    """What was made of the attachments of a case so far, by the attachment's id."""
    statement = select(FileDerivative).join(File, File.id == FileDerivative.file_id).where(File.case_id == case_id)
    return {row.file_id: row for row in db.session.scalars(statement.order_by(FileDerivative.file_id))}

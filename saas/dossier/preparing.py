"""What is done before a dossier is bound, each piece for good: prints and sheets that wait are made, changes sealed."""

from contextlib import suppress
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from saas.audit import seals
from saas.db.session import db
from saas.documents import jobs as printing
from saas.documents.queries import get_document, list_documents
from saas.dossier import queries
from saas.dossier.awake import touch
from saas.dossier.gathering import DossierError
from saas.errors import AppError
from saas.files import derivatives
from saas.files.queries import get_file
from saas.jobs.perform import apart

SEALING_TRIES = 3


def prepare(case_id: UUID) -> None:
    """Print what waits, make sheets of files, seal what changed: each in a transaction of its own, and so for good.

    Raises:
        DossierError: A document cannot be printed, or a file is damaged; names it.
    """
    for document in list_documents(case_id):
        if document.state == "queued":
            _print(document.id, f"文书《{document.title}》（{document.number}）")
    for file in queries.list_without_sheets(case_id):
        _make_sheets(file.id, file.name)
    _seal(case_id)
    db.session.expire_all()


def _print(document_id: UUID, named: str) -> None:
    try:
        with apart():
            printing.make(get_document(document_id))
    except AppError as error:
        raise DossierError(f"{named}不能生成：{error.message}") from error
    touch()


def _make_sheets(file_id: UUID, name: str) -> None:
    try:
        with apart():
            derivatives.of(get_file(file_id))
    except AppError as error:
        raise DossierError(f"附件“{name}”：{error.message}") from error
    touch()


def _seal(case_id: UUID) -> None:
    """Have every change of the case under a seal, so that the file can name it; what is too fresh is sealed later."""
    for _ in range(SEALING_TRIES):
        if not queries.has_unsealed(case_id):
            return
        with suppress(IntegrityError), apart():  # another sealer may come first; its seal serves as well
            seals.seal()

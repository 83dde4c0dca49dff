"""What a dossier binds of an attachment: sheets of A4 with nothing active in them, made once and kept."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import pikepdf
from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert

from saas import clock
from saas.db.session import current_tenant, db
from saas.files import converting, fitting, probing, sheets, store
from saas.files.kinds import IMAGE, JPEG, OFFICE, PDF
from saas.files.models import File, FileDerivative
from saas.files.queries import get_file
from saas.files.unwanted import UnwantedError
from saas.jobs import queue
from saas.jobs.registry import job

JOB = "file.derive"
READY, SAME, NONE, FAILED, QUEUED = "ready", "same", "none", "failed", "queued"
NO_SHEETS = "这个文件不能转成页面，装订卷宗时原样附在电子卷宗里。"
OFFICE_FAILED = "这个文件没有转换成功，装订卷宗时原样附在电子卷宗里。需要逐页装订的，请打印为 PDF 后再上传一份。"
UNREADABLE = "这个文件的页面画不出来，装订卷宗时原样附在电子卷宗里。需要逐页装订的，请打印为 PDF 后再上传一份。"


@dataclass(frozen=True)
class Derivative:
    """Stored sheets: a JPEG that fits A4, or a PDF whose pages may be copied as they are.

    Attributes:
        media_type: Which of the two.
        pages: How many sheets.
        storage_key: Where their bytes are in the store.
        digest: The SHA-256 of these bytes.
    """

    media_type: str
    pages: int
    storage_key: str
    digest: str


class NoSheetsError(Exception):
    """Nothing can be made of the file; the text says what becomes of it."""


def begin(file: File, data: bytes) -> None:
    """Note of a new attachment what is to be made of it; what takes time is left to a job."""
    state = _state_at_once(file, data)
    db.session.add(FileDerivative(file_id=file.id, state=state, problem=NO_SHEETS if state == NONE else None))
    if state == QUEUED:
        queue.enqueue(JOB, {"file": str(file.id)}, key=str(file.id), is_new=True)


def of(file: File) -> Derivative | None:
    """The sheets of an attachment, made now where no job did so yet; None where there are none, see :func:`problem`.

    Raises:
        AppError: The attachment itself is missing or damaged.
    """
    row = _made(file)
    if row.state == SAME:
        return Derivative(file.media_type, file.pages, file.storage_key, file.digest)
    if row.state != READY:
        return None
    assert row.media_type is not None
    assert row.pages is not None
    assert row.storage_key is not None
    assert row.digest is not None
    return Derivative(row.media_type, row.pages, row.storage_key, row.digest)


def problem(file: File) -> str | None:
    """Why an attachment has no sheets, in words; None where it has."""
    return _made(file).problem


@job(JOB)
def derive(payload: dict[str, Any]) -> None:
    """Make the sheets of the attachment the payload names."""
    _made(get_file(UUID(payload["file"])))


def _made(file: File) -> FileDerivative:
    row = db.session.get(FileDerivative, file.id)
    if row is not None and not _is_open(row, file):
        return row
    # Made before the row is locked, so that nobody waits for it; of two who made it, the first one's is kept.
    found = _make(file)
    row = locked(file)
    if _is_open(row, file):
        for name, value in {**found, "made_at": clock.now()}.items():
            setattr(row, name, value)
    return row


def _is_open(row: FileDerivative, file: File) -> bool:
    """Whether something can be made of it now: also where a machine without the program gave up."""
    return row.state == QUEUED or (row.state == NONE and file.kind == OFFICE and converting.can_convert())


def locked(file: File) -> FileDerivative:
    """The row of an attachment for changing it; attachments of before there were sheets get theirs."""
    db.session.execute(insert(FileDerivative).values(file_id=file.id, state=QUEUED).on_conflict_do_nothing())
    statement = select(FileDerivative).where(FileDerivative.file_id == file.id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def _state_at_once(file: File, data: bytes) -> str:
    if file.media_type == JPEG and fitting.fits(data, JPEG):
        return SAME
    return QUEUED if file.kind in MAKERS else NONE


def _make(file: File) -> dict[str, Any]:
    """The columns of its row."""
    try:
        found = MAKERS[file.kind](file) if file.kind in MAKERS else None
    except NoSheetsError as error:
        return {"state": FAILED, "problem": str(error)}
    if found is None:
        return {"state": NONE, "problem": NO_SHEETS}
    if found.storage_key == file.storage_key:
        return {"state": SAME, "problem": None}
    return {"state": READY, "problem": None, **asdict(found)}


def _of_picture(file: File) -> Derivative:
    data = store.get(file.storage_key)
    if fitting.fits(data, file.media_type):
        return Derivative(file.media_type, 1, file.storage_key, file.digest)
    made = fitting.fit(data, file.media_type).data
    return Derivative(JPEG, 1, store.put(made, tenant=current_tenant()), store.digest_of(made))


def _of_pdf(file: File) -> Derivative:
    with store.open_stream(file.storage_key) as source:
        return _sheets(source, file.pages)


def _of_office(file: File) -> Derivative | None:
    if not converting.can_convert():
        return None
    with store.open_stream(file.storage_key) as source, tempfile.TemporaryFile() as made:
        try:
            if not converting.convert(source, file.media_type, made, waiting=_stay):
                raise NoSheetsError(OFFICE_FAILED)
            made.seek(0)
            pages = probing.count(made)
        except UnwantedError as error:
            raise NoSheetsError(OFFICE_FAILED) from error
        return _sheets(made, pages)


def _sheets(source: BinaryIO, pages: int) -> Derivative:
    """Sheets of a PDF that can be drawn within bounds; what cannot is not bound, since nobody could read it either."""
    try:
        source.seek(0)
        if probing.probe(source, pages, limits=probing.DRAWING_LONG, waiting=_stay) < pages:
            raise NoSheetsError(UNREADABLE)
        source.seek(0)
        return _cleaned(source)
    except (UnwantedError, pikepdf.PdfError) as error:
        raise NoSheetsError(UNREADABLE) from error


def _stay() -> None:
    """Say something to the database: a connection that is silent in a transaction for ten seconds is cut."""
    db.session.execute(select(literal(1)))


def _cleaned(source: BinaryIO) -> Derivative:
    with tempfile.TemporaryDirectory(prefix="sheets-") as folder:
        made = Path(folder, "sheets.pdf")
        pages = sheets.clean(source, made)
        key = store.put_path(made, tenant=current_tenant())
    return Derivative(PDF, pages, key, key.rsplit("/", 1)[-1])


MAKERS: Mapping[str, Callable[[File], Derivative | None]] = {IMAGE: _of_picture, "pdf": _of_pdf, OFFICE: _of_office}

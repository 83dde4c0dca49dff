"""Adding attachments to a case."""

from enum import StrEnum
from typing import TYPE_CHECKING

from saas import clock
from saas.audit.services import record
from saas.config import current_config
from saas.db.session import current_tenant, db
from saas.files import checks, derivatives, room, store
from saas.files.models import File
from saas.files.names import clean_name
from saas.identity.actor import Actor

if TYPE_CHECKING:
    from saas.cases.models import Case


class Audit(StrEnum):
    """What is recorded about attachments."""

    ADDED = "file.added"
    READ = "file.read"
    DAMAGED = "file.damaged"


TITLES: dict[str, str] = {Audit.ADDED: "添加材料", Audit.DAMAGED: "发现数据损坏"}


def add(
    case: "Case", category: str, name: str, data: bytes, *, by: Actor, evidence: bool = False, drawn: bool = False
) -> File:
    """Check an upload, keep it and attach it to the case; flushes, because the record names the new row.

    Args:
        case: What it belongs to.
        category: A code of the line's categories.
        name: As the person's machine calls it.
        data: The whole file.
        by: Who adds it.
        evidence: Keeps the bytes as they came; anything else loses what the camera wrote beside the picture.
        drawn: Its pages were drawn when it was put aside, and need not be again.

    Raises:
        InvalidInputError: The file cannot be taken.
    """
    shown = clean_name(name)
    most = current_config().max_upload_bytes
    checked = checks.inspect(shown, data, evidence=evidence, most_bytes=most, drawn=drawn)
    room.check(len(checked.data))
    file = File(
        case_id=case.id,
        category=category,
        name=shown,
        media_type=checked.media_type,
        size=len(checked.data),
        pages=checked.pages,
        digest=store.digest_of(checked.data),
        storage_key=store.put(checked.data, tenant=current_tenant()),
        added_by=by.name,
        happened_at=clock.now(),
    )
    db.session.add(file)
    db.session.flush()
    derivatives.begin(file, checked.data)
    room.tell(file.size, case.unit_path)
    record(Audit.ADDED, file, by=by, case=case, detail={"name": shown, "digest": file.digest, "category": category})
    return file

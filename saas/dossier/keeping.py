"""Between the store and the disk: what is bound is fetched there piece by piece, what was bound is kept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from saas.db.session import current_tenant
from saas.dossier.awake import awake
from saas.dossier.models import DossierExport
from saas.errors import ConflictError
from saas.files import store

CHUNK = 1 << 20  # bytes


@contextmanager
def workroom(export_id: UUID) -> Iterator[Path]:
    """A folder of the export's own; what a killed worker left in it is removed before, everything afterwards.

    Other accounts of the machine cannot look into it.
    """
    folder = Path(tempfile.gettempdir()) / f"fengqiao-dossier-{export_id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fetch(key: str, path: Path) -> Path:
    """Write a stored object to the disk, proven against its digest.

    Raises:
        AppError: It is gone or damaged.
    """
    with store.open_stream(key) as stream, path.open("wb") as written:
        shutil.copyfileobj(stream, written, CHUNK)
    return path


def keep(path: Path) -> tuple[str, str]:
    """Put a file of the disk into the city's store, for good: its key, and its SHA-256, which the key ends with."""
    key = store.put_path(path, tenant=current_tenant(), apart=awake)
    return key, key.rsplit("/", 1)[-1]


def key_of(export: DossierExport) -> str:
    """Where the file of a finished export is kept.

    Raises:
        ConflictError: It is not finished.
    """
    if export.state != "ready" or export.storage_key is None:
        raise ConflictError("卷宗还没有制作完成，请稍后再下载。", title="卷宗还在制作")
    return export.storage_key

"""Between the store and the disk: what is bound is fetched there piece by piece, what was bound is kept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from saas.db.session import current_tenant
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


def keep(path: Path) -> str:
    """Put a file of the disk into the city's store, for good: its key."""
    return store.put_path(path, tenant=current_tenant())

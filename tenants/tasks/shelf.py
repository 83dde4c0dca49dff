"""The folder of what operators asked for: sealed backups, exports, certificates; only its owner can read it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from saas import clock
from saas.config import current_config
from saas.errors import NotFoundError

NAME = re.compile(r"(?P<code>[a-z][a-z0-9-]*)-\d{8}T\d{6}-[0-9a-f]{12}\.(?:backup|json)")
BACKUP = ".backup"
CERTIFICATE = ".json"
NOTE = ".note"
GONE = "没有这个文件，可能已经移走。请返回上一页刷新后再选。"


@dataclass(frozen=True)
class Kept:
    """A backup that lies in the folder.

    Attributes:
        name: Of the file.
        code: The city's when it was made.
        made_at: When, as ISO 8601 with its zone.
        by: The operator's account.
        size: In bytes.
        rows: Of all tables.
        files: Of the store.
    """

    name: str
    code: str
    made_at: str
    by: str
    size: int
    rows: int
    files: int


def folder() -> Path:
    """The folder, made when it is first needed."""
    path = current_config().backup_dir
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_path(code: str, task: UUID, ending: str) -> Path:
    """Where a task puts its file; the day is the business day, so that names sort by time within a city."""
    moment = clock.local(clock.now())
    return folder() / f"{code}-{moment:%Y%m%dT%H%M%S}-{task.hex[-12:]}{ending}"


def clear_away(task: UUID) -> None:
    """Remove what an earlier try of a task left unfinished."""
    for path in folder().glob(f"*-{task.hex[-12:]}*"):
        if path.is_file():
            path.unlink()


def write_note(kept: Kept) -> None:
    """Put down beside a backup what it holds, in numbers."""
    path = folder() / f"{kept.name}{NOTE}"
    path.write_text(json.dumps(asdict(kept)), encoding="utf-8")
    path.chmod(0o600)


def list_backups(code: str | None = None) -> list[Kept]:
    """The backups of a city, or of all, the newest first."""
    found = [_read(path) for path in folder().glob(f"*{BACKUP}") if NAME.fullmatch(path.name)]
    mine = [kept for kept in found if code in (None, kept.code)]
    return sorted(mine, key=lambda kept: (kept.made_at, kept.name), reverse=True)


def find(name: str, ending: str) -> Path:
    """The file of that name.

    Raises:
        NotFoundError: There is none, or it is none of ours.
    """
    path = folder() / name
    if not NAME.fullmatch(name) or not name.endswith(ending) or not path.is_file():
        raise NotFoundError(GONE)
    return path


def _read(path: Path) -> Kept:
    """What is known of a backup; of one without its note, what the file itself says."""
    note = path.with_name(path.name + NOTE)
    told: Mapping[str, Any] = json.loads(note.read_text("utf-8")) if note.is_file() else {}
    found = NAME.fullmatch(path.name)
    assert found is not None
    known: dict[str, Any] = {"code": found["code"], "made_at": "", "by": "—", "rows": 0, "files": 0, **told}
    return Kept(**(known | {"name": path.name, "size": path.stat().st_size}))

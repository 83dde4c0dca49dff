"""Copies that are taken away: the file with a name and a time across every page, and a line in the register."""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Array, Name

from saas import clock
from saas.audit.services import record
from saas.config import current_config
from saas.db.session import db
from saas.dossier import keeping, metadata, watermark
from saas.dossier.actions import DossierAudit
from saas.dossier.awake import awake
from saas.dossier.binding import NUMBER_FONT
from saas.dossier.models import DossierCopy, DossierExport
from saas.dossier.parts import PDF
from saas.files.downloads import Streamed, made_here
from saas.identity.actor import Actor

TITLE = "卷宗 {number}（副本）"
PURPOSE = "副本 仅供查阅"
SIGNING = ("/AcroForm", "/Perms", "/DSS")  # what in a file belongs to its signature; a copy has none of its own


def take(export: DossierExport, *, by: Actor) -> Streamed:
    """A copy of a finished export for the browser, made on the disk; it is registered with who took it.

    Raises:
        ConflictError: It is not finished.
        AppError: What is stored is damaged or gone.
    """
    key = keeping.key_of(export)
    copy = DossierCopy(export_id=export.id, taken_by=by.name, taken_by_id=by.id, taken_at=clock.now())
    number = export.case.number
    lines = [PURPOSE, f"{by.name} {clock.local(copy.taken_at):%Y-%m-%d %H:%M}"]
    with ExitStack() as opening:
        body = opening.enter_context(_made(key, number, lines))
        copy.digest = hashlib.file_digest(body, "sha256").hexdigest()
        db.session.add(copy)
        db.session.flush()
        detail = {"digest": copy.digest, "original": export.digest}
        record(DossierAudit.COPIED, export, by=by, case=export.case, detail=detail, high=True)
        return made_here(f"{TITLE.format(number=number)}.pdf", PDF, body, opening.pop_all().close)


def _made(key: str, number: str, lines: Sequence[str]) -> BufferedReader:
    """The marked file, open for reading; it has no name any more and is gone once it is closed."""
    with TemporaryDirectory(prefix="fengqiao-copy-") as folder:
        original, made = keeping.fetch(key, Path(folder) / "original.pdf"), Path(folder) / "copy.pdf"
        font = current_config().fonts_dir / NUMBER_FONT
        awake(lambda: write(original, made, number, lines, font))
        return made.open("rb")


def write(original: Path, made: Path, number: str, lines: Sequence[str], font: Path) -> None:
    """Write a file again with lines across every page and without its signature, which would no longer hold."""
    with pikepdf.open(original) as pdf:
        for name in SIGNING:
            if name in pdf.Root:
                del pdf.Root[name]
        for page in pdf.pages:
            _drop_signatures(page.obj)
        watermark.cover_pages(pdf, lines, font)
        metadata.describe(pdf, TITLE.format(number=number), clock.now(), part=None)
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _drop_signatures(page: pikepdf.Object) -> None:
    notes = page.get("/Annots")
    if notes is not None:
        page.Annots = Array([note for note in notes if note.get("/Subtype") != Name.Widget])

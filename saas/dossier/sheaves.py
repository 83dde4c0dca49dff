"""Lays parts one after another into a pile of pages on the disk, of which little is ever in memory.

What is copied into a PDF stays in memory until it is saved; what is read from the PDF's own file does not. So the
pile is saved and opened again whenever enough has been laid on it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from saas.dossier import archival, enclosing
from saas.dossier.parts import PDF, Body, Obstacle, Part, PartError, Span
from saas.files import sheets

Progress = Callable[[str], None]
UNREADABLE = (pikepdf.PdfError, OSError, ValueError, SyntaxError)  # Pillow calls a wrong beginning bad syntax.
HEAVIEST = 16 * 1024 * 1024  # bytes laid on the pile between two savings
SHARE = 6  # of a pile that is larger already, so much may be laid on it: saving is as long as the pile is high


@dataclass
class Pile:
    """The numbered pages of all volumes, in their order."""

    folder: Path
    obstacles: list[Obstacle] = field(default_factory=list)
    _pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    _path: Path | None = None
    _saved: int = 0
    _weight: int = 0
    _foreign: list[tuple[Part, int, int]] = field(default_factory=list)

    def take(self, part: Part) -> int:
        """How many pages the part added.

        Raises:
            PartError: It cannot be read; names it.
        """
        before = len(self._pdf.pages)
        try:
            self._append(part)
        except UNREADABLE as error:
            raise PartError(f"“{part.title}”的文件读不出来，请重新上传或重新制作后再试。") from error
        length = len(self._pdf.pages) - before
        if part.media_type == PDF and not part.own:
            self._foreign.append((part, before, length))
        self._weight += part.path.stat().st_size
        if part.filed.enclosed is not None:
            self._weight += enclosing.carry(self._pdf, part.filed)
        if self._weight > max(HEAVIEST, self._saved // SHARE):
            self._save()
        return length

    def settled(self) -> Path:
        """Where the whole pile lies, once nothing more is laid on it."""
        if self._weight or self._path is None:
            self._save()
        assert self._path is not None
        self._pdf.close()
        return self._path

    def _append(self, part: Part) -> None:
        if part.media_type != PDF:
            sheets.add_picture(self._pdf, part.path.read_bytes(), part.media_type)
            return
        with pikepdf.open(part.path) as source:
            self._pdf.pages.extend(source.pages)

    def _save(self) -> None:
        """Put the pile down and take it up again; look at what came from elsewhere."""
        before, path = self._path, self.folder / f"pile-{len(self._pdf.pages)}-{self._saved}.pdf"
        self._pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self._pdf.close()
        if before is not None:
            before.unlink()
        self._pdf, self._path = opened(path), path
        self._saved, self._weight = path.stat().st_size, 0
        found = [(part.title, archival.reasons(self._pdf, start, length)) for part, start, length in self._foreign]
        self.obstacles += [Obstacle(title, reasons) for title, reasons in found if reasons]
        self._foreign.clear()


def opened(path: Path) -> pikepdf.Pdf:
    """A PDF that is read piece by piece: mapped into memory, all of it would count as the process's own."""
    return pikepdf.open(path, access_mode=pikepdf.AccessMode.stream)


def lay(parts: Iterable[Part], pile: Pile, progress: Progress = lambda _: None) -> Body:
    """Put the numbered parts of a volume one after another, so that the pages of each are known.

    Raises:
        PartError: A part cannot be read; names it.
    """
    body = Body()
    for part in parts:
        progress(part.title)
        add(body, part, pile)
    return body


def add(body: Body, part: Part, pile: Pile) -> None:
    """Put one more numbered part at the end.

    Raises:
        PartError: It cannot be read.
    """
    before = body.pages
    body.spans.append(Span(part, before + 1, before + pile.take(part)))

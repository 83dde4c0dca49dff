"""Lays parts one after another into sheaves: pieces of the body on the disk, so that it is never whole in memory."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from saas.dossier import archival
from saas.dossier.parts import PDF, Body, Obstacle, Part, PartError, Span
from saas.files import sheets

Progress = Callable[[str], None]
UNREADABLE = (pikepdf.PdfError, OSError, ValueError, SyntaxError)  # Pillow calls a wrong beginning bad syntax.
HEAVIEST = 12 * 1024 * 1024  # bytes of parts in one sheaf; pictures stay in memory until it is saved
MOST = 60  # parts in one sheaf; each PDF among them is an open file until it is saved


@dataclass
class Sheaf:
    """One piece under way: its pages, the sources they are read from, and which parts came from elsewhere."""

    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    sources: ExitStack = field(default_factory=ExitStack)
    foreign: list[tuple[Part, int, int]] = field(default_factory=list)
    weight: int = 0
    parts: int = 0

    @property
    def is_full(self) -> bool:
        """Whether the next part belongs into another one."""
        return self.weight >= HEAVIEST or self.parts >= MOST

    def take(self, part: Part) -> int:
        """How many pages the part added.

        Raises:
            PartError: It cannot be read; names it.
        """
        before = len(self.pdf.pages)
        try:
            self._append(part)
        except (
            pikepdf.PdfError,
            OSError,
            ValueError,
            SyntaxError,
        ) as error:  # Pillow calls a wrong beginning bad syntax.
            raise PartError(f"“{part.title}”的文件读不出来，请重新上传或重新制作后再试。") from error
        self.weight += part.path.stat().st_size
        self.parts += 1
        length = len(self.pdf.pages) - before
        if part.media_type == PDF and not part.own:
            self.foreign.append((part, before, length))
        return length

    def save(self, path: Path) -> list[Obstacle]:
        """Put the sheaf down; tells what in the parts from elsewhere is not fit for archives."""
        self.pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self.sources.close()
        self.pdf.close()
        if not self.foreign:
            return []
        with pikepdf.open(path) as saved:
            found = [(part, archival.reasons(saved, start, length)) for part, start, length in self.foreign]
        return [Obstacle(part.title, reasons) for part, reasons in found if reasons]

    def _append(self, part: Part) -> None:
        if part.media_type != PDF:
            sheets.add_picture(self.pdf, part.path.read_bytes(), part.media_type)
        else:
            self.pdf.pages.extend(self.sources.enter_context(pikepdf.open(part.path)).pages)


def lay(parts: Iterable[Part], folder: Path, name: str = "main", progress: Progress = lambda _: None) -> Body:
    """Put the numbered parts of a volume one after another, so that the pages of each are known.

    Raises:
        PartError: A part cannot be read; names it.
    """
    body = Body(folder, name)
    sheaf = Sheaf()
    for part in parts:
        progress(part.title)
        _take(body, sheaf, part)
        if sheaf.is_full:
            _put_down(body, sheaf)
            sheaf = Sheaf()
    _put_down(body, sheaf)
    return body


def add(body: Body, part: Part) -> None:
    """Put one more numbered part at the end.

    Raises:
        PartError: It cannot be read.
    """
    sheaf = Sheaf()
    _take(body, sheaf, part)
    _put_down(body, sheaf)


def _take(body: Body, sheaf: Sheaf, part: Part) -> None:
    before = body.pages
    body.spans.append(Span(part, before + 1, before + sheaf.take(part)))


def _put_down(body: Body, sheaf: Sheaf) -> None:
    if sheaf.parts:
        path = body.folder / f"sheaf-{body.name}-{len(body.sheaves)}.pdf"
        body.obstacles += sheaf.save(path)
        body.sheaves.append(path)

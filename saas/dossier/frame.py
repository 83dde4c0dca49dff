"""The official forms that frame a file: cover, catalogue, statement and back, made anew for every export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from saas.config import current_config
from saas.documents import render
from saas.documents.designs.queries import dress_in_force
from saas.documents.dress import Issuer
from saas.documents.fonts import check_coverage, missing
from saas.documents.form import Form, Snapshot
from saas.domain import Domain
from saas.dossier.awake import awake
from saas.dossier.parts import Part, Span, printed

LONGEST_TITLE = 300  # characters; as the catalogue's schema has it
LONGEST_NOTE = 100
NO_GLYPH = "□"


@dataclass(frozen=True)
class Frame:
    """Makes the framing forms of one volume of a case; ``volume`` is what the cover calls it where there are two."""

    domain: Domain
    shot: Snapshot
    folder: Path
    volume: str = ""

    def front(self, spans: Sequence[Span]) -> list[Part]:
        """The cover with how many pieces and pages there are, and the catalogue with the pages of each piece."""
        counted = self._counted(spans)
        return [*self._printed("cover", counted), *self._printed("catalogue", counted)]

    def statement(self, pieces: int, pages: int) -> list[Part]:
        """The statement that stands last among the numbered pages; nothing if the line of work has none."""
        return self._printed("statement", {"pieces": pieces, "pages": pages})

    def back(self) -> list[Part]:
        """The back cover."""
        return self._printed("back", {})

    def form(self, role: str) -> Form | None:
        """The form the line of work uses as cover, catalogue, statement or back, if it does."""
        if self.domain.volume_forms is None:
            return None
        code = getattr(self.domain.volume_forms, role)
        return next((form for form in self.domain.forms if form.code == code), None)

    def values(self, role: str, extra: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values of such a form; empty if there is none."""
        form = self.form(role)
        shot = replace(self.shot, extra={**extra, "volume": self.volume})
        return form.load(form.build(shot)) if form else {}

    def _counted(self, spans: Sequence[Span]) -> dict[str, Any]:
        pages = spans[-1].last if spans else 0
        return {"pieces": len(spans), "pages": pages, "catalogue": catalogue_rows(spans)}

    def _printed(self, role: str, extra: Mapping[str, Any]) -> list[Part]:
        form = self.form(role)
        if form is None:
            return []
        values = self.values(role, extra)
        check_coverage(values, {}, current_config().fonts_dir)
        dress = dress_in_force(Issuer("", self.shot.unit["name"]))  # what frames a file bears no seal
        markup = render.html(form, values, dress=dress.of_form(form.code))
        data = awake(lambda: render.pdf(markup, form.layout))
        return [printed(form.title, data, self.folder, kind=role, name=form.code)]


def catalogue_rows(spans: Sequence[Span]) -> list[dict[str, str]]:
    """A row per piece: number, title, first and last page, remark; ``target`` is the page it leads to."""
    return [
        {
            "seq": str(number),
            "title": printable(span.part.title)[:LONGEST_TITLE],
            "pages": str(span.first) if span.first == span.last else f"{span.first}—{span.last}",
            "note": printable(span.part.note)[:LONGEST_NOTE],
            "target": str(span.first),
        }
        for number, span in enumerate(spans, 1)
    ]


def printable(text: str) -> str:
    """A text that people wrote freely, with □ for what no font can draw (names of files, notes in the audit)."""
    spaced = "".join(char if char.isprintable() else " " for char in text)
    absent = missing(spaced, current_config().fonts_dir)
    return spaced.translate({ord(char): NO_GLYPH for char in absent})

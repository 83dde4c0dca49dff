"""The fingerprint of everything a dossier is made of: while it is the same, the file need not be made again."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.documents import render
from saas.documents.designs.queries import version_in_force
from saas.documents.press_styles import TEMPLATES, style_files
from saas.documents.queries import form_of, list_documents, with_numbers
from saas.domain import Domain, get_domain
from saas.dossier import queries
from saas.dossier.manifest import FORMAT
from saas.dossier.pages import LAYOUT
from saas.dossier.variants import FULL
from saas.files.queries import list_files

EDITION = 2  # raised when other things are masked than before, so that no older redacted file is given again


def source_digest(case: Case, variant: str) -> str:
    """The SHA-256 over the case, its papers, its history, its line's frames and this program."""
    told = dict(_told(case, variant))
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def _told(case: Case, variant: str) -> Iterator[tuple[str, Any]]:
    domain, documents = get_domain(case.domain), list_documents(case.id)
    yield "made", [FORMAT, variant, version_in_force(), render.renderer(), _pages_digest(), *_frames(domain)]
    yield (
        "places",
        [
            (asdict(place.item), [row.id for row in place.documents], [row.id for row in place.files])
            for place in queries.list_places(case)
        ],
    )
    yield "case", [case.id, case.number, case.revision, asdict(with_numbers(snapshot(case), case.id))]
    yield (
        "documents",
        [(row.id, row.title, row.number, row.state, row.content_digest, row.digest) for row in documents],
    )
    if variant != FULL.code:
        yield "printed anew", [EDITION, *sorted({render.template_digest(form_of(row)) for row in documents})]
    yield "files", [(row.id, row.category, row.name, row.digest) for row in list_files(case.id)]
    yield "sheets", queries.list_sheets(case.id)
    yield "history", queries.read_history(case).told()


def _frames(domain: Domain) -> Iterator[str]:
    """The templates and styles of the framing forms."""
    if domain.volume_forms is not None:
        codes = set(asdict(domain.volume_forms).values())
        yield from (render.template_digest(form) for form in domain.forms if form.code in codes)


@cache
def _pages_digest() -> str:
    """The templates of the pages without numbers, and their styles."""
    files = [*sorted((TEMPLATES / "dossier").glob("*.html")), *style_files(LAYOUT)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

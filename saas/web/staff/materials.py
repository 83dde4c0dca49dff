"""The materials of a case as plain values: what is there, with a picture of each, and what the file still lacks."""

from typing import Any

from flask import url_for

from saas import clock
from saas.cases import access
from saas.cases.models import Case
from saas.documents.queries import list_documents
from saas.domain import Domain, VolumeItem
from saas.dossier.queries import places_of
from saas.files.kinds import IMAGE, OFFICE, TITLES
from saas.files.models import File, FileDerivative
from saas.files.queries import list_derivatives, list_files
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.workflow.process import Definition

KILOBYTE = 1024
UPLOAD = "upload-title"


def materials(case: Case, definition: Definition, domain: Domain, by: Actor) -> dict[str, Any]:
    """Attachments by category, what the file still lacks, and the upload form."""
    files, made = list_files(case.id), list_derivatives(case.id)
    # What could not be printed stands nowhere yet.
    printed = [document for document in list_documents(case.id) if document.state != "failed"]
    shown = access.allows(by, KernelPermission.CASE_READ, case)
    return {
        "groups": [
            {
                "title": category.title,
                "files": [
                    file_row(file, case, made.get(file.id), shown=shown)
                    for file in files
                    if file.category == category.code
                ],
            }
            for category in domain.file_categories
            if any(file.category == category.code for file in files)
        ],
        "missing": [
            lack(place.item, case, definition) for place in places_of(case, printed, files) if place.is_missing
        ],
        "categories": [(category.code, category.title) for category in domain.file_categories],
        "can_add": access.allows(by, KernelPermission.FILE_ADD, case),
    }


def lack(item: VolumeItem, case: Case, definition: Definition) -> dict[str, Any]:
    """A place that holds nothing, with the ways to fill it: the steps that issue its documents, and the upload."""
    steps = [step.title for step in definition.transitions if set(step.documents) & set(item.forms)]
    address = None
    if item.categories:
        first = item.categories[0]
        address = url_for("staff.show_case", number=case.number, tab="materials", category=first, _anchor=UPLOAD)
    return {
        "title": item.title,
        "ways": [f"办理“{title}”时制作" for title in dict.fromkeys(steps)],
        "url": address,
    }


def file_row(file: File, case: Case, made: FileDerivative | None, *, shown: bool) -> dict[str, Any]:
    """An attachment as the file list draws it.

    Args:
        file: The attachment.
        case: Its case.
        made: What was made of it so far.
        shown: Whether the reader may look into it.
    """
    size = f"{file.size / KILOBYTE:,.0f} KB" if file.size >= KILOBYTE else f"{file.size} 字节"
    drawn = file.kind in {"pdf", IMAGE} or (made is not None and made.state == "ready")
    preview = url_for("staff.preview_file", number=case.number, file_id=file.id) if shown and drawn else None
    return {
        "name": file.name,
        "url": url_for("staff.download_file", number=case.number, file_id=file.id),
        "preview_url": preview,
        "size_text": f"{size}，{_extent(file, made)}",
        "note": made.problem if made else None,
        "uploaded_text": f"{clock.local(file.happened_at):%Y-%m-%d %H:%M} {file.added_by}",
    }


def _extent(file: File, made: FileDerivative | None) -> str:
    """How many pages; of what has none by itself, its kind, and how many it became."""
    if file.pages:
        return f"{file.pages} 页"
    became = f"，转成 {made.pages} 页" if file.kind == OFFICE and made and made.pages else ""
    return f"{TITLES[file.media_type]}{became}"

"""What a reader of a dossier may see: everything, or a copy made from masked values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from saas.documents.form import Snapshot
from saas.documents.models import Document
from saas.dossier.history import History
from saas.files.models import File


def _as_it_is(shot: Snapshot) -> Snapshot:
    return shot


def _stored_print(_document: Document) -> Mapping[str, Any] | None:
    return None


def _everything(_file: File) -> bool:
    return True


def _whole(history: History) -> History:
    return history


@dataclass(frozen=True)
class Variant:
    """How a dossier of one kind is made from a case.

    Attributes:
        code: As the export keeps it.
        shot: The values of the case that frames and embedded data are made from.
        values: The values a document is printed from anew, or None to bind its stored print.
        shows: Whether a file may be bound; one that may not has a sheet in its place that says so.
        history: What is told behind the numbered pages.
        text: A title or a name as it may be told.
        reason: What the sheet in the place of a file that is not shown says.
        mark: What stands at the head of every page and across it; nothing on a full one.
    """

    code: str
    shot: Callable[[Snapshot], Snapshot] = _as_it_is
    values: Callable[[Document], Mapping[str, Any] | None] = _stored_print
    shows: Callable[[File], bool] = _everything
    history: Callable[[History], History] = _whole
    text: Callable[[str], str] = str
    reason: str = ""
    mark: tuple[str, str] | None = None


FULL = Variant("full")
REDACTED = "redacted"

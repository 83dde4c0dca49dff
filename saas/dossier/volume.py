"""What stands where in the file of a case, and what is still missing from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from saas.documents.models import Document
from saas.domain import Domain, VolumeItem
from saas.files.models import File

OTHERS = VolumeItem("其他材料")


@dataclass(frozen=True)
class Place:
    """A prescribed place with what the case has for it; documents stand before attachments."""

    item: VolumeItem
    documents: tuple[Document, ...]
    files: tuple[File, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here."""
        return not self.documents and not self.files

    @property
    def is_missing(self) -> bool:
        """Whether something has to stand here and does not."""
        return self.item.required and self.is_empty


def order(domain: Domain) -> Sequence[VolumeItem]:
    """The places of a line of work in their prescribed order."""
    return domain.volume


def arrange(domain: Domain, documents: Sequence[Document], files: Sequence[File]) -> list[Place]:
    """Every prescribed place in order, the empty ones too; what has no place stands last, so nothing is lost.

    The forms that frame the file (cover, catalogue, statement, back) are made anew and stand nowhere here, and
    neither does a document that is void.
    """
    framing = _framing(domain)
    rest = [document for document in documents if document.form_code not in framing and document.state != "void"]
    places = [_fill(item, rest, files) for item in order(domain)]
    placed_documents = {document.id for place in places for document in place.documents}
    placed_files = {file.id for place in places for file in place.files}
    others = Place(
        OTHERS,
        tuple(document for document in rest if document.id not in placed_documents),
        tuple(file for file in files if file.id not in placed_files),
    )
    return places if others.is_empty else [*places, others]


def missing(domain: Domain, documents: Sequence[Document], files: Sequence[File]) -> list[str]:
    """The titles of the required places that are empty."""
    return [place.item.title for place in arrange(domain, documents, files) if place.is_missing]


def _fill(item: VolumeItem, documents: Sequence[Document], files: Sequence[File]) -> Place:
    """In the order the item names forms and categories, then as they were issued and added."""
    standing = [document for document in documents if document.form_code in item.forms]
    attached = [file for file in files if file.category in item.categories]
    return Place(
        item,
        tuple(sorted(standing, key=lambda row: (item.forms.index(row.form_code), row.issued_at, row.number))),
        tuple(sorted(attached, key=lambda row: (item.categories.index(row.category), row.happened_at, row.id))),
    )


def _framing(domain: Domain) -> frozenset[str]:
    forms = domain.volume_forms
    return frozenset({forms.cover, forms.catalogue, forms.statement, forms.back}) if forms else frozenset()

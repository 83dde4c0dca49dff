"""Gathers what stands in the file of a case as parts on the disk, one at a time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from saas.documents import render
from saas.documents.models import Document
from saas.documents.printing import markup_of
from saas.dossier import keeping
from saas.dossier.awake import awake
from saas.dossier.pages import Pages
from saas.dossier.parts import Original, Part, digest_of_path, printed
from saas.dossier.variants import Variant
from saas.dossier.volume import Place
from saas.errors import AppError
from saas.files import derivatives
from saas.files.models import File
from saas.signing import pdf as signing

UNSAFE = re.compile(r"[\\/\x00-\x1f]")
ENCLOSED = "原件嵌在本卷宗的电子文件中，可以在阅读器的“附件”里打开。"


class DossierError(AppError):
    """The dossier cannot be made; the message says which part stands in the way."""

    status = 422
    title = "卷宗不能制作"


@dataclass(frozen=True)
class Shelf:
    """Fetches parts into a folder as a reader of the variant may see them."""

    folder: Path
    variant: Variant
    pages: Pages

    def parts(self, places: Sequence[Place]) -> Iterator[Part]:
        """Every part in the order of its place."""
        for place in places:
            yield from (self._document(document) for document in place.documents)
            yield from (self._file(f"{place.item.title}（{file.name}）", file) for file in place.files)

    def _document(self, document: Document) -> Part:
        named = f"文书《{document.title}》（{document.number}）"
        if document.state == "failed":
            reason = document.problem or "原因不明。"
            raise DossierError(f"{named}没有生成成功：{reason}请先重新生成这份文书，再导出卷宗。")
        values = self.variant.values(document)
        if values is None and document.storage_key is not None:
            path = self._fetched(named, document.storage_key, document.id.hex)
            # What is bound are the pages; the signature of the document stays with the document.
            path.write_bytes(signing.content_of(path.read_bytes(), document.content_digest))
        else:
            path = self._printed_anew(named, document, values)
        return Part(
            self.variant.text(document.title), path, digest_of_path(path), note=document.number, name=document.form_code
        )

    def _file(self, named: str, file: File) -> Part:
        title = self.variant.text(named)
        if not self.variant.shows(file):
            return self._sheet(title, file, self.variant.reason, Original(file.digest, file.media_type))
        found = derivatives.of(file)
        if found is None:
            path = self._fetched(title, file.storage_key, f"{file.id.hex}.enclosed")
            reason = f"{derivatives.problem(file) or ''}{ENCLOSED}"
            return self._sheet(title, file, reason, Original(file.digest, file.media_type, path))
        path = self._fetched(title, found.storage_key, file.id.hex)
        original = Original(file.digest, file.media_type)
        return Part(
            title, path, found.digest, found.media_type, own=False, kind="file", name=file.name, original=original
        )

    def _sheet(self, title: str, file: File, reason: str, original: Original) -> Part:
        name = self.variant.text(file.name)
        about = {
            "名称": name,
            "格式": file.media_type,
            "大小": f"{file.size:,} 字节",
            "页数": str(file.pages),
            "SHA-256": file.digest,
        }
        data = self.pages.in_place(title, reason, about)
        sheet = printed(title, data, self.folder, kind="file", name=UNSAFE.sub("_", name))
        return replace(sheet, original=original)

    def _fetched(self, title: str, key: str, name: str) -> Path:
        try:
            return keeping.fetch(key, self.folder / name)
        except AppError as error:
            raise DossierError(f"{title}：{error.message}") from error

    def _printed_anew(self, named: str, document: Document, values: Mapping[str, Any] | None) -> Path:
        """Print a document from values of the variant, or one whose stored print is not there yet from its own."""
        try:
            markup, layout = markup_of(document, values)
            data = awake(lambda: render.pdf(markup, layout))
        except AppError as error:
            raise DossierError(f"{named}不能生成：{error.message}") from error
        path = self.folder / document.id.hex
        path.write_bytes(data)
        return path
